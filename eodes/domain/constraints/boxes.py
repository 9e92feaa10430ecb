"""Boxes and fields: what must be filled, what must agree, what a partner can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from eodes.domain.certificate import Certificate, PartyRole
from eodes.domain.constraints.context import Findings, JudgingContext, refuse, warn
from eodes.domain.form import Form, Presence
from eodes.domain.free_text import fits, free_texts, has_controls, normalize_text, transliterate
from eodes.domain.number import number_key
from eodes.domain.verdict import Finding


def c12_charset(certificate: Certificate, context: JudgingContext) -> Findings:
    """C12: the partner's character set carries every free text, else its likeness, with notice."""
    charset = context.charset
    if charset is None:
        return ()
    code = "RUL-C12-CHARSET"
    found: list[Finding] = []
    for path, text in free_texts(certificate):
        if fits(text, charset):
            continue
        likeness = transliterate(text, charset)
        if likeness is None:
            found.append(refuse(code, f"{charset} cannot carry {text!r}", path=path))
        else:
            found.append(warn(code, f"{text!r} is sent as {likeness!r}", path=path))
    return tuple(found)


def c13_boxes(certificate: Certificate, context: JudgingContext) -> Findings:
    """C13: no box that the form makes mandatory is empty."""
    return tuple(
        refuse("RUL-C13-BOX", f"box {demand.box} lacks {demand.wanted}", path=path, box=demand.box)
        for demand in _demands(context.form)
        for path in demand.missing(certificate)
    )


def number_key_agrees(certificate: Certificate, context: JudgingContext) -> Findings:
    """The key of the number is the one that follows from the number."""
    code, box = "RUL-F01-NUMBER-KEY", context.form.box_of("number_raw")
    claims = [("", certificate.number_raw, certificate.number_key)]
    claims += [
        (f"/references/{index}", one.number_raw, one.number_key)
        for index, one in enumerate(certificate.references)
    ]
    return tuple(
        refuse(
            code,
            f"{raw!r} has the key {number_key(raw)}, not {key}",
            path=f"{at}/number_key",
            box=box,
        )
        for at, raw, key in claims
        if key != number_key(raw) or not key
    )


def marks_said_once(certificate: Certificate, context: JudgingContext) -> Findings:
    """Marks are said in words or by a code, never by both."""
    box = context.form.box_of("items[].marks")
    return tuple(
        refuse(
            "RUL-F04-MARKS",
            f"item {item.item_no} has marks and a code",
            path=f"/items/{index}",
            box=box,
        )
        for index, item in enumerate(certificate.items)
        if item.marks is not None and item.marks_code is not None
    )


def packages_or_bulk(certificate: Certificate, context: JudgingContext) -> Findings:
    """Goods are in packages or in bulk, never both."""
    box = context.form.box_of("items[].packages")
    return tuple(
        refuse(
            "RUL-F05-PACKAGES",
            f"item {item.item_no} is in bulk and in packages",
            path=f"/items/{index}",
            box=box,
        )
        for index, item in enumerate(certificate.items)
        if item.in_bulk and item.packages
    )


def item_numbers_run(certificate: Certificate, context: JudgingContext) -> Findings:
    """Item numbers are unique and run without a gap.

    They start at 1, or where a continued certificate starts.
    """
    numbers = sorted(item.item_no for item in certificate.items)
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return ()
    said = ", ".join(str(item.item_no) for item in certificate.items[:20])
    box = context.form.box_of("items[].item_no")
    detail = f"item numbers {said} do not run one by one"
    return (refuse("RUL-F06-ITEM-NUMBERS", detail, path="/items", box=box),)


def places_exist(certificate: Certificate, context: JudgingContext) -> Findings:
    """Items refer to invoices and producers that are there."""
    code = "RUL-F07-PLACES"
    invoices = len(certificate.invoices)
    producers = sum(party.role is PartyRole.PRODUCER for party in certificate.parties)
    found = []
    for index, item in enumerate(certificate.items):
        lost = [place for place in item.invoice_refs if not 1 <= place <= invoices]
        if lost:
            detail = f"item {item.item_no} names invoice {lost[0]} of {invoices}"
            box = context.form.box_of("items[].invoice_refs")
            found.append(refuse(code, detail, path=f"/items/{index}/invoice_refs", box=box))
        if item.producer_ref is not None and item.producer_ref > producers:
            detail = f"item {item.item_no} names producer {item.producer_ref} of {producers}"
            found.append(refuse(code, detail, path=f"/items/{index}/producer_ref"))
    return tuple(found)


def text_normal(certificate: Certificate, _context: JudgingContext) -> Findings:
    """Free text is in its normal form: NFC, trimmed, without control characters."""
    code = "RUL-F08-TEXT"
    found: list[Finding] = []
    for path, text in free_texts(certificate):
        if text.isascii() and text.isprintable() and text[:1] != " " != text[-1:]:
            continue  # printable ASCII knows no other white space
        if has_controls(text):
            detail = f"{text!r} carries control characters"
            found.append(refuse(code, detail, path=path))
        elif normalize_text(text) != text:
            detail = f"{text!r} is kept as {normalize_text(text)!r}"
            found.append(warn(code, detail, path=path))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Demand:
    """A field, or one of several, that a mandatory box asks for."""

    box: str
    wanted: str
    missing: Callable[[Certificate], list[str]]


@lru_cache(maxsize=256)
def _demands(form: Form) -> tuple[_Demand, ...]:
    mandatory = (box for box in form.boxes if box.presence is Presence.MANDATORY)
    return tuple(
        _Demand(box.number, " or ".join(paths.split("|")), _finder(paths))
        for box in mandatory
        for paths in box.fields
    )


def _finder(paths: str) -> Callable[[Certificate], list[str]]:
    options = paths.split("|")
    root = options[0].partition("[].")[0]
    if root != options[0]:
        return _finder_in_each(root, [option.partition("[].")[2] for option in options])
    getters = [_getter(option) for option in options]
    pointer = _pointer(options[0])

    def find(certificate: Certificate) -> list[str]:
        return [] if any(getter(certificate) for getter in getters) else [pointer]

    return find


def _finder_in_each(root: str, leaves: list[str]) -> Callable[[Certificate], list[str]]:
    getters = [attrgetter(leaf) for leaf in leaves]
    pointer = leaves[0].replace(".", "/")

    def find(certificate: Certificate) -> list[str]:
        return [
            f"/{root}/{index}/{pointer}"
            for index, element in enumerate(getattr(certificate, root))
            if not any(getter(element) for getter in getters)
        ]

    return find


def _getter(path: str) -> Callable[[Certificate], Any]:
    head, bracket, leaf = path.partition("].")
    if bracket:
        role, get_leaf = PartyRole(head.removeprefix("parties[")), attrgetter(leaf)

        def of_party(certificate: Certificate) -> object:
            party = certificate.party(role)
            return party and get_leaf(party)

        return of_party
    steps = path.split(".")

    def of_certificate(certificate: Certificate) -> object:
        value: object = certificate
        for step in steps:
            value = value and getattr(value, step)
        return value

    return of_certificate


def _pointer(path: str) -> str:
    return "/parties" if path.startswith("parties[") else "/" + path.replace(".", "/")
