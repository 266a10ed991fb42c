"""The language of expressions: what may be written, and in which units."""
