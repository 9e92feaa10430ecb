"""What an approved application leads to: one file for each kind of application."""
