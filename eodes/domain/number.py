"""The number of a certificate: as issued, and as a key that survives its spelling.

Hyphens in Korean numbers made Chinese look-ups fail (64 complaints in twelve days of October 2016);
the public check site of the other side lists 0 for O, blanks and full-width hyphens as causes.
So the raw form is kept for the law and the key is used for finding.
"""

from __future__ import annotations

import unicodedata

MAX_NUMBER_LENGTH = 35  # UNTDED 1004 document identifier, an..35

_KEY_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def number_key(raw: str) -> str:
    """Reduce a printed number to its key: NFKC, upper case, only A-Z and 0-9."""
    if raw.isascii() and raw.isalnum():
        return raw.upper()
    folded = unicodedata.normalize("NFKC", raw).upper()
    return "".join(character for character in folded if character in _KEY_CHARACTERS)


def lookalike_key(raw: str) -> str:
    """Reduce a number further, letters that are read as digits becoming those digits.

    Never used to merge: only to tell a person that a number close to the one asked for exists.
    """
    return number_key(raw).translate(_LOOKALIKES)
