"""Questions about policies and answers."""
