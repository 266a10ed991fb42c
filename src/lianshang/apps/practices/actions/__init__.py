"""Installing and removing packs."""
