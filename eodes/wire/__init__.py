"""Bytes and trust: the one parser, the signature profile, the schemas, the envelope."""
