"""Verbs on imports: open, map, check, commit, correct, undo."""
