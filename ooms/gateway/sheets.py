"""From the canonical certificate to the sheet: every box of its form, filled and endorsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from eodes.domain import form
from eodes.domain.certificate import (
    Certificate,
    CertificateReference,
    IssuanceKind,
    Relation,
    Remark,
    RemarkCode,
)
from eodes.domain.form import Endorsement, Form
from ooms.documents.layouts import Layout, Names
from ooms.documents.model import Box, Note, Row, Sheet, Tick
from ooms.gateway.box_words import Words, block_lines, cell_lines, is_column

#: A kind of issue that is endorsed as such even when no remark says so.
_ENDORSED_KINDS = {
    IssuanceKind.CERTIFIED_TRUE_COPY: RemarkCode.CERTIFIED_TRUE_COPY,
    IssuanceKind.BACK_TO_BACK: RemarkCode.BACK_TO_BACK,
}
#: The kinds that take the place of another certificate, and say so in words of their layout.
_SUPERSEDING = (IssuanceKind.REPLACEMENT, IssuanceKind.CORRECTION)
_RESTS_ON = (Relation.CERTIFIED_COPY_OF, Relation.REPLACES, Relation.BACK_TO_BACK_OF)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something endorsed: in which box, in which words, and by which code if it may be a tick."""

    box: str
    words: str
    code: RemarkCode | None = None


def sheet_of(certificate: Certificate, used: Form, *, layout: Layout, names: Names) -> Sheet:
    """Fill the boxes of a form.

    1. Gather the facts that fill preprinted words, and what is endorsed.
    2. Fill each box, with its endorsements and ticks.
    3. Fill the table, an item a row.
    """
    words = Words(names)
    facts = _facts(certificate, layout, words)  # 1
    marks = (*_endorsed(certificate, used, facts), *_added(certificate, layout, facts))
    return Sheet(
        agreement=certificate.agreement,
        form_type=certificate.form_type,
        title=used.title,
        number=certificate.number_raw,
        language=certificate.language,
        facts=facts,
        boxes=tuple(  # 2
            Box(one.number, one.title)
            if is_column(one)
            else _marked(
                Box(one.number, one.title, lines=block_lines(one, certificate, words=words)),
                marks,
                ticks=_ticks_of(one, used, layout),
            )
            for one in used.boxes
        ),
        rows=tuple(_rows(certificate, used, words)),  # 3
        overleaf=tuple(_overleaf(used, layout, words)),
    )


def _facts(certificate: Certificate, layout: Layout, words: Words) -> dict[str, str]:
    issuance = certificate.issuance
    other = _rests_on(certificate)
    return {
        "agreement_name": layout.agreement_name,
        "number": certificate.number_raw,
        "export_country": words.country(certificate.export_country),
        "origin_country": words.country(certificate.origin_country),
        "import_country": words.country(certificate.import_country),
        "declaration_place": issuance.declaration_place,
        "declaration_date": words.day(issuance.declaration_date),
        "declarant_name": issuance.declarant_name,
        "certification_place": issuance.certification_place,
        "certified_on": words.day(issuance.certification_date),
        "issued_on": words.day(certificate.issued_on),
        "valid_until": words.day(certificate.valid_until),
        "body_name": issuance.body.name,
        "signatory_name": issuance.signatory.name,
        "original_number": other.number_raw if other else "",
        "original_date": words.day(other.issued_on) if other and other.issued_on else "",
    }


def _rests_on(certificate: Certificate) -> CertificateReference | None:
    found = (certificate.reference(relation) for relation in _RESTS_ON)
    return next((one for one in found if one), None)


def _endorsed(certificate: Certificate, used: Form, facts: dict[str, str]) -> Iterator[_Mark]:
    """Yield what the form's own endorsements say."""
    for remark in _remarks(certificate):
        found = used.endorsement(remark.code, issuer=certificate.issuance.body.country)
        if found is not None:
            about = _rests_on(certificate)
            yield _Mark(found.box, _filled(found.words, facts, about), remark.code)


