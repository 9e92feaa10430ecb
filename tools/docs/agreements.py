"""The reference page of the agreements: which rules come with the product, and how far they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ooms.agreements.coverage import Coverage, coverage
from ooms.agreements.loader import load_cases
from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.registry import Registry, load_shipped
from tools.docs import markdown

_SOURCE = "`ooms/agreements/data`"
_HEAD = ("rule set", "valid", "HS", "product rules", "in structure", "verified", "codes reached")
_WHOLE_PERCENT = 100


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"agreements.md": markdown.page("Agreements", _SOURCE, _lines(load_shipped()))}


def _lines(packs: Registry) -> Iterator[str]:
    yield "The packs of rules that come with the product; each pack's `NOTES.md` names its sources."
    yield "An office's own pack takes the place of a shipped one: see"
    yield "[Load the rules of an agreement](../how-to/load-rules.md)."
    yield ""
    yield "*Product rules* counts the rows of the pack; a code may have several, for goods that"
    yield "words describe."
    yield "*In structure* is the share without a clause in words that a person must answer for."
    yield "*Verified* is the share that was compared with the primary text."
    yield "*Codes reached* are the subheadings of the edition that have an entry; where the list is"
    yield "not whole, the general rule answers, or the answer is that no rule is loaded."
    for agreement in packs.every():
        cases = load_cases(packs.folders[agreement.code])
        yield from _agreement(agreement, cases=len(cases))


def _agreement(agreement: Agreement, *, cases: int) -> Iterator[str]:
    yield from markdown.section(agreement.code)
    yield f"{agreement.name}."
    if agreement.aliases:
        yield f"Also called {markdown.codes(agreement.aliases)}."
    parties = ", ".join(party.letters for party in agreement.parties)
    yield f"Parties: {parties}."
    yield f"Worked cases: {cases}."
    yield ""
    reached = [(rule_set, coverage(rule_set)) for rule_set in agreement.rule_sets]
    yield from markdown.table(_HEAD, (_row(rule_set, found) for rule_set, found in reached))
    for rule_set, found in reached:
        yield ""
        yield f"Rule set `{rule_set.id}`: {_chapters(found.chapters)}."
        if found.missing and found.covered * 10 >= found.total * 9:
            yield f"Without an entry: {', '.join(found.missing)}."


def _row(rule_set: RuleSet, found: Coverage) -> tuple[object, ...]:
    until = rule_set.validity.end or ""
    return (
        markdown.code(rule_set.id),
        f"{rule_set.validity.start} to {until}" if until else f"from {rule_set.validity.start}",
        rule_set.hs_edition,
        found.rules,
        _share(found.structured, found.rules),
        _share(found.verified, found.rules),
        f"{found.covered} of {found.total}",
    )


def _share(part: int, whole: int) -> str:
    return f"{_WHOLE_PERCENT * part / whole:.1f} %" if whole else ""


def _chapters(chapters: Mapping[str, tuple[int, int]]) -> str:
    """Tell which chapters are reached whole, and how far the others are."""
    whole = [name for name, (reached, every) in chapters.items() if reached == every]
    partly = [
        f"{name} ({reached} of {every})"
        for name, (reached, every) in chapters.items()
        if 0 < reached < every
    ]
    told = [f"chapters reached whole: {', '.join(_runs(whole, list(chapters))) or 'none'}"]
    if partly:
        told.append(f"in part: {', '.join(partly)}")
    return "; ".join(told)


def _runs(names: Iterable[str], every: list[str]) -> Iterator[str]:
    """Give chapters that follow one another as a run."""
    placed = ((every.index(name) - at, name) for at, name in enumerate(names))
    for _, group in groupby(placed, key=lambda one: one[0]):
        run = [name for _, name in group]
        yield run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}"
