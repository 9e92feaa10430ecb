"""How to speak to each administration: one folder with one `profile.toml` for each."""
