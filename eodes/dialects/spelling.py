"""Text towards one partner: its characters and lengths; what does not fit is noted, never cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eodes.dialects.boxes import Boxes
from eodes.dialects.view import restyled
from eodes.domain.partner import Charset, NumberStyle, Profile
from eodes.domain.verdict import Finding, Refusal, Severity
from eodes.wire.lexical import CODECS, UNWRITABLE


@dataclass(slots=True)
class Pen:
    """Writes the values of one certificate towards one partner and remembers what did not fit."""

    profile: Profile
    agreement: str
    boxes: Boxes
    longest: int
    styles: tuple[NumberStyle, ...]
    referred: Mapping[str, tuple[str, ...]]
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    picks: dict[str, Any] = field(default_factory=dict)  # of the record being written

    def spelled(self, text: str, where: str) -> str:
        """Return text in the partner's characters; note what had to be changed or cannot be."""
        if UNWRITABLE.search(text):
            self.refuse("RUL-CHARSET", "control characters cannot be sent; remove them", where)
            return "?"
        if _fits(text, self.profile.content.charset):
            return text
        plain = _transliterated(text)
        charset = self.profile.content.charset.value
        if not (self.profile.content.transliterate and _fits(plain, self.profile.content.charset)):
            foreign = _foreign(text, self.profile.content.charset)
            self.refuse("RUL-CHARSET", f"{foreign!r} is outside {charset}; write it so", where)
            return "?"
        path, box = self.place(where)
        self.notices.append(
            Finding(
                "RUL-TRANSLITERATED",
                Severity.WARN,
                f"{text!r} is sent as {plain!r}, the partner takes {charset} only",
                path=path,
                box=box,
            )
        )
        return plain

    def too_long(self, text: str, longest: int, where: str) -> None:
        """Note a text that the partner's document has no room for."""
        limit = min(longest, self.longest)
        self.refuse("RUL-LENGTH", f"{len(text)} characters; the partner takes {limit}", where)

    def number(self, raw: str, where: str) -> str:
        """Return a certificate number the way the partner writes numbers."""
        written = restyled(raw, self.styles)
        limits = self.profile.numbers
        if not 0 < len(written) <= limits.longest:
            self.refuse("RUL-NUMBER", f"{written!r}: 1 to {limits.longest} characters fit", where)
        elif limits.pattern and not re.fullmatch(limits.pattern, written):
            self.refuse("RUL-NUMBER", f"{written!r} does not look like {limits.pattern}", where)
        return written

    def refuse(self, code: str, detail: str, where: str) -> None:
        """Note why the certificate cannot be sent, with the place and the box of the form."""
        path, box = self.place(where)
        self.refusals.append(Refusal(code, f"{path}: {detail}.", path=path, box=box))

    def place(self, where: str) -> tuple[str, str]:
        """Return the path with its indices, and the box that shows it."""
        path = where
        for index in self.places:
            path = path.replace("[]", f"[{index}]", 1)
        return path, self.boxes.of(where, self.agreement)


def _fits(text: str, charset: Charset) -> bool:
    if text.isascii():
        return True
    try:
        text.encode(CODECS[charset])
    except UnicodeEncodeError:
        return False
    return True


def _foreign(text: str, charset: Charset) -> str:
    return "".join(dict.fromkeys(one for one in text if not _fits(one, charset)))[:20]


def _transliterated(text: str) -> str:
    # Only what decomposes into a letter and its marks, or a wide form into its narrow one.
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(one for one in parts if not unicodedata.combining(one))


_LETTERS = str.maketrans(
    {
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u00c6": "AE",
        "\u00f8": "o",
        "\u00d8": "O",
        "\u0111": "d",
        "\u0110": "D",
        "\u0142": "l",
        "\u0141": "L",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
    }
)
