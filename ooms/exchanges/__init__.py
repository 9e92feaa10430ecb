"""What goes to and from partners, and how the system stands, for those who keep it."""
