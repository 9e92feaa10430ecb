"""Forms: fields named by where they stand in a body, so that a refusal finds its field.

The field `buyer.name` is the member `/buyer/name` of the body that the interface takes, and
`lines.0.hs` is `/lines/0/hs`: a flaw of the interface points to its field without a table.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.datastructures import UploadFile

from ooms.portal.client import Flaw, Refused

KEY = "form-key"
_KEY_BYTES = 16
#: What the interface says of a member that is not as a pattern wants it, and of one that lacks.
_MISSPELLED, _LACKS = "String should match pattern", "Field required"
#: More than any form here has; what is longer is not ours.
MOST_FIELDS = 4000


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the fields of a form, its key, and what is wrong with it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    #: Fields of several values: boxes that are ticked.
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)
    #: Sent with the form and handed on as its idempotency key: sent twice, it is done once.
    key: str = ""
    refused: Refused | None = None
    #: What the fields are called on their page; known once they are written.
    labels: dict[str, str] = field(default_factory=dict, compare=False)

    def __getitem__(self, name: str) -> str:
        """Return what stands in a field; nothing where there is no such field."""
        return self.fields.get(name, "").strip()

    def has(self, name: str, value: str) -> bool:
        """Tell whether a box is ticked."""
        return value in self.ticked.get(name, ())

    def body(self, *prefixes: str) -> dict[str, Any]:
        """Build the body that the fields name; empty fields are left out.

        Only fields whose first step is among the prefixes count, when there are any.
        """
        told = ((name.split("."), text.strip()) for name, text in self.fields.items())
        kept = ((path, text) for path, text in told if text and path[0] != KEY)
        return nested((path, text) for path, text in kept if not prefixes or path[0] in prefixes)

    def refuse(self, refused: Refused) -> Form:
        """Return the form with what the interface says of it, under a fresh key.

        A field that was left empty is not spelled wrongly: it lacks.
        """
        refused.flaws = tuple(
            replace(one, detail=_LACKS)
            if one.detail.startswith(_MISSPELLED) and not self[name_of(one.pointer)]
            else one
            for one in refused.flaws
        )
        return Form(self.fields, self.ticked, self.files, fresh_key(), refused)

    def flaw(self, name: str) -> Flaw | None:
        """Return what is wrong with a field; nothing when it is right."""
        return next((one for at, one in self.flaws() if at == name), None)

    def flaw_of(self, name: str) -> str:
        """Return what the interface says of a field; empty when it is right."""
        found = self.flaw(name)
        return found.detail if found else ""

    def called(self, name: str, label: str) -> None:
        """Note what a field is called, for whoever tells what is wrong with it."""
        self.labels[name] = label

    def flaws(self) -> Sequence[tuple[str, Flaw]]:
        """Return what is wrong: field and flaw, the whole form's under an empty name."""
        if self.refused is None:
            return ()
        named = tuple((name_of(one.pointer), one) for one in self.refused.flaws)
        placed = ((name, self._field_of(name), one) for name, one in named)
        own = {name for name, _ in named}
        # What a field says of itself tells more than what is said of its group.
        told = tuple((at, one) for name, at, one in placed if at == name or at not in own)
        return told or (("", Flaw("", self.refused.detail, self.refused.code)),)

    def _field_of(self, name: str) -> str:
        """Return the field that leads to what is wrong: of a group, its first one."""
        if not name or name in self.labels:
            return name
        return next((one for one in self.labels if one.startswith(f"{name}.")), name)

    @classmethod
    def of(cls, document: Mapping[str, Any] | None = None) -> Form:
        """Return a form filled with a document of the interface, under a fresh key."""
        return cls(dict(_flat(document or {}, "")), key=fresh_key())

    @classmethod
    def read(cls, sent: Iterable[tuple[str, str | UploadFile]]) -> Form:
        """Return what a browser sent."""
        fields: dict[str, str] = {}
        ticked: dict[str, tuple[str, ...]] = {}
        files: dict[str, UploadFile] = {}
        for name, value in sent:
            if isinstance(value, UploadFile):
                files[name] = value
            else:
                fields[name] = value
                ticked[name] = (*ticked.get(name, ()), value)
        return cls(fields, ticked, files, fields.get(KEY, ""))


def unfit(words: str, *names: str, code: str = "SCH-BODY") -> Refused:
    """Return the refusal of a page itself: what is wrong with fields, in words of its area."""
    flaws = [{"pointer": f"/{name}", "detail": words, "code": code} for name in names]
    return Refused(422, {"code": code, "detail": words, "errors": flaws})


def fresh_key() -> str:
    """Return a key for a form that is about to be shown."""
    return secrets.token_urlsafe(_KEY_BYTES)


def name_of(pointer: str) -> str:
    """Return the field that a JSON pointer, or a part of a query, names."""
    return pointer.removeprefix("query:").strip("/").replace("/", ".")


def nested(told: Iterable[tuple[Sequence[str], Any]]) -> dict[str, Any]:
    """Build a document of paths and values; steps that are numbers make lists, gaps are closed."""
    tree: dict[str, Any] = {}
    for path, value in told:
        at = tree
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = value
    built = _with_lists(tree)
    return built if isinstance(built, dict) else {}


def _with_lists(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    if tree and all(one.isdecimal() for one in tree):
        return [_with_lists(tree[one]) for one in sorted(tree, key=int)]
    return {name: _with_lists(one) for name, one in tree.items()}


def _flat(value: Any, name: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        for step, one in value.items():
            yield from _flat(one, f"{name}.{step}" if name else str(step))
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from _flat(one, f"{name}.{place}")
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    elif value is not None:
        yield name, str(value)
