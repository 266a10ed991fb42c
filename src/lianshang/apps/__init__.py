"""Domain apps, in tiers: each may use those below it."""
