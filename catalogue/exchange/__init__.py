"""Formats in and out: each is read whole, and every fault is told with its line."""
