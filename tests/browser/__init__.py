"""What a real browser sees."""
