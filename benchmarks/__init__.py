"""Measurements: not part of what runs."""
