"""Advance rulings: applied for, decided in time, published, searched, matched, changed forward."""
