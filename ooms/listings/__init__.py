"""Lists of applicants: who is checked on site, and whose review is waived, by published rules."""
