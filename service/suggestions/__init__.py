"""Suggestions: what was proposed for a person, with the facts it rested on."""
