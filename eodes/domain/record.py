"""Typed records: one description of a frozen dataclass serves JSON in, JSON out and JSON Schema.

A field says what it may hold in its annotation (`Annotated[str, Text(256)]`).  The reader reports
every flaw with its path instead of stopping at the first: a person mends them in one go.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
#: What JSON and TOML parsers hand over; only this module looks inside.
Json = Any


@dataclass(frozen=True, slots=True)
class Text:
    """Limits of a text: characters, and a pattern that the whole text must match."""

    longest: int
    shortest: int = 1
    pattern: str = ""

    def flaw(self, value: str) -> str:
        """Say what is wrong with the text, or return an empty string."""
        if len(value) > self.longest:
            return f"{len(value)} characters; at most {self.longest} fit"
        if len(value) < self.shortest:
            return "empty" if not value else f"fewer than {self.shortest} characters"
        if self.pattern and not re.fullmatch(self.pattern, value):
            return f"{value!r} does not look like {self.pattern}"
        return ""

    def schema(self) -> dict[str, Json]:
        """Return the JSON Schema keywords of the limits."""
        limits: dict[str, Json] = {"minLength": self.shortest, "maxLength": self.longest}
        return limits | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})


@dataclass(frozen=True, slots=True)
class Amount:
    """Limits of an exact decimal: total digits, decimal places, and whether zero is too little."""

    digits: int
    places: int
    positive: bool = True

    def flaw(self, value: Decimal) -> str:
        """Say what is wrong with the number, or return an empty string."""
        if not value.is_finite():
            return f"{value} is no number"
        if value < 0 or (self.positive and value == 0):
            return f"{value} must be above zero" if self.positive else f"{value} is below zero"
        _, digits, exponent = value.as_tuple()
        places = max(0, -int(exponent))
        if places > self.places:
            return f"{value} has {places} decimal places; at most {self.places} fit"
        if len(digits) + max(0, int(exponent)) - places > self.digits - self.places:
            return f"{value} has too many digits; {self.digits - self.places} fit before the point"
        return ""

    def schema(self) -> dict[str, Json]:
        """Return the JSON Schema keywords of the limits."""
        whole = self.digits - self.places
        return {"pattern": rf"^\d{{1,{whole}}}(\.\d{{1,{self.places}}})?$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """Limits of a whole number, both ends included."""

    least: int = 0
    most: int = 2**63 - 1

    def flaw(self, value: int) -> str:
        """Say what is wrong with the number, or return an empty string."""
        if self.least <= value <= self.most:
            return ""
        return f"{value} is outside {self.least}..{self.most}"

    def schema(self) -> dict[str, Json]:
        """Return the JSON Schema keywords of the limits."""
        return {"minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Count:
    """Limits of how many elements a tuple may have."""

    least: int = 0
    most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Doc:
    """What a field means, in one sentence for the schema and the documentation."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a record: where (JSON pointer) and what, in words."""

    path: str
    problem: str


class FlawedRecordError(ValueError):
    """A record that cannot be read; carries every flaw found."""

    def __init__(self, *, record: str, flaws: tuple[Flaw, ...]) -> None:
        self.flaws = flaws
        listed = "; ".join(f"{flaw.path or '/'}: {flaw.problem}" for flaw in flaws[:5])
        more = f"; and {len(flaws) - 5} more" if len(flaws) > 5 else ""  # noqa: PLR2004
        super().__init__(f"not a {record}: {listed}{more}")


_Reader = Callable[[Json, str, list[Flaw]], Any]


def read(kind: type[Record], data: Json) -> Record:
    """Read a record from parsed JSON or TOML.

    Raises:
        FlawedRecordError: with every flaw: missing, unknown, of the wrong type, or beyond a limit.

    """
    flaws: list[Flaw] = []
    value = _reader(kind)(data, "", flaws)
    if flaws:
        raise FlawedRecordError(record=kind.__name__, flaws=tuple(flaws))
    return value  # type: ignore[no-any-return]  # the compiled reader of `kind` returns a `kind`


def flaws_of(record: object) -> tuple[Flaw, ...]:
    """Return what is wrong with a record that was built in code, by its written form."""
    flaws: list[Flaw] = []
    _reader(type(record))(write(record), "", flaws)
    return tuple(flaws)


def write(record: object) -> Json:
    """Return a record as JSON values: decimals and dates as strings, nothing absent written."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        kind: type = type(record)
        return {
            name: write(value)
            for name in field_names(kind)
            if (value := getattr(record, name)) is not None and value != ()
        }
    return _plain(record)


def _plain(value: object) -> Json:
    match value:
        case Enum():
            plain: Json = value.value
        case Decimal():
            plain = format(value, "f")
        case datetime():
            plain = value.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
        case date():
            plain = value.isoformat()
        case tuple() | list():
            plain = [write(element) for element in value]
        case Mapping():
            plain = {str(key): write(element) for key, element in value.items()}
        case _:
            plain = value
    return plain


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a record's fields in their order."""
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def hints(kind: type) -> Mapping[str, Any]:
    """Return a record's annotations with their limits."""
    return get_type_hints(kind, include_extras=True)


@dataclass(frozen=True, slots=True)
class Shape:
    """An annotation taken apart: the bare type, its limits, and how it nests."""

    bare: Any
    limits: tuple[object, ...]
    optional: bool
    many: bool

    def limit(self, kind: type[Record]) -> Record | None:
        """Return the limit of a kind, if the annotation carries one."""
        return next((limit for limit in self.limits if isinstance(limit, kind)), None)


