"""Questions about duties."""
