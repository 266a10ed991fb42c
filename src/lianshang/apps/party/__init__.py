"""Organisations, committees, coverage, teams, joint councils. Empty until its step."""
