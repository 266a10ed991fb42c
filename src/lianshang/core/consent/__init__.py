"""Consents: a firm (or a person) lets somebody use something for a purpose, until a day."""
