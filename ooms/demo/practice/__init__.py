"""Practice: an office for training and a pretend partner, filled with cases to work on."""
