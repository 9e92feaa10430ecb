"""How values are spelled in XML, one spelling each, in both directions.

Everything here is as fast as the interpreter allows: a message holds two hundred values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from eodes.domain.partner import Charset

Writer = Callable[[Any], str]
Reader = Callable[[str], Any]

#: What the one spelling of a kind looks like; the schemas carry the same patterns.
SPELLINGS: Mapping[type, str] = {
    int: "0|[1-9][0-9]*",
    date: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    datetime: "[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z",
}

#: Characters that XML 1.0 or a paper form cannot hold; tab and line end are the exceptions.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The codec that knows which characters belong to a partner's set.
CODECS: Mapping[Charset, str] = {
    Charset.ASCII: "ascii",
    Charset.LATIN_1: "latin-1",
    Charset.UNICODE: "utf-8",
}

_MAX_QUOTED = 40  # of what a stranger sent


class UnknownCodeError(ValueError):
    """A code that its list does not hold."""

    def __init__(self, *, code: str, known: tuple[str, ...]) -> None:
        self.code = code
        self.known = known
        super().__init__(f"{code[:_MAX_QUOTED]!r} is not one of {', '.join(known)}")


class _Codes(dict[str, Any]):
    def __missing__(self, code: str) -> Any:
        raise UnknownCodeError(code=code, known=tuple(self))


def instant(value: datetime) -> str:
    """Write an instant in UTC with milliseconds."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + (
        f"{value.microsecond // 1000:03d}Z"
    )


def _plain(value: str) -> str:
    return value


def _decimal(value: Decimal) -> str:
    return format(value, "f")


def _truth(value: bool) -> str:  # noqa: FBT001  # a writer takes the value alone
    return "true" if value else "false"


_WRITERS: Mapping[type, Writer] = {
    str: _plain,
    int: str,
    bool: _truth,
    Decimal: _decimal,
    date: date.isoformat,
    datetime: instant,
}
_READERS: Mapping[type, Reader] = {
    str: _plain,
    int: int,
    bool: _Codes({"true": True, "false": False}).__getitem__,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def writer_of(kind: type) -> Writer:
    """Return the function that spells a value of a kind."""
    if issubclass(kind, Enum):
        # A look-up is four times as fast as asking a member for its value.
        return {member: str(member.value) for member in kind}.__getitem__
    return _WRITERS[kind]


def reader_of(kind: type) -> Reader:
    """Return the function that reads a spelling; it raises ValueError on anything else."""
    if issubclass(kind, Enum):
        return _Codes({str(member.value): member for member in kind}).__getitem__
    return _READERS[kind]


def fitted(text: str, *, longest: int, charset: Charset) -> str:
    """Return an explanation cut and escaped so that it can always be sent; never for data."""
    codec = CODECS[charset]
    plain = UNWRITABLE.sub("?", text).encode(codec, "backslashreplace").decode(codec)
    return plain if len(plain) <= longest else plain[: longest - 3] + "..."


def coded(codes: Mapping[str, Any]) -> tuple[Writer, Reader]:
    """Return writer and reader for a code list of a partner: their code to our value."""
    theirs = {value: code for code, value in codes.items()}

    def write(value: Any) -> str:
        try:
            return theirs[value]
        except KeyError as error:
            ours = tuple(str(getattr(one, "value", one)) for one in theirs)
            unknown = str(getattr(value, "value", value))
            raise UnknownCodeError(code=unknown, known=ours) from error

    return write, _Codes(codes).__getitem__
