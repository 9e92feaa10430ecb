"""Figures: what was issued, registered, used and denied, with charts and their tables."""
