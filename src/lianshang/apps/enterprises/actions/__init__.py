"""Verbs on the register and its facts."""
