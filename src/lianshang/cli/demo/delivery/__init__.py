"""The invented zone's own policies: written, delivered, halfway; every step by its verb."""
