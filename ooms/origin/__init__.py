"""The determination engine: pure functions from facts and a pack to a verdict."""
