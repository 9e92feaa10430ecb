"""Refusals, shared at once with every issuing office of the administration."""
