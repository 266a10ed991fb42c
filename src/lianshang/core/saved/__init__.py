"""Saved lists: a list with its filters under a name, and word of what is new in it."""
