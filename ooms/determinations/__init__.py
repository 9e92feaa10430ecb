"""Origin determined by the engine, kept as it was found."""
