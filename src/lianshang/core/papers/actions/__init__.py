"""Verbs of office papers."""
