"""Lint before submission: what the partner will check, box by box, and what it refused before."""
