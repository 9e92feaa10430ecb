"""Which box of which paper form shows a canonical field, as the forms say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from eodes.domain.form import Form
from eodes.forms.register import Forms

_KEYS = {"parties": "role", "quantities": "kind", "references": "relation", "remarks": "code"}
_PICK = re.compile(r"(\w+)\[([A-Z_]+)\]")


@dataclass(frozen=True, slots=True)
class Boxes:
    """Agreement and box by canonical path; what lies inside a field shares its box."""

    by_path: Mapping[str, Mapping[str, str]]

    def of(self, path: str, agreement: str) -> str:
        """Return the box of a field, or of what contains it; empty where the form has none."""
        return self.all_of(path).get(agreement, "")

    def all_of(self, path: str) -> Mapping[str, str]:
        """Return agreement and box of a field, or of what contains it."""
        found: dict[str, str] = {}
        while path:
            found = {**self.by_path.get(path, {}), **found}
            path = path.removesuffix("[]") if path.endswith("[]") else path.rpartition(".")[0]
        return found


@cache
def load_boxes() -> Boxes:
    """Read the boxes from the forms that ship; of several editions the latest counts.

    Raises:
        ConfigurationError: a form is flawed.

    """
    editions = sorted(Forms.load().editions, key=lambda form: form.edition.valid_from)
    return boxes_of({form.agreement: form for form in editions})


def boxes_of(forms: Mapping[str, Form]) -> Boxes:
    """Turn the boxes of forms around: from canonical path to the box of each agreement."""
    found: dict[str, dict[str, set[str]]] = {}
    for agreement, form in sorted(forms.items()):
        for path, number in _shown(form):
            for step in _up(path):
                found.setdefault(step, {}).setdefault(agreement, set()).add(number)
    return Boxes(
        {
            path: {one: min(boxes) for one, boxes in by_form.items() if len(boxes) == 1}
            for path, by_form in found.items()
        }
    )


def _shown(form: Form) -> Iterator[tuple[str, str]]:
    for box in form.boxes:
        for paths in (*box.fields, *box.also):
            for path in paths.split("|"):
                yield _PICK.sub(_with_key, path).removesuffix("[]"), box.number


def _with_key(match: re.Match[str]) -> str:
    return f"{match[1]}[{_KEYS.get(match[1], 'code')}={match[2]}]"


def _up(path: str) -> Iterator[str]:
    # What contains fields of one box only stands in that box as a whole.
    while path:
        yield path.removesuffix("[]")
        path = path.rpartition(".")[0]
