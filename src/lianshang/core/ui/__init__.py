"""The UI kit: the one way pages are made."""
