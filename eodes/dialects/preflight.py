"""What a partner does not take, found before anything is written or signed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from eodes.dialects.boxes import Boxes
from eodes.dialects.mapping import IfPresent, NotCarried
from eodes.dialects.paths import Step, steps_of
from eodes.domain.certificate import Certificate, Disclosure, PartyRole
from eodes.domain.partner import Presence, Profile
from eodes.domain.verdict import Refusal

_INDEX = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class _Flaw:
    code: str
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """The checks of one dialect that need no element to be written."""

    refused_when_present: tuple[NotCarried, ...]
    boxes: Boxes

    def __call__(self, certificate: Certificate, profile: Profile) -> tuple[Refusal, ...]:
        """Return why the partner would not take the certificate; empty when it would."""
        flaws = [flaw for check in _CHECKS for flaw in check(certificate, profile)]
        flaws += self._presence(certificate, profile)
        return tuple(
            Refusal(
                flaw.code,
                f"{flaw.path}: {flaw.detail}.",
                path=flaw.path,
                box=self.boxes.of(_without_indices(flaw.path), certificate.agreement),
            )
            for flaw in flaws
        )

    def _presence(self, certificate: Certificate, profile: Profile) -> Iterator[_Flaw]:
        for path, presence in _duties(profile, certificate.agreement):
            for place, value in values_at(certificate, path):
                if presence is Presence.MANDATORY and _is_empty(value):
                    yield _Flaw("RUL-MISSING", place, "the partner wants it")
                if presence is Presence.FORBIDDEN and not _is_empty(value):
                    yield _Flaw("RUL-FORBIDDEN", place, "the partner has no such datum")
        for row in self.refused_when_present:
            for place, value in values_at(certificate, row.path):
                if not _is_empty(value):
                    yield _Flaw("RUL-NOT-CARRIED", place, row.reason.rstrip("."))


Check = Callable[[Certificate, Profile], Iterator[_Flaw]]


def refused_when_present(rows: tuple[NotCarried, ...]) -> tuple[NotCarried, ...]:
    """Return the canonical fields that must be empty, because dropping them would mislead."""
    return tuple(row for row in rows if row.if_present is IfPresent.REFUSE)


def values_at(record: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Return every value at a canonical path, with its indices; None where nothing is."""
    yield from _follow(record, steps_of(path.replace("[]", "")), "")


def _follow(value: Any, steps: tuple[Step, ...], place: str) -> Iterator[tuple[str, Any]]:
    if not steps or value is None:
        yield place + "".join(f".{step.text}" for step in steps), value
        return
    step, rest = steps[0], steps[1:]
    found = getattr(value, step.field)
    here = f"{place}.{step.field}" if place else step.field
    if step.key:
        chosen = [one for one in found if str(getattr(one, step.key)) == step.code]
        yield from _each(chosen, rest, f"{here}[{step.key}={step.code}]", indexed=False)
    elif isinstance(found, tuple) and rest:
        yield from _each(list(found), rest, here, indexed=True)
    else:
        yield from _follow(found, rest, here)


def _each(
    found: list[Any], steps: tuple[Step, ...], here: str, *, indexed: bool
) -> Iterator[tuple[str, Any]]:
    if not found and not indexed:
        yield here, None
    for index, one in enumerate(found):
        yield from _follow(one, steps, f"{here}[{index}]" if indexed else here)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", (), False)


def _without_indices(path: str) -> str:
    return _INDEX.sub("[]", path)


def _duties(profile: Profile, agreement: str) -> Iterator[tuple[str, Presence]]:
    for rule in profile.content.fields:
        if rule.agreement in (None, agreement) and rule.presence is not Presence.OPTIONAL:
            yield rule.path, rule.presence


def _form(certificate: Certificate, profile: Profile) -> Iterator[_Flaw]:
    if not profile.accepts(certificate.agreement, certificate.form_type):
        form = f"{certificate.agreement} {certificate.form_type}"
        yield _Flaw("RUL-FORM", "form_type", f"{profile.name} does not take {form}")


def _items(certificate: Certificate, profile: Profile) -> Iterator[_Flaw]:
    cap = profile.content.item_cap
    if cap is not None and len(certificate.items) > cap:
        yield _Flaw("RUL-ITEM-CAP", "items", f"{len(certificate.items)} items; {cap} fit")


def _classification(certificate: Certificate, profile: Profile) -> Iterator[_Flaw]:
    content = profile.content
    for index, item in enumerate(certificate.items):
        if len(item.hs) > content.hs_digits_most:
            said = f"{len(item.hs)} digits; the partner reads {content.hs_digits_most}"
            yield _Flaw("RUL-HS-DIGITS", f"items[{index}].hs", said)
        if item.hs_edition not in content.hs_editions:
            said = f"the partner does not read the HS of {item.hs_edition}"
            yield _Flaw("RUL-HS-EDITION", f"items[{index}].hs_edition", said)


def _producers(certificate: Certificate, profile: Profile) -> Iterator[_Flaw]:
    allowed = (Disclosure.DISCLOSED, *profile.content.producer_disclosures)
    for party in certificate.parties:
        if party.role is PartyRole.PRODUCER and party.disclosure not in allowed:
            said = f"the partner does not take a producer that is {party.disclosure}"
            yield _Flaw("RUL-DISCLOSURE", f"parties[role={party.role}].disclosure", said)


_CHECKS: tuple[Check, ...] = (_form, _items, _classification, _producers)
