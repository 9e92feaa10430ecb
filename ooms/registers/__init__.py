"""Registers: what this office issued, day by day, and everything about one certificate."""
