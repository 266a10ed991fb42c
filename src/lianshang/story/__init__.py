"""Stories: a YAML file walks a practice as its users would, over HTTP or in Chromium."""
