"""How far something reaches: the applications and certificates that rest on determinations."""
