"""A case with something changed in it: what an answer, a supplier or a process would make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from ooms.kernel.country import CountryCode
from ooms.origin.facts import Answer, Case, Material

BOM_COMPLETE = "bom_complete"
_ABOUT_LINES = ("value", "weight")


@dataclass(frozen=True, slots=True)
class Supposed:
    """An answer that somebody might give to a question."""

    key: str
    given: Answer


def supposing(case: Case, answers: tuple[Supposed, ...]) -> Case:
    """Give the case as it is once these answers are given."""
    for answer in answers:
        case = _answered(case, answer)
    return case


def _answered(case: Case, answer: Supposed) -> Case:
    """Put an answer where it belongs: into the bill, the good, or the facts."""
    what, _, path = answer.key.partition(":")
    given = answer.given
    if answer.key == "materials":
        return _with_fact(case, BOM_COMPLETE, given)
    if answer.key == "product_weight" and isinstance(given, Decimal):
        return replace(case, product=replace(case.product, weight=given))
    if what in _ABOUT_LINES and isinstance(given, Decimal):
        return with_line(case, path, lambda line: _with_amount(line, what, given))
    return _with_fact(case, answer.key, given)


def _with_amount(line: Material, what: str, given: Decimal) -> Material:
    return replace(line, value=given) if what == "value" else replace(line, weight=given)


def _with_fact(case: Case, key: str, given: Answer) -> Case:
    return replace(case, answers=case.answers | {key: given})


def doing(case: Case, process: str) -> Case:
    """Give the case with one more process carried out."""
    return replace(case, processes=case.processes | {process})


def with_line(case: Case, path: str, change: Callable[[Material], Material]) -> Case:
    """Change one line of the bill, at whatever depth it lies."""
    return replace(case, materials=_with_line(case.materials, path, change))


def _with_line(
    lines: tuple[Material, ...], path: str, change: Callable[[Material], Material]
) -> tuple[Material, ...]:
    return tuple(_line(line, path, change) for line in lines)


def _line(line: Material, path: str, change: Callable[[Material], Material]) -> Material:
    if line.path == path:
        return change(line)
    if path.startswith(f"{line.path}."):
        return replace(line, made_from=_with_line(line.made_from, path, change))
    return line


def sourced(material: Material, party: CountryCode) -> Material:
    """Give a material as it is when it comes from a Party, with a supplier's proof."""
    return Material(
        path=material.path,
        name=material.name,
        codes=material.codes,
        originating=True,
        origin=party,
        value=material.value,
        weight=material.weight,
        component=material.component,
        kind=material.kind,
    )


def split(case: Case, material: Material, *, kept: Material) -> Case:
    """Let only `kept` of a material stay foreign; the exporting Party supplies the rest."""
    rest = replace(
        sourced(material, case.exporting_party),
        path=_next_path(case, material.path),
        value=_rest(material.value, kept.value),
        weight=_rest(material.weight, kept.weight),
    )
    case = with_line(case, material.path, lambda _: kept)
    parent = rest.path.rpartition(".made_from[")[0]
    if not parent:
        return replace(case, materials=(*case.materials, rest))
    return with_line(case, parent, lambda m: replace(m, made_from=(*m.made_from, rest)))


def _rest(whole: Decimal | None, kept: Decimal | None) -> Decimal | None:
    return None if whole is None or kept is None else whole - kept


def _next_path(case: Case, path: str) -> str:
    """Name a further line beside the one at a path."""
    parent, _, _ = path.rpartition("[")
    beside = _siblings(case.materials, path)
    return f"{parent}[{len(beside)}]"


def _siblings(lines: tuple[Material, ...], path: str) -> tuple[Material, ...]:
    inside = next((line for line in lines if path.startswith(f"{line.path}.")), None)
    return _siblings(inside.made_from, path) if inside else lines
