"""Hear what partners say of certificates: each piece of news once, none of it lost."""

from __future__ import annotations

from ooms.audit.service import record
from ooms.back_to_back.service import BackToBack
from ooms.certificates.model import Certificate, Note, State, advance
from ooms.certificates.repository import CertificateRows
from ooms.db import Work
from ooms.partner_refusals import service as partner_refusals
from ooms.partner_refusals.service import Heard

_REGISTERED = "REGISTERED"
_ANNULLED = "ANNULLED"
_CANCELLED = "CANCELLED"
_REFUSED = "REJECTED_BUSINESS"


class Hearing:
    """The ear of the desk of certificates."""

    def __init__(self, *, country: str, first_certificates: BackToBack) -> None:
        """Hear about the certificates of a country; what ends gives back what it took."""
        self._country = country
        self._first_certificates = first_certificates

    def hear(self, work: Work, note: Note) -> bool:
        """Take a piece of news; what was heard before changes nothing, what is new is never lost.

        1. Hold the certificate that it is about, if it is about one of ours.
        2. Keep the note; the same note again ends here.
        3. Show how far the exchange has come; a partner's word ends a certificate.
        4. Keep the reasons for which the partner refuses it.
        """
        rows = CertificateRows(work.transaction)
        about = self._about(rows, note)  # 1
        if not rows.keep_note(note, certificate_id=about.id if about else None, now=work.now):  # 2
            return False
        if about is not None and about.partner == note.partner:  # 3
            self._apply(work, about, note=note)
            heard = Heard(note.partner, note.message_id, about.id, about.agreement, note.at)
            partner_refusals.keep(work, heard, facts=note.facts)  # 4
        return True

    def _about(self, rows: CertificateRows, note: Note) -> Certificate | None:
        country, agreement = note.facts.get("issuing_country"), note.facts.get("agreement")
        key = note.facts.get("number_key")
        if country != self._country or not agreement or not key:
            return None
        return rows.lock_numbered(agreement=str(agreement), number_key=str(key))

    def _apply(self, work: Work, about: Certificate, *, note: Note) -> None:
        rows = CertificateRows(work.transaction)
        exchange_state = note.facts.get("state")
        if isinstance(exchange_state, str):
            rows.change(
                about.id,
                exchange_state=exchange_state,
                exchange_at=note.at,
                exchange_detail=_detail(note),
            )
        if exchange_state == _ANNULLED and about.state is State.ISSUED:
            rows.change(about.id, state=advance(about.state, State.CANCELLED))
            self._heard(work, about, what="certificate.annulled", note=note)
        if exchange_state == _REGISTERED and about.replaces_id:
            old = rows.lock(about.replaces_id)
            if old is not None and old.state is State.ISSUED:
                rows.change(old.id, state=advance(old.state, State.REPLACED))
                self._take_over(work, old, about, note=note)
                self._heard(work, old, what="certificate.replaced", note=note)
        if exchange_state == _REFUSED and about.replaces_id:
            self._undo_correction(work, about, note=note)
        if note.kind == "cancellation.answered":
            self._settle_cancellation(work, about, note=note)

    def _take_over(self, work: Work, old: Certificate, new: Certificate, *, note: Note) -> None:
        """Let the new certificate hold what it takes from first certificates, and no more."""
        firsts = self._first_certificates
        holder = firsts.holder(new.id, number=new.number)
        firsts.settle(work, old.id, new=holder, content=new.content, by=note.partner)

    def _undo_correction(self, work: Work, refused: Certificate, *, note: Note) -> None:
        """Let the old certificate stand when the partner refuses the one that was to replace it.

        The refused one never counted abroad: it ends here, its number is not used again, and the
        old one may be corrected anew.
        """
        rows = CertificateRows(work.transaction)
        old = rows.lock(refused.replaces_id or "")
        if old is None or old.state is not State.ISSUED or refused.state is not State.ISSUED:
            return
        rows.change(refused.id, state=advance(refused.state, State.CANCELLED), replaces_id=None)
        rows.change(old.id, replaced_by_id=None)
        self._first_certificates.give_back(work, refused.id, by=note.partner)
        self._heard(work, old, what="certificate.correction_refused", note=note)

    def _settle_cancellation(self, work: Work, about: Certificate, *, note: Note) -> None:
        rows = CertificateRows(work.transaction)
        outcome = str(note.facts.get("outcome", ""))
        rows.change(about.id, cancellation_asked_at=None)
        if outcome == _CANCELLED and about.state is State.ISSUED:
            rows.change(
                about.id,
                state=advance(about.state, State.CANCELLED),
                exchange_state=_CANCELLED,
                exchange_at=note.at,
            )
            self._first_certificates.give_back(work, about.id, by=note.partner)
        self._heard(work, about, what="certificate.cancellation_answered", note=note)

    def _heard(self, work: Work, about: Certificate, *, what: str, note: Note) -> None:
        record(
            work,
            who=note.partner,
            what=what,
            subject=f"certificate/{about.id}",
            reason_code=str(note.facts.get("outcome", "")),
            facts={"number": about.number, "message_id": note.message_id},
        )


def _detail(note: Note) -> str | None:
    code, detail = note.facts.get("code"), note.facts.get("detail")
    told = [str(one) for one in (code, detail) if one]
    return " ".join(told) or None
