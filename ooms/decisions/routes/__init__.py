"""Decisions over HTTP, and the notices before denials."""
