"""Answers kept for a while, so that what is sent twice is done once."""
