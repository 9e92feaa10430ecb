"""The paper form behind an application: which of its boxes each field and section fills."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ooms.portal.company.drafts import SECTIONS, Section
from ooms.portal.visit import Visit

_PLACE = re.compile(r"\.\d+(?=\.|$)")


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it is printed, and the members of an application that fill it."""

    number: str
    title: str
    members: tuple[str, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections that ask for what the box shows; none: the office fills it in."""
        asked = {member.partition(".")[0] for member in self.members}
        return tuple(one for one in SECTIONS if asked.intersection(one.members))


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form on paper, for whoever knows it better than these pages."""

    title: str
    boxes: Sequence[Box]

    def of_field(self, name: str) -> tuple[str, ...]:
        """Return the numbers of the boxes that a field fills."""
        member = _PLACE.sub("", name)
        return tuple(one.number for one in self.boxes if member in one.members)

    def of_section(self, slug: str) -> tuple[str, ...]:
        """Return the numbers of the boxes that a section fills."""
        return tuple(
            one.number for one in self.boxes if slug in {section.slug for section in one.sections}
        )


async def paper_form(visit: Visit, content: Mapping[str, Any]) -> PaperForm:
    """Return the form that an application asks for; one out of use has no boxes here."""
    wanted = (content["agreement"], content["form_type"])
    for form in (await visit.api.get("/forms"))["items"]:
        if (form["agreement"], form["form_type"]) == wanted:
            return PaperForm(form["title"], tuple(map(_box, form["boxes"])))
    return PaperForm("", ())


def _box(stated: Mapping[str, Any]) -> Box:
    members = (one.strip("/").replace("/", ".") for one in stated["asked_at"])
    return Box(stated["number"], stated["title"], tuple(members))
