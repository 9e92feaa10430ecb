"""Verifications over HTTP: those that we ask for, those that partners ask for, and inquiries."""
