"""Duties: whatever must be closed, with its clocks, its parties and its append-only log."""
