"""Contacts and concerns: what was done, what it was meant to bring about, and what worries."""
