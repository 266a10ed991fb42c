"""Zone, parks, grids' geometry, control zones, addresses."""
