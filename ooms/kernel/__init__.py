"""Values every desk shares; the standard library only."""
