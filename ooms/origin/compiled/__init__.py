"""Rules made ready for many bills: sets of codes as bits, and no words."""
