"""Reads product rules written in treaty words into the notation, without guessing."""
