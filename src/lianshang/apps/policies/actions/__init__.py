"""Verbs on policies."""
