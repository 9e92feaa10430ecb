"""Reads the schemes that ship with the code: one file for each administration's country."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ooms.approvals.scheme import Scheme, SchemeError, SpanKind
from ooms.shipped import file_of

DATA = Path(__file__).resolve().parent / "data"

_SCHEME = TypeAdapter(Scheme)


@cache
def load_scheme(country: str, *, folder: Path = DATA) -> Scheme | None:
    """Read a country's scheme; None where there is none, or nobody has written it down yet.

    Raises:
        SchemeError: the file lacks something or says what nobody knows.

    """
    file = file_of(country, folder=folder)
    data = tomllib.loads(file.read_text("utf-8"))
    if not data["name"]:
        return None
    try:
        scheme = _SCHEME.validate_python(data)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SchemeError(file=file.name, problem=f"{key}: {first['msg']}") from wrong
    problems = [f"{key} is not known" for key in _unknown(data, _SCHEME.dump_python(scheme))]
    problems += [f"has no span {name}" for name in sorted(set(SpanKind) - set(scheme.spans))]
    if problems:
        raise SchemeError(file=file.name, problem="; ".join(problems))
    return scheme


def _unknown(written: object, read: object, *, at: str = "") -> Iterator[str]:
    """Name the keys of a file that nobody read."""
    if isinstance(written, Mapping) and isinstance(read, Mapping):
        for key, value in written.items():
            if key not in read:
                yield f"{at}{key}"
            else:
                yield from _unknown(value, read[key], at=f"{at}{key}.")
    elif isinstance(written, list) and isinstance(read, tuple):
        for place, (value, known) in enumerate(zip(written, read, strict=True)):
            yield from _unknown(value, known, at=f"{at}{place}.")
