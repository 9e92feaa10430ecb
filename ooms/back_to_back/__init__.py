"""First certificates, and the ledger of what back-to-back certificates take from them."""
