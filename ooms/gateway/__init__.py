"""The office's only door to the gateway."""
