"""Wishes that found no fitting activity: the material for finding hosts."""
