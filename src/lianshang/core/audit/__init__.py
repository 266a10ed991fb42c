"""Who did what and why: history rows with their context, and who looked at whose data."""
