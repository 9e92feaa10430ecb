"""What companies let the office release to partners, and what was released: never changed."""
