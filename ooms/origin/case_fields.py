"""The fields of a case document: each read once, with its place in every refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ooms.kernel.quantity import parse_amount

_T = TypeVar("_T")


class CaseFormatError(ValueError):
    """A case document is not in the contract's format; correct the field it names."""

    def __init__(self, *, field: str, problem: str) -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


def read(
    document: Mapping[str, Any], key: str, reader: Callable[[Any], _T], *, prefix: str = ""
) -> _T:
    """Read a field that must be there.

    Raises:
        CaseFormatError: The field is missing or malformed.
    """
    found = maybe(document, key, reader, prefix=prefix)
    if found is None:
        raise CaseFormatError(field=f"{prefix}{key}", problem="is missing")
    return found


def maybe(
    document: Mapping[str, Any], key: str, reader: Callable[[Any], _T], *, prefix: str = ""
) -> _T | None:
    """Read a field that may be left out; null is the same as left out.

    Raises:
        CaseFormatError: The field is malformed.
    """
    value = document.get(key)
    if value is None:
        return None
    try:
        return reader(value)
    except CaseFormatError:
        raise
    except (ValueError, TypeError, AttributeError) as refused:
        raise CaseFormatError(field=f"{prefix}{key}", problem=str(refused)) from refused


def each(
    document: Mapping[str, Any],
    key: str,
    reader: Callable[[Any, str], _T],
    *,
    prefix: str = "",
) -> tuple[_T, ...]:
    """Read a list; `reader` takes a value and its path.

    Raises:
        CaseFormatError: The field is no list, or one of its values is malformed.
    """
    path = f"{prefix}{key}"
    values = document.get(key)
    if values is None:
        return ()
    if not isinstance(values, list | tuple):
        raise CaseFormatError(field=path, problem="must be a list")
    return tuple(reader(value, f"{path}[{place}]") for place, value in enumerate(values))


def refuse_unknown(document: Mapping[str, Any], keys: frozenset[str], prefix: str) -> None:
    """Refuse a document with a key that the format does not know.

    Raises:
        CaseFormatError: A key is unknown.
    """
    for key in document:
        if key not in keys:
            raise CaseFormatError(field=f"{prefix}{key}", problem="is not a field of a case")


def mapping(value: Any) -> Mapping[str, Any]:
    """Take an object.

    Raises:
        TypeError: The value is no object.
    """
    if not isinstance(value, Mapping):
        raise TypeError("must be an object")
    return value


def mapping_at(value: Any, path: str) -> Mapping[str, Any]:
    """Take an object of a list.

    Raises:
        CaseFormatError: The value is no object.
    """
    if not isinstance(value, Mapping):
        raise CaseFormatError(field=path, problem="must be an object")
    return value


def text(value: Any) -> str:
    """Take a text with something in it.

    Raises:
        TypeError: The value is no text, or an empty one.
    """
    if not isinstance(value, str) or not value.strip():
        raise TypeError("must be a text that says something")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("holds half of a character")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Take a list of texts.

    Raises:
        TypeError: A value is no text.
    """
    return tuple(text(item) for item in value)


def boolean(value: Any) -> bool:
    """Take true or false.

    Raises:
        TypeError: The value is neither.
    """
    if not isinstance(value, bool):
        raise TypeError("must be true, false or null")
    return value


def whole(value: Any) -> int:
    """Take a whole number.

    Raises:
        TypeError: The value is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("must be a whole number")
    return value


def positive(value: Any) -> Decimal:
    """Take an amount above zero.

    Raises:
        ValueError: The value is no amount, or zero.
    """
    amount = parse_amount(value)
    if not amount:
        raise ValueError("must be more than zero")
    return amount


def day(value: Any) -> date:
    """Take a day in ISO 8601.

    Raises:
        ValueError: The text is no day.
    """
    return date.fromisoformat(text(value))


def currency(value: Any) -> str:
    """Take the code of a currency.

    Raises:
        ValueError: The text is no code of ISO 4217.
    """
    code = text(value)
    if len(code) != 3 or not (code.isascii() and code.isupper()):  # noqa: PLR2004 - ISO 4217
        raise ValueError("must be three capital letters")
    return code
