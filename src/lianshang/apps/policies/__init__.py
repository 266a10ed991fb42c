"""Policy library, evaluation, entitlement, delivery."""
