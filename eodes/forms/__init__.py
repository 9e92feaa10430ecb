"""The forms of certificates of origin, as data: one TOML file per dated edition, and calendars."""
