"""Stories are read, played and proved."""
