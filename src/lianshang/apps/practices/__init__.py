"""Practice packs: load, verify, remove; the eighteen practices; the formalism self-audit."""
