"""The reference pages of the forms: boxes, criteria and clocks, each value with its source."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import Enum

from eodes.domain import record
from eodes.domain.form import Box, Form
from eodes.forms.register import Calendars, Forms
from tools.docs import markdown

_SOURCED = {"source", "verified"}
#: The parts of a form that are single values, in the order in which a reader asks for them.
_PARTS = (
    *("edition", "parties", "fob", "hs", "third_country_invoicing", "issue_window"),
    *("retroactive_limit", "validity", "records", "percent_rounding", "waiver"),
    "verification_reply",
)
#: The parts of a form that are lists.
_LISTS = ("criteria", "suffixes", "issuance", "endorsements", "item_caps")


def pages() -> dict[str, str]:
    """Return the pages by their path below docs/reference."""
    forms = Forms.load().editions
    return {"forms.md": markdown.page("Forms", "`eodes/forms/`", _index(forms))} | {
        _path(form): markdown.page(form.title, "`eodes/forms/data/`", _form(form)) for form in forms
    }


def _path(form: Form) -> str:
    return f"forms/{form.agreement.lower()}-{form.form_type.lower()}.md"


def _index(forms: tuple[Form, ...]) -> Iterator[str]:
    yield "A form is dated data: boxes, mandatory fields, criteria, limits and clocks."
    yield "Each value names its source; *verified* means that the primary text was read."
    yield "What is not verified rests on secondary sources or working knowledge, and says so."
    yield ""
    yield from markdown.table(
        ("agreement", "form", "title", "in use from", "boxes", "values verified"),
        (
            (
                form.agreement,
                f"[{form.form_type}]({_path(form)})",
                form.title,
                form.edition.valid_from,
                len(form.boxes),
                _share(form),
            )
            for form in forms
        ),
    )
    yield from markdown.section("Calendars")
    yield "Working days are counted with these; where a year is not complete, lateness warns and"
    yield "does not refuse."
    yield ""
    yield from markdown.table(
        ("country", "weekend", "years", "source", "verified"),
        (
            (
                file.country,
                ", ".join(_DAYS[day] for day in file.weekend),
                ", ".join(
                    f"{year.year}{'' if year.complete else ' (incomplete)'}" for year in file.years
                )
                or "(none)",
                file.source,
                file.verified,
            )
            for file in Calendars.load().files
        ),
    )


_DAYS = {1: "Monday", 2: "Tuesday", 3: "Wednesday", 4: "Thursday", 5: "Friday", 6: "Saturday"} | {
    7: "Sunday",
    0: "Sunday",
}


def _share(form: Form) -> str:
    values = [*form.boxes, *(one for _, one in _parts(form)), *(one for _, one in _listed(form))]
    read = sum(bool(getattr(one, "verified", False)) for one in values)
    return f"{read} of {len(values)}"


def _parts(form: Form) -> Iterator[tuple[str, object]]:
    for name in _PARTS:
        if getattr(form, name) is not None:
            yield name, getattr(form, name)


def _listed(form: Form) -> Iterator[tuple[str, object]]:
    for name in _LISTS:
        for one in getattr(form, name):
            yield name, one


def _form(form: Form) -> Iterator[str]:
    yield f"Agreement `{form.agreement}`, form type `{form.form_type}`."
    yield "[All forms](../forms.md), [the constraints that judge them](../constraints.md)."
    yield from markdown.section("Clocks, limits and duties")
    yield from markdown.table(
        ("what", "says", "source", "verified"),
        ((name.replace("_", " "), _said(one), *_sourced(one)) for name, one in _parts(form)),
    )
    for name in _LISTS:
        if getattr(form, name):
            yield from markdown.section(name.replace("_", " ").capitalize())
            yield from markdown.table(
                ("says", "source", "verified"),
                ((_said(one), *_sourced(one)) for one in getattr(form, name)),
            )
    yield from markdown.section("Boxes")
    yield "Of a mandatory box every field under *must* is to be there; `a|b` means one of them."
    yield ""
    yield from markdown.table(
        ("box", "title", "presence", "must", "may", "note", "source", "verified"),
        map(_box, form.boxes),
    )


def _box(box: Box) -> tuple[object, ...]:
    return (
        box.number,
        box.title,
        box.presence.value.lower(),
        markdown.codes(box.fields),
        markdown.codes(box.also),
        box.note,
        *_sourced(box),
    )


def _sourced(one: object) -> tuple[object, object]:
    return getattr(one, "source", ""), getattr(one, "verified", False)


def _said(one: object) -> str:
    assert dataclasses.is_dataclass(one)
    told = (
        (field.name, getattr(one, field.name))
        for field in dataclasses.fields(one)
        if field.name not in _SOURCED
    )
    return "; ".join(
        f"{name.replace('_', ' ')} {_plain(value)}"
        for name, value in told
        if value not in (None, ())
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_plain(each) for each in value)
    return markdown.code(value.value if isinstance(value, Enum) else record.write(value))
