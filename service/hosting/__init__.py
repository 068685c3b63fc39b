"""Hosts at work with us: activities that they register, by link or telephone, and their pages."""
