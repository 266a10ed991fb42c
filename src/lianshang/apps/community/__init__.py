"""Five affairs, building pulse, leaving signals, the twin. Empty until its step."""
