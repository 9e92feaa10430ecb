"""Notices of error: a certificate says something wrong, and everybody it concerns is told."""
