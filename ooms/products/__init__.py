"""Goods with their HS code, and bills of materials by version."""
