"""The words that say where something is done: they add nothing to a rule of the same territory."""

from __future__ import annotations

from typing import Final

_WORDS: Final = (
    r"(?:the|an?|any|one|or|more|both|either|each|all|of|to|territor(?:y|ies)|countr(?:y|ies)|area|"
    r"region|Part(?:y|ies)|States?|exporting|importing|beneficiary|contracting|member|partner|"
    r"agreement|USMCA|GSP|free|trade|regional|group|concerned)"
)
PLACE: Final = rf"(?:,? (?:entirely )?(?:with)?in {_WORDS}(?: {_WORDS})*)"
