"""Settings, URLs, ASGI: wiring only."""
