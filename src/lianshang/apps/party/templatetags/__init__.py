"""Template tags of the Party chain."""
