"""Retention: how long things are kept, what holds them longer, and how they are deleted."""
