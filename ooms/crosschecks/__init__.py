"""Cross-checks before issue: what other registers say of an application, kept as they said it."""
