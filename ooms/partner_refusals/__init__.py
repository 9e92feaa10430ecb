"""What partners refused, by reason: kept as it is heard, counted before the next issue."""
