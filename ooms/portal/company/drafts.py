"""A draft as its pages see it: its sections, what is done, and how one of them is written anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ooms.portal.forms import Form
from ooms.portal.languages import N_
from ooms.portal.visit import Visit

PATH = "/company/applications"
OPEN = frozenset({"DRAFT", "COMPLETION_REQUESTED"})
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an application, and the members of its content that it asks for."""

    slug: str
    title: str
    members: tuple[str, ...]
    is_needed: bool = True


#: In the order in which they are asked.
SECTIONS = (
    Section("buyer", N_("Buyer"), ("buyer",)),
    Section("invoices", N_("Invoices"), ("invoices",)),
    Section("goods", N_("Goods"), ("lines",)),
    Section(
        "transport",
        N_("Shipment and transport"),
        ("shipped_on", "intended_shipment_on", "transport"),
    ),
    Section(
        "papers",
        N_("Export declarations and remarks"),
        ("export_declarations", "retroactive_reason", "producer", "exhibition"),
        is_needed=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Task:
    """A section and how far it is."""

    section: Section
    is_begun: bool
    is_done: bool


def tasks_of(content: Mapping[str, Any]) -> tuple[Task, ...]:
    """Tell of each section how far it is."""
    begun = (any(content[member] for member in section.members) for section in SECTIONS)
    return tuple(
        Task(section, is_begun, is_begun and _is_whole(section, content))
        for section, is_begun in zip(SECTIONS, begun, strict=True)
    )


def is_ready(content: Mapping[str, Any]) -> bool:
    """Tell whether nothing that is needed is missing, as far as pages see it."""
    return all(task.is_done or not task.section.is_needed for task in tasks_of(content))


async def application_of(visit: Visit, application_id: str) -> Any:
    """Return an application.

    Raises:
        Refused: there is none that the visitor may see.

    """
    return await visit.api.get(f"/applications/{application_id}")


async def keep(visit: Visit, application: Mapping[str, Any], *, form: Form, **members: Any) -> None:
    """Write some members of an application's content anew; the others stay as they are.

    Raises:
        Refused: what was filled in does not fit.

    """
    path = f"/applications/{application['id']}/content"
    await visit.api.post(path, application["content"] | members, key=form.key)


def _is_whole(section: Section, content: Mapping[str, Any]) -> bool:
    if section.slug != "goods":
        return True
    return all(line["determination_id"] or line["takes"] for line in content["lines"])
