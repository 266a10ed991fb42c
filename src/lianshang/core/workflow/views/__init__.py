"""Pages of duties and of where they come from."""
