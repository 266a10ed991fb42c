"""Practice packs: load, verify, story. Empty until its step."""
