"""The register: enterprises and other actors, their facts, sources and service officers."""
