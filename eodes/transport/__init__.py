"""The only HTTP client of the gateway."""
