"""Sites, relics, patrols, tours, site check-in. Empty until its step."""
