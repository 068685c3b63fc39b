"""Templates, forms, CSRF, problems and paging: a kit that knows no chapter."""
