"""Counts of applications and of their errors, by company and year, from what was recorded."""
