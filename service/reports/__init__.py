"""Figures for the office: counted by area and month, with their definitions, small ones masked."""
