"""Which claims somebody looks at: a scorecard, a random sample, tips; it never denies."""
