"""The demonstration: three administrations as real processes on one machine, one whole story."""