def shape(annotation: Any) -> Shape:
    """Take an annotation apart: `Annotated[tuple[X, ...], Count(1)] | None` and the like."""
    limits: list[object] = []
    optional = many = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            limits.extend(annotation.__metadata__)
            annotation = annotation.__origin__
        elif origin in (Union, types.UnionType):
            optional = True
            annotation = next(arm for arm in get_args(annotation) if arm is not type(None))
        elif origin is tuple:
            many = True
            annotation = get_args(annotation)[0]
        else:
            return Shape(annotation, tuple(limits), optional, many)


def _reader(kind: type) -> _Reader:
    return _record_reader(kind)


@cache
def _record_reader(kind: type) -> _Reader:
    fields = {field.name: field for field in dataclasses.fields(kind)}
    readers = {name: _shape_reader(shape(hints(kind)[name])) for name in fields}
    required = tuple(name for name, field in fields.items() if is_required(field))

    def read_record(data: Json, path: str, flaws: list[Flaw]) -> object:
        if not isinstance(data, Mapping):
            flaws.append(Flaw(path, f"a {kind.__name__} is an object, not {_word(data)}"))
            return None
        before = len(flaws)
        flaws.extend(
            Flaw(f"{path}/{name}", f"unknown; a {kind.__name__} has {', '.join(fields)}")
            for name in data
            if name not in fields
        )
        flaws.extend(
            Flaw(f"{path}/{name}", "missing") for name in required if data.get(name) is None
        )
        values = {
            name: readers[name](value, f"{path}/{name}", flaws)
            for name, value in data.items()
            if name in fields and value is not None
        }
        if len(flaws) > before:
            return None
        try:
            return kind(**values)
        except ValueError as error:
            flaws.append(Flaw(path, str(error)))
            return None

    return read_record


def is_required(field: dataclasses.Field[Any]) -> bool:
    """Tell whether a field has no default."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _shape_reader(form: Shape) -> _Reader:
    if form.many:
        return _tuple_reader(form)
    if dataclasses.is_dataclass(form.bare):
        return _reader(form.bare)  # type: ignore[arg-type]  # is_dataclass also admits instances
    return _value_reader(form.bare, form.limits)


def _tuple_reader(form: Shape) -> _Reader:
    single = dataclasses.replace(form, many=False, optional=False)
    read_one = _shape_reader(single)
    count = form.limit(Count) or Count()

    def read_many(data: Json, path: str, flaws: list[Flaw]) -> tuple[object, ...]:
        if not isinstance(data, list | tuple):
            flaws.append(Flaw(path, f"a list is expected, not {_word(data)}"))
            return ()
        if not count.least <= len(data) <= count.most:
            flaws.append(Flaw(path, f"{len(data)} given; {count.least} to {count.most} allowed"))
        return tuple(read_one(one, f"{path}/{index}", flaws) for index, one in enumerate(data))

    return read_many


def _value_reader(bare: type, limits: tuple[object, ...]) -> _Reader:
    parse: Callable[[Json], Any] = _enum_parser(bare) if issubclass(bare, Enum) else _PARSERS[bare]
    checks = tuple(limit.flaw for limit in limits if isinstance(limit, Text | Amount | Whole))

    def read_value(data: Json, path: str, flaws: list[Flaw]) -> object:
        try:
            value = parse(data)
        except (ValueError, InvalidOperation):
            flaws.append(Flaw(path, f"{data!r} is not {_NAMES.get(bare, bare.__name__)}"))
            return None
        problem = next((said for check in checks if (said := check(value))), "")
        if problem:
            flaws.append(Flaw(path, problem))
        return value

    return read_value


def _enum_parser(bare: type[Enum]) -> Callable[[Json], Enum]:
    def parse(data: Json) -> Enum:
        return bare(data)

    return parse


def _text(data: Json) -> str:
    if isinstance(data, str):
        return data
    raise ValueError(data)


def _whole(data: Json) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    raise ValueError(data)


def _truth(data: Json) -> bool:
    if isinstance(data, bool):
        return data
    raise ValueError(data)


def _decimal(data: Json) -> Decimal:
    # A JSON number has gone through a float or lost its zeros; only a string is exact.
    if isinstance(data, str) and re.fullmatch(r"-?\d+(\.\d+)?", data):
        return Decimal(data)
    raise ValueError(data)


def _date(data: Json) -> date:
    if isinstance(data, date) and not isinstance(data, datetime):
        return data
    if isinstance(data, str) and len(data) == len("2026-11-20"):
        return date.fromisoformat(data)
    raise ValueError(data)


def _instant(data: Json) -> datetime:
    value = data if isinstance(data, datetime) else datetime.fromisoformat(_text(data))
    if value.tzinfo is None:
        raise ValueError(data)
    return value.astimezone(UTC)


_PARSERS: Mapping[type, Callable[[Json], Any]] = {
    str: _text,
    int: _whole,
    bool: _truth,
    Decimal: _decimal,
    date: _date,
    datetime: _instant,
}
_NAMES: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    Decimal: 'an exact decimal written as a string, like "12.50"',
    date: "a date like 2026-11-20",
    datetime: "an instant with offset, like 2026-11-20T09:00:00Z",
}


def _word(data: Json) -> str:
    words: Mapping[type, str] = {dict: "an object", list: "a list", str: "a text"}
    return words.get(type(data)) or repr(data)
