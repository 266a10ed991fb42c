"""The register of space and leases. Empty until its step."""
