"""Pages of the Party chain."""
