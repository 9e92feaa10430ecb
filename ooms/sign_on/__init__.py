"""Logging in at an outside identity provider (OpenID Connect), and who is linked to whom there."""
