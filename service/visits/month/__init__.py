"""A month of visits on one grid: printed to be written on, and typed back at the desk."""
