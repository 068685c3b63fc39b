"""Placements: person and activity, through their life together."""
