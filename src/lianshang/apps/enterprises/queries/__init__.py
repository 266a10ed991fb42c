"""Questions about actors and their facts."""
