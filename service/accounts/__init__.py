"""People who log in: accounts, roles, sign-ins and bearer tokens."""
