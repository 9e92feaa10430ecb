"""Linting: what the partner's own checks make of a paper, and the boxes that findings stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from eodes.api import Gateway
from eodes.domain.certificate import Certificate
from eodes.domain.form import Form
from eodes.domain.free_text import free_texts
from eodes.domain.verdict import Finding as Judged
from eodes.errors import PermanentError
from ooms.applications.model import Content
from ooms.certificates.model import Finding, Paper
from ooms.documents.coverage import lacking
from ooms.errors import Flaw, NotSendableError
from ooms.gateway.asked_at import asked_at
from ooms.gateway.paperwork import compose
from ooms.lint.model import REFUSE, WARN, Box, FormBox, FormInUse

_ON_PAPER = Finding("RUL-ON-PAPER", WARN, "no partner takes this form; it goes on paper")
_INDEX = re.compile(r"/(\d+)(?=/|$)")
_PARTY = re.compile(r"^/parties/(\d+)/(.+)$")


class FormBoxes:
    """The gateway's forms, as the desk of lint sees them."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def destination(self, content: Content) -> str | None:
        """Name the partner that takes such a certificate; None means paper."""
        return self._gateway.partner_for(
            content.import_country, content.agreement, content.form_type
        )

    def boxes(self, content: Content, *, on: date) -> Mapping[str, Box]:
        """Return the boxes of the form in use: by number, and by each field that they show."""
        try:
            form = self._gateway.form(
                agreement=content.agreement, form_type=content.form_type, on=on
            )
        except PermanentError:  # an unknown form is a finding of its own
            return {}
        found: dict[str, Box] = {}
        for box in reversed(form.boxes):
            shown = Box(box.number, box.title)
            fields = (path for paths in (*box.fields, *box.also) for path in paths.split("|"))
            found |= dict.fromkeys((*fields, box.number), shown)
        return found

    def forms(self, country: str, *, on: date) -> tuple[FormInUse, ...]:
        """Return the forms that a country issues on a day."""
        return tuple(
            FormInUse(
                agreement=form.agreement,
                form_type=form.form_type,
                title=form.title,
                import_countries=tuple(one for one in form.parties.countries if one != country),
                boxes=tuple(FormBox(box.number, box.title, asked_at(box)) for box in form.boxes),
            )
            for form in self._gateway.forms(on=on)
            if country in form.parties.countries
        )


def lint(gateway: Gateway, paper: Paper, *, to: str | None) -> tuple[Finding, ...]:
    """Judge a paper as issuing would, and as the partner's node does on receipt.

    1. Compose the certificate; what the form has no words for ends here.
    2. Find what our own rules, the partner's profile and its schema say.
    3. Find what cannot be printed.
    4. Say of each finding what the partner's node makes of it.

    Raises:
        NotSendableError: the form has no words for a criterion.

    """
    certificate = compose(gateway, paper)  # 1
    form = gateway.form(
        agreement=certificate.agreement,
        form_type=certificate.form_type,
        on=certificate.issuance.certification_date,
    )
    judged = gateway.lint(certificate, to=to) if to else ()  # 2
    found = [_finding(one, certificate, form) for one in judged]
    found += unprintable(certificate, form)  # 3
    if to is None:
        return (_ON_PAPER, *found)
    there = _at_receipt(gateway.lint_at_receipt(certificate, to=to))  # 4
    return tuple(replace(one, at_partner=there.get(one.code, "")) for one in found)


def unprintable(certificate: Certificate, form: Form) -> list[Finding]:
    """Find the texts that hold characters which the font of the paper lacks."""
    found = []
    for pointer, text in free_texts(certificate):
        missing = lacking(text)
        if missing:
            detail = f"{text!r} holds {missing!r}, which the paper's font lacks"
            finding = Finding("RUL-CHARSET", REFUSE, detail, pointer)
            found.append(replace(finding, box=_box_of(pointer, certificate, form)))
    return found


def require_printable(gateway: Gateway, certificate: Certificate) -> Certificate:
    """Let a certificate through whose every text can be printed.

    Raises:
        NotSendableError: the paper's font lacks a character; nothing was issued.

    """
    form = gateway.form(
        agreement=certificate.agreement,
        form_type=certificate.form_type,
        on=certificate.issuance.certification_date,
    )
    found = unprintable(certificate, form)
    if found:
        flaws = (Flaw(one.pointer, one.detail, code=one.code, box=one.box) for one in found)
        raise NotSendableError(*flaws, partner=certificate.import_country)
    return certificate


def _finding(judged: Judged, certificate: Certificate, form: Form) -> Finding:
    box = judged.box or _box_of(judged.path, certificate, form)
    return Finding(judged.code, judged.severity, judged.detail, judged.path, box)


def _box_of(pointer: str, certificate: Certificate, form: Form) -> str:
    """Find the box that shows a field of a certificate, named by a JSON pointer."""
    party = _PARTY.match(pointer)
    if party:
        role = certificate.parties[int(party[1])].role
        return form.box_of(f"parties[{role}].{party[2]}")
    path = _INDEX.sub("[]", pointer).lstrip("/").replace("/", ".")
    while path:
        box = form.box_of(path)
        if box:
            return box
        path = path.rpartition(".")[0]
    return ""


def _at_receipt(found: Iterable[Judged]) -> dict[str, str]:
    told = {one.code: "WARNED" for one in found if one.severity == WARN}
    return told | {one.code: "REFUSED" for one in found if one.severity == REFUSE}
