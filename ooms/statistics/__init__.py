"""Statistics of both sides: issued, registered, used and denied, and why."""
