"""Preference claims against certificates that partners sent."""
