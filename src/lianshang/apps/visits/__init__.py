"""Visit plans, coordination, records. Empty until its step."""
