"""Names of people: kept apart and sealed, sign for sign, and found by any spelling."""
