"""Needs, offers, matches, challenges, projects attracted. Empty until its step."""
