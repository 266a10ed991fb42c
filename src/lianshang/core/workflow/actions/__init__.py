"""The verbs of duties."""
