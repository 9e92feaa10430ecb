"""Verifications of origin, both ways: partners are asked about imports, and ask about exports."""
