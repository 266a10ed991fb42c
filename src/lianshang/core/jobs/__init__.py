"""Background jobs, deferred by name inside the transaction that wants them."""
