"""Verbs of the Party chain."""
