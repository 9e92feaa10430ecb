"""Approved exporters: companies that the administration trusts to prove origin themselves."""
