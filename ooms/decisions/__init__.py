"""Decisions on claims: granted, denied, suspended, secured; what the importer may do about them."""
