"""Forms of duties and of where they come from."""
