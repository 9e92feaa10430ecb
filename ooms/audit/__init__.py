"""What was done, by whom, about what, and why: an append-only chain."""
