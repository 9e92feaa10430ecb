"""What happened in a verification case, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ooms.portal.border.case_words import VISITS
from ooms.portal.languages import N_


@dataclass(frozen=True, slots=True)
class Happened:
    """Something on a day: words of ours, and words of who acted or spoke."""

    day: str
    words: str
    detail: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def timeline(case: Mapping[str, Any], *, zone: str) -> tuple[Happened, ...]:
    """Put in order what happened, by the days of the office; of one day in the case's way."""
    return tuple(sorted(_happened(case, zone), key=lambda one: one.day))


def _day_of(moment: str, zone: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date().isoformat()


def _happened(case: Mapping[str, Any], zone: str) -> Iterator[Happened]:
    yield Happened(
        _day_of(case["selected_at"], zone),
        N_("Selected by %(who)s"),
        case["because"],
        {"who": case["selected_by"]},
    )
    yield from _looked_himself(case)
    yield from _asked(case, zone)
    yield from _corrected(case)
    yield from _requested(case)
    yield from _prolonged(case)
    for one in case["replies"]:
        found = "; ".join(each["facts"] for each in one["findings"])
        yield Happened(one["received_on"], N_("The partner's result came"), found)
    yield from _visited(case)
    yield from _determined(case)


def _prolonged(case: Mapping[str, Any]) -> Iterator[Happened]:
    for one in case["extensions"]:
        yield Happened(one["asked_on"], N_("The partner asked for more time"), one["reason"])
        if one["decided_on"]:
            words = N_("More time was given") if one["granted"] else N_("More time was refused")
            yield Happened(one["decided_on"], words)


def _visited(case: Mapping[str, Any]) -> Iterator[Happened]:
    for one in case["visits"]:
        yield Happened(one["proposed_on"], N_("A visit was proposed"), one["person"])
        if one["answered_on"]:
            yield Happened(one["answered_on"], VISITS[one["state"]], one["reason"])
        if one["held_from"]:
            yield Happened(one["held_from"], N_("The visit began"), one["facts"])


def _looked_himself(case: Mapping[str, Any]) -> Iterator[Happened]:
    check = case["self_check"]
    if check:
        words = N_("The importer was let look himself")
        yield Happened(check["offered_on"], words, check["points"])
        if check["answered_on"]:
            found = "; ".join(one for one in (check["answer"], check["result"]) if one)
            yield Happened(check["answered_on"], N_("The importer told what he found"), found)


def _corrected(case: Mapping[str, Any]) -> Iterator[Happened]:
    asked = case["inquiry"] or case["self_check"] or {}
    for one in case["corrections"]:
        words = N_("Declaration %(number)s was handed in anew, as version %(version)s")
        facts = {"number": one["declaration"], "version": str(one["version"])}
        yield Happened(asked["answered_on"], words, facts=facts)


def _asked(case: Mapping[str, Any], zone: str) -> Iterator[Happened]:
    inquiry, draft = case["inquiry"], case["draft"]
    if inquiry:
        yield Happened(
            inquiry["asked_on"], N_("The importer was asked for papers"), inquiry["words"]
        )
        if inquiry["answered_on"]:
            words = N_("The importer's papers were judged")
            yield Happened(inquiry["answered_on"], words, inquiry["result"])
    if draft and draft["approved_at"]:
        yield Happened(
            _day_of(draft["approved_at"], zone),
            N_("The request was approved by %(who)s"),
            draft["changed"],
            {"who": draft["approved_by"]},
        )


def _requested(case: Mapping[str, Any]) -> Iterator[Happened]:
    for one in case["letters"]:
        yield Happened(one["sealed_on"], N_("A letter was sealed"), one["kind"])
        if one["posted_on"]:
            yield Happened(one["posted_on"], N_("A letter was posted"), one["tracking"])
    if case["asked_on"]:
        yield Happened(case["asked_on"], N_("The partner was asked"))
    if case["received_on"]:
        yield Happened(case["received_on"], N_("The partner had the request"))
    for day in case["reminded_on"]:
        yield Happened(day, N_("The partner is to be reminded"))


def _determined(case: Mapping[str, Any]) -> Iterator[Happened]:
    for name, words in (
        ("preliminary", N_("Determined for comments by %(who)s")),
        ("determination", N_("Determined by %(who)s")),
        ("revised", N_("Determined anew by %(who)s")),
    ):
        made = case[name]
        if made:
            yield Happened(made["on"], words, made["comments"], {"who": made["by"]})
    for one in case["objections"]:
        yield Happened(one["lodged_on"], N_("The importer objected"), one["words"])
        if one["decided_on"]:
            words = (
                N_("The objection was right") if one["reversed"] else N_("The objection was not")
            )
            yield Happened(one["decided_on"], words, one["reasons"])
    for one in case["tellings"]:
        if one["told_on"]:
            yield Happened(one["told_on"], N_("The importer was told"), one["words"])
