"""Financing cases, credit endorsement. Empty until its step."""
