"""The lines of a bill as fields: written, added and taken away without any script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ooms.portal.forms import Form, nested

_ROW = r"((?:materials|made_from)\.\d+)"
#: The buttons of the editor: what is to be done, and to which line.
ADD, PART, REMOVE = "add", "part:", "remove:"
_CAPITALS = ("origin",)
_NO_SIGNS = str.maketrans("", "", ". -")


def rows(form: Form, prefix: str = "") -> list[tuple[str, str, int]]:
    """Return every line: the beginning of its fields' names, its number for people, its depth."""
    paths = {path for name in form.fields for path in _paths(name, prefix)}
    ordered = sorted(paths, key=_numbers)
    return [
        (one, ".".join(str(n + 1) for n in _numbers(one)), len(_numbers(one))) for one in ordered
    ]


def changed(form: Form, what: str, prefix: str = "") -> Form:
    """Return the form with a line more, or a line less."""
    fields = dict(form.fields)
    if what == ADD:
        fields[f"{prefix}materials.{_next(fields, f'{prefix}materials.')}.name"] = ""
    elif what.startswith(PART):
        above = what.removeprefix(PART)
        fields[f"{above}.made_from.{_next(fields, f'{above}.made_from.')}.name"] = ""
    elif what.startswith(REMOVE):
        gone = what.removeprefix(REMOVE) + "."
        fields = {name: text for name, text in fields.items() if not name.startswith(gone)}
    closed = Form.of(nested((name.split("."), text) for name, text in fields.items()))
    return replace(closed, key=form.key)


def tidied(form: Form, prefix: str = "") -> Form:
    """Return the form without lines in which nothing is written, and without gaps."""
    fields = dict(form.fields)
    for path, _, _ in rows(form, prefix):
        inside = [name for name in fields if name.startswith(f"{path}.")]
        if not any(fields[one].strip() for one in inside if not one.endswith(".kind")):
            fields = {name: text for name, text in fields.items() if name not in inside}
    return changed(replace(form, fields=fields), "", prefix)


def bill_of(form: Form, prefix: str = "") -> dict[str, Any]:
    """Return the bill that the fields tell: lines without any text are left out."""
    body: Any = form.body()
    for step in filter(None, prefix.split(".")):
        body = body.get(step, {})
    bill: dict[str, Any] = {
        name: body[name] for name in ("plant", "valid_from", "valid_until") if name in body
    }
    told = body.get("processes", "")
    bill["processes"] = [one.strip() for one in told.splitlines() if one.strip()]
    bill["materials"] = [_line(one) for one in body.get("materials", [])]
    return bill


def fields_of(bill: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the editor shows of a bill."""
    told = {name: one for name, one in bill.items() if name not in ("processes", "withheld")}
    return told | {"processes": "\n".join(bill["processes"])}


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(line)
    if "hs" in told:
        told["hs"] = told["hs"].translate(_NO_SIGNS)
    told |= {name: told[name].upper() for name in _CAPITALS if name in told}
    if "made_from" in told:
        told["made_from"] = [_line(one) for one in told["made_from"]]
    return told


def _paths(name: str, prefix: str) -> Iterator[str]:
    """Yield each line that a field stands in: `materials.0` and `materials.0.made_from.1`."""
    found = re.match(rf"{re.escape(prefix)}materials\.\d+(?:\.made_from\.\d+)*", name)
    path = found[0] if found else ""
    while path:
        yield path
        path = path.rpartition(".made_from.")[0]


def _numbers(path: str) -> tuple[int, ...]:
    return tuple(int(one.rpartition(".")[2]) for one in re.findall(_ROW, path))


def _next(fields: Mapping[str, str], above: str) -> int:
    taken = (name[len(above) :].partition(".")[0] for name in fields if name.startswith(above))
    return max((int(one) for one in taken if one.isdecimal()), default=-1) + 1
