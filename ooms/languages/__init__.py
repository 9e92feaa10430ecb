"""Languages: determinations and rules told in the reader's words."""
