"""What is wrong and what to do, by code, in the words of a catalogue."""

from __future__ import annotations

from collections.abc import Mapping

_FAMILY = "finding"
_OTHER = "other"


def means(code: str, words: Mapping[str, str]) -> str:
    """Say what a code means; of one that the catalogue lacks, that the partner explains it."""
    return _said(code, "means", words)


def remedy(code: str, words: Mapping[str, str]) -> str:
    """Say what to do about it."""
    return _said(code, "do", words)


def _said(code: str, what: str, words: Mapping[str, str]) -> str:
    name = code.lower().replace("-", "_")
    found = words.get(f"{_FAMILY}.{name}.{what}")
    return found or words[f"{_FAMILY}.{_OTHER}.{what}"]
