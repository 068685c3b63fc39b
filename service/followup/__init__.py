"""Follow-up: whom to contact, person and host, derived from facts."""
