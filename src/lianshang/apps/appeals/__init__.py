"""Appeals and their closed loop. Empty until its step."""
