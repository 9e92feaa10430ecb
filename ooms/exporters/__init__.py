"""The companies that export, and who signs for them."""
