"""The zone's working calendar: announced days off, make-up days, the zone's own days, hours."""
