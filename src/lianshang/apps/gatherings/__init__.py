"""Events of every kind, council meetings, agenda, decisions. Empty until its step."""
