"""The ledger that draws received certificates down."""
