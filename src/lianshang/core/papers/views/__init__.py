"""Pages of office papers."""