def _added(certificate: Certificate, layout: Layout, facts: dict[str, str]) -> Iterator[_Mark]:
    """Yield what the layout adds for a kind of issue."""
    kinds = {certificate.issuance_kind.value, *(one.code.value for one in certificate.remarks)}
    kinds |= _takes_a_place(certificate, layout)
    for wording in layout.wordings:
        if wording.when in kinds:
            about = _rests_on(certificate)
            if wording.when in _SUPERSEDING:
                about = certificate.reference(Relation.REPLACES) or about
            yield _Mark(wording.box, _filled(wording.words, facts, about))


def _takes_a_place(certificate: Certificate, layout: Layout) -> set[str]:
    """Say in which words a copy, or a back-to-back certificate, takes the place of another."""
    is_said = certificate.issuance_kind in _SUPERSEDING
    if is_said or certificate.reference(Relation.REPLACES) is None:
        return set()
    known = {one.when for one in layout.wordings}
    return set([one.value for one in _SUPERSEDING if one.value in known][:1])


def _remarks(certificate: Certificate) -> tuple[Remark, ...]:
    """Return the remarks, with those that the certificate's own kind brings."""
    codes = [one.code for one in certificate.remarks]
    brought = [_ENDORSED_KINDS.get(certificate.issuance_kind)]
    if certificate.retroactive:
        brought.append(RemarkCode.ISSUED_RETROACTIVELY)
    more = [Remark(code) for code in brought if code is not None and code not in codes]
    return (*certificate.remarks, *more)


def _filled(words: str, facts: dict[str, str], about: CertificateReference | None) -> str:
    number = about.number_raw if about else ""
    dated = Words.day(about.issued_on) if about and about.issued_on else ""
    return words.format(**(facts | {"number": number, "date": dated}))


def _ticks_of(box: form.Box, used: Form, layout: Layout) -> tuple[Endorsement, ...]:
    if box.number not in layout.ticks:
        return ()
    return tuple(one for one in used.endorsements if one.box == box.number)


def _marked(box: Box, marks: tuple[_Mark, ...], *, ticks: tuple[Endorsement, ...]) -> Box:
    """Tick what is ticked in this box, and write out what is not."""
    here = [one for one in marks if one.box == box.number]
    ticked = {one.code for one in ticks}
    return replace(
        box,
        endorsements=tuple(one.words for one in here if one.code not in ticked),
        ticks=tuple(
            Tick(one.words, is_set=one.code in {mark.code for mark in here}) for one in ticks
        ),
    )


def _rows(certificate: Certificate, used: Form, words: Words) -> Iterator[Row]:
    columns = [box for box in used.boxes if is_column(box)]
    for item in certificate.items:
        cells = {box.number: cell_lines(box, item, certificate, words=words) for box in columns}
        total = certificate.total_gross_weight
        if total is not None and item is certificate.items[-1]:
            number = used.box_of("total_gross_weight")
            cells[number] = (*cells.get(number, ()), f"TOTAL: {words.quantity(total)}")
        yield Row(item.item_no, cells)


def _overleaf(used: Form, layout: Layout, words: Words) -> Iterator[Note]:
    parties = ", ".join(words.country(code) for code in used.parties.countries)
    yield Note("Parties that accept this form", (parties,))
    yield Note("Boxes", tuple(f"{one.number}. {one.title}" for one in used.boxes[1:]))
    yield Note("Origin criteria", tuple(_open(one.printed) for one in used.criteria))
    if used.endorsements:
        said = (f"Box {one.box}: {_open(one.words)}" for one in used.endorsements)
        yield Note("Endorsements and ticks", tuple(dict.fromkeys(said)))
    for note in layout.notes:
        yield Note(note.title, (note.words,))


#: How gaps in words are shown to a reader.
_GAPS = {
    "level": "CC, CTH or CTSH",
    "percent": "x",
    "process": "(process)",
    "number": "...",
    "date": "...",
}


def _open(words: str) -> str:
    """Show the gaps in words."""
    return words.format(**_GAPS)
