"""Self-checks: what a company asks itself before an officer does, as lists of data."""
