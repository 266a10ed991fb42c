"""Search over everything a user may see, by characters and their pairs: made for Chinese."""
