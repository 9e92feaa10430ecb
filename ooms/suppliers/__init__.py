"""What suppliers declare of their goods: asked for, given by a link, linted, ended."""
