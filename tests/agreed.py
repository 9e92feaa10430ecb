"""Profiles of administrations that agreed to verify by message, as an operator writes them."""

from __future__ import annotations

from pathlib import Path

from eodes.domain.message import VERIFICATIONS
from eodes.partners.register import FILE_NAME, SHIPPED

_LETTERS, _MESSAGES = 'verification = "POST_AND_EMAIL"', 'verification = "MESSAGE"'
_LAST_TYPE = '    "TRANSIT_EVIDENCE",\n'


def agree_on_messages(folder: Path, *codes: str) -> Path:
    """Write the shipped profiles of some administrations with verification by message."""
    for code in codes:
        text = (SHIPPED / code / FILE_NAME).read_text("utf-8")
        assert text.count(_LETTERS) == text.count(_LAST_TYPE) == 1, code
        types = "".join(f'    "{one}",\n' for one in sorted(VERIFICATIONS))
        file = folder / code / FILE_NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            text.replace(_LETTERS, _MESSAGES).replace(_LAST_TYPE, _LAST_TYPE + types), "utf-8"
        )
    return folder
