"""Certificates of this office: numbered, issued, corrected, taken back."""
