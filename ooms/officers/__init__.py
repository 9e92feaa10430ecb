"""Issuing offices, the posts of their officers, and the training that officers need."""
