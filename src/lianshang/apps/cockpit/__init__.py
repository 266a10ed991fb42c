"""Indicators, dashboards, briefing documents. Empty until its step."""
