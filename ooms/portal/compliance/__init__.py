"""Self-checks, likely errors, figures and the monthly letter, for companies."""
