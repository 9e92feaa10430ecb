"""The pieces of a bundle of evidence, desk by desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ooms.applications.model import Application
from ooms.applications.repository import CheckRows, CompletionRows
from ooms.audit.repository import AuditRows
from ooms.certificates.model import Certificate, Note, Use, for_exporter
from ooms.certificates.repository import CertificateRows
from ooms.db import Work
from ooms.determinations.model import Determined
from ooms.determinations.repository import DeterminationRows
from ooms.products.repository import ProductRows
from ooms.registers.evidence import Missing, Piece, Secrecy, Sent, document_bytes, without_others
from ooms.site_checks.repository import SiteCheckRows
from ooms.suppliers.repository import DeclarationRows

_COMPANY = Secrecy.COMPANY
_WAYS = {
    "SENT": ("our signed message", Secrecy.CERTIFIED),
    "ANSWER": ("the partner's signed answer", Secrecy.CERTIFIED),
    "HEARD": ("a message of the partner's own", Secrecy.IMPORTING_CUSTOMS),
}
_WITH_SUPPLIERS = (
    "a supplier showed its costs to the office alone; the figures that rest on them stay there"
)


def of_application(
    work: Work, application: Application, certificate: Certificate
) -> Iterator[Piece]:
    """Yield the application, what was decided, and what was checked."""
    kept = {name: value for name, value in asdict(application).items() if name != "officer_id"}
    told = {"application": kept, "certified": asdict(certificate.content)}
    yield _piece("application.json", "the application, and what was certified", _COMPANY, told=told)
    asked = [
        {name: value for name, value in asdict(one).items() if name != "asked_by"}
        for one in CompletionRows(work.transaction).of(application.id)
    ]
    decided = {"decision": kept["decision"], "completions": asked}
    yield _piece(
        "decisions.json", "what was decided, and had to be completed", _COMPANY, told=decided
    )
    checks = [asdict(one) for one in CheckRows(work.transaction).of(application.id).values()]
    checks.sort(key=lambda one: str(one["check"]))
    yield _piece("checks.json", "what the checks before issue found", Secrecy.OFFICE, told=checks)
    visits = [asdict(one) for one in SiteCheckRows(work.transaction).of(application.id)]
    if visits:
        yield _piece("site-checks.json", "checks on site", Secrecy.OFFICE, told=visits)


def of_grounds(work: Work, certificate: Certificate, *, is_whole: bool) -> Iterator[Piece]:
    """Yield each line's determination, the version of the bill it judged, and its proofs."""
    rows = DeterminationRows(work.transaction)
    for line in certificate.content.lines:
        found = rows.find(line.determination_id)
        if found is None:
            continue
        at = f"{line.item_no:02d}.json"
        told = asdict(found) if is_whole else _veiled(found)
        role = f"the determination by {found.rule_pack}: case and trace"
        yield _piece(f"determinations/{at}", role, _COMPANY, told=told)
        for bill in ProductRows(work.transaction).bills(found.product_id):
            if bill.version == found.bill_version:
                role = f"the bill of materials, version {bill.version}"
                yield _piece(f"bills/{at}", role, _COMPANY, told=asdict(bill))
        cited = rows.proofs([found.id]).get(found.id, {})
        yield from _proofs(work, cited, at=f"{line.item_no:02d}", is_whole=is_whole)


def of_certificate(
    work: Work,
    certificate: Certificate,
    notes: Sequence[Note],
    *,
    use: Sequence[Use],
    is_whole: bool,
) -> Iterator[Piece]:
    """Yield the certificate, what partners said of it, and what came before and after it."""
    role = "the certificate as this office keeps it"
    yield _piece("certificate.json", role, Secrecy.CERTIFIED, told=certificate.document)
    told = notes if is_whole else for_exporter(notes)
    said = {
        "notes": [asdict(one) for one in told],
        "use": [asdict(one) for one in use],
    }
    yield _piece("notes.json", "what partners said, and how much was used", _COMPANY, told=said)
    chain = [_link(one) for one in _chain(work, certificate)]
    yield _piece("chain.json", "corrections, the first first", Secrecy.CERTIFIED, told=chain)


