"""Passkeys: keys that people's own devices keep, and what they prove with them."""
