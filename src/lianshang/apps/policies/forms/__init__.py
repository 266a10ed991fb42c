"""Forms of policies."""