def of_exchange(exchanged: Iterable[Sent]) -> Iterator[Piece]:
    """Yield the exact bytes of every message, numbered in their order."""
    for place, one in enumerate(exchanged, 1):
        if one.document is not None:
            role, secrecy = _WAYS[one.way]
            name = f"exchange/{place:02d}-{one.way.lower()}-{one.type}-{one.message_id}.xml"
            told = f"{role}, exact bytes, {one.partner}"
            yield Piece(name, told, secrecy, one.document)


def of_trail(work: Work, certificate: Certificate) -> Piece:
    """Return the entries of the audit trail, each with the digest that proves its words.

    An entry carries the digest of the one before it; the office proves by walking the whole
    trail that no entry between two of these is missing.
    """
    subjects = (f"certificate/{certificate.id}", f"application/{certificate.application_id}")
    entries = [
        asdict(entry) | {"at": entry.at.isoformat(timespec="microseconds"), "digest": digest}
        for entry, digest in AuditRows(work.transaction).about(subjects)
    ]
    role = "who did what, each entry chained by its digest"
    return _piece("audit.json", role, Secrecy.OFFICE, told={"entries": entries})


def missing(certificate: Certificate, exchanged: Sequence[Sent]) -> Iterator[Missing]:
    """Say what there is none of, and why."""
    yield Missing(
        "application.json: earlier wordings",
        "the application keeps its last wording and what was certified; "
        "the trail tells when it changed",
    )
    if certificate.partner is None:
        yield Missing("exchange", "no partner takes this form by message; it went on paper")
    for one in exchanged:
        if one.document is None:
            yield Missing(f"exchange/{one.message_id}", f"{one.type} is not signed yet")
    if exchanged and all(one.way != "ANSWER" for one in exchanged):
        yield Missing("exchange: answer", "the partner has not answered yet")


def _piece(path: str, role: str, secrecy: Secrecy, *, told: object) -> Piece:
    return Piece(path, role, secrecy, document_bytes(told))


def _veiled(found: Determined) -> dict[str, Any]:
    """Show a determination without what suppliers showed to the office alone."""
    told = asdict(found)
    case, had_others = without_others(found.case)
    told["case"] = case
    if had_others:
        shown = ("verdict", "criterion", "rule", "rule_pack", "engine")
        answer = {name: found.answer[name] for name in shown if name in found.answer}
        told |= {"answer": answer, "inputs_hash": None, "withheld": _WITH_SUPPLIERS}
    return told


def _proofs(work: Work, cited: Mapping[str, str], *, at: str, is_whole: bool) -> Iterator[Piece]:
    for declaration in DeclarationRows(work.transaction).these(cited.values()):
        told: dict[str, Any] = asdict(declaration)
        if not is_whole and told["statement"]:
            told["statement"]["amounts"] = None
        path = f"proofs/{at}-{declaration.id}.json"
        yield _piece(path, "a supplier's declaration", Secrecy.SUPPLIER, told=told)


def _chain(work: Work, certificate: Certificate) -> tuple[Certificate, ...]:
    rows = CertificateRows(work.transaction)
    chain = [certificate]
    while chain[0].replaces_id and (older := rows.find(chain[0].replaces_id)):
        chain.insert(0, older)
    while chain[-1].replaced_by_id and (newer := rows.find(chain[-1].replaced_by_id)):
        chain.append(newer)
    return tuple(chain)


def _link(one: Certificate) -> dict[str, object]:
    return {
        "number": one.number,
        "state": one.state,
        "issued_on": one.issued_on,
        "replaces_id": one.replaces_id,
        "id": one.id,
    }
