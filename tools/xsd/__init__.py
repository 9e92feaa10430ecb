"""Writes the schemas in xsd/ from the mappings and the limits of the canonical records."""
