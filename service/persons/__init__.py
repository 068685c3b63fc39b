"""People (本人): assessments, consents, and what is known of them."""
