"""Visits: one dated participation each, in words without blame."""
