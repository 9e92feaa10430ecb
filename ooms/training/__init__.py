"""Training: an office whose people practice without harm, and the exercises they practice by."""
