"""Questions about the Party chain."""
