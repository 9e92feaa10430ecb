"""Agreements as data: their model, their rule notation, their packs."""
