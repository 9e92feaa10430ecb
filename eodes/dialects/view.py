"""What a certificate looks like after the wire: the difference a dialect makes, told in values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any

from eodes.dialects.plan import Node, What, general, is_number
from eodes.domain.certificate import Certificate, Disclosure, Party
from eodes.domain.partner import NumberStyle, write_number

_WITHHELD = {
    Disclosure.AVAILABLE_UPON_REQUEST: "AVAILABLE UPON REQUEST",
    Disclosure.CONFIDENTIAL: "CONFIDENTIAL",
}


def withheld(certificate: Certificate) -> Certificate:
    """Return the certificate without what its parties' disclosure keeps from the partner."""
    if not any(party.disclosure in _WITHHELD for party in certificate.parties):
        return certificate
    parties = tuple(
        Party(one.role, _WITHHELD[one.disclosure], one.country, disclosure=one.disclosure)
        if one.disclosure in _WITHHELD
        else one
        for one in certificate.parties
    )
    return dataclasses.replace(certificate, parties=parties)


@dataclass(frozen=True, slots=True)
class Difference:
    """Fields that are blanked, numbers that are respelled, lists that are spread and rejoined."""

    blank: frozenset[str]
    numbers: frozenset[str]
    flat: frozenset[str]
    spread: Table[str, tuple[Node, ...]]

    def seen(self, record: Any, styles: tuple[NumberStyle, ...], where: str = "") -> Any:
        """Return the record as a reader of the written one sees it."""
        changes: dict[str, Any] = {}
        for field in dataclasses.fields(record):
            path = f"{where}{field.name}"
            value = getattr(record, field.name)
            if path in self.blank:
                changes[field.name] = field.default
            elif path in self.numbers:
                changes[field.name] = restyled(value, styles)
            else:
                changes[field.name] = self._inside(value, styles, path)
        return dataclasses.replace(record, **changes)

    def _inside(self, value: Any, styles: tuple[NumberStyle, ...], path: str) -> Any:
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            seen = tuple(self.seen(one, styles, f"{path}[].") for one in value)
            return _rejoined(seen, self.spread.get(path, ()))
        if not dataclasses.is_dataclass(value):
            return value
        inner = self.seen(value, styles, f"{path}.")
        # A record that stands flat and says nothing leaves no trace.
        return None if path in self.flat and _says_nothing(inner) else inner


def difference_of(nodes: tuple[Node, ...], *, blank: frozenset[str]) -> Difference:
    """Work out the difference that the rows of a mapping make."""
    spread: dict[str, list[Node]] = {}
    for node in nodes:
        if node.steps[0].picks:
            listed = general(node.where.removesuffix(node.key) + node.steps[0].field)
            spread.setdefault(listed, []).append(node)
    flat = {
        general(node.where.rpartition(".")[0])
        for node in nodes
        if len(node.steps) > 1 and not node.steps[0].picks
    }
    return Difference(
        blank,
        frozenset(general(node.where) for node in nodes if is_number(node)),
        frozenset(flat),
        {path: tuple(rows) for path, rows in spread.items()},
    )


def restyled(raw: str, styles: tuple[NumberStyle, ...]) -> str:
    """Write a certificate number in one style after the other."""
    for style in styles:
        raw = write_number(raw, style)
    return raw


def _rejoined(elements: tuple[Any, ...], rows: tuple[Node, ...]) -> tuple[Any, ...]:
    left = list(elements)
    joined: list[Any] = []
    for step, many in dict.fromkeys((row.steps[0], row.what is What.RECORDS) for row in rows):
        wanted = [one for one in left if step.key and str(getattr(one, step.key)) == step.code]
        taken = wanted if many else wanted[:1]
        joined += taken
        left = [one for one in left if not any(one is other for other in taken)]
    return (*joined, *left)


def _says_nothing(record: Any) -> bool:
    return all(getattr(record, field.name) == field.default for field in dataclasses.fields(record))
