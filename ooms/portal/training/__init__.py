"""Exercises of an office whose people practice."""
