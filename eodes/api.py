"""The gateway's verbs: all that the office, the command line and the web may ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from eodes.domain import form_dates
from eodes.domain.certificate import Certificate, ExportDeclarationLink
from eodes.domain.form import Form
from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.domain.message import CertificateId
from eodes.domain.number import number_key
from eodes.domain.partner import Trigger
from eodes.domain.refusals.catalogue import CATALOGUE
from eodes.domain.refusals.meaning import Meaning
from eodes.domain.verdict import Finding, Refusal, Severity
from eodes.domain.workdays import Calendar
from eodes.errors import UnknownCertificateError, UnpreparableError
from eodes.exchange import annexes, lookup
from eodes.exchange.copies import Copies, Copy, pin_issuer, read_copy
from eodes.exchange.exchanged import Exchanged, Way, exchanged
from eodes.exchange.judge import Judge
from eodes.exchange.lookup import Received
from eodes.exchange.oversight import Channel, Oversight, Passed, Refused
from eodes.exchange.ports import Clock, Listener
from eodes.exchange.prepare import Prepared, Preparing
from eodes.exchange.rules import Rules
from eodes.exchange.standing import Move, PartnerState, Standing, Timing
from eodes.exchange.trusting import TrustKeeper
from eodes.messages.co_cancel import CertificateCancellation
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_issue import CertificateIssue
from eodes.messages.export_link import ExportLink
from eodes.store.records import CertificateKey, News, Page
from eodes.store.unit import Store

__all__ = [
    "Channel",
    "Copies",
    "Copy",
    "Exchanged",
    "Gateway",
    "Listener",
    "Meaning",
    "Move",
    "News",
    "Oversight",
    "Page",
    "PartnerState",
    "Passed",
    "Prepared",
    "Received",
    "Refused",
    "Standing",
    "Timing",
    "Way",
    "pin_issuer",
    "read_copy",
]

#: A transaction that the office opened on the shared database; only the store looks inside.
Transaction = Any


class Gateway:
    """One gateway: prepare, look up, take back; nothing here calls a partner."""

    def __init__(  # noqa: PLR0913  # the parts of a gateway, each by its name
        self,
        *,
        store: Store,
        preparing: Preparing,
        rules: Rules,
        judge: Judge,
        clock: Clock,
        trust: TrustKeeper,
        oversight: Oversight,
    ) -> None:
        """Use prebuilt parts; `eodes.bootstrap` makes them."""
        self._store = store
        self._preparing = preparing
        self._rules = rules
        self._judge = judge
        self._readings = lookup.Readings(judge)
        self._clock = clock
        self._trust = trust
        self.oversight = oversight

    @property
    def authority(self) -> str:
        """Name the administration that this gateway speaks for."""
        return self._preparing.authority

    def meanings(self) -> tuple[Meaning, ...]:
        """Return what each code means by which a message is refused."""
        return tuple(CATALOGUE.values())

    def partners(self) -> tuple[PartnerState, ...]:
        """Return the partners that this gateway exchanges with."""
        now = self._clock.now()
        partners = self._trust.current().partners.values()
        return tuple(PartnerState.of(one, now=now) for one in partners)

    def partner_for(self, country: str, agreement: str, form_type: str) -> str | None:
        """Name the partner that takes a form for goods to a country; None means paper."""
        for one in self._trust.current().partners.values():
            if one.profile.country == country and one.profile.accepts(agreement, form_type):
                return one.authority
        return None

    def zone_of(self, partner: str) -> str | None:
        """Name the time zone by whose calendar a partner dates; None for who is no partner now."""
        known = self._trust.current().partners.get(partner)
        return known.profile.content.zone if known else None

    def enqueue(
        self, body: object, *, to: str, within: Transaction, conversation_id: str | None = None
    ) -> Prepared:
        """Prepare a message in the office's own transaction; it is sent once that commits.

        Raises:
            UnknownPartnerError: this node does not exchange with the authority.
            UnpreparableError: with every reason; nothing was written.

        """
        return self._preparing.prepare(
            self._store.join(within),
            body,
            to=self._trust.current().partner(to),
            now=self._clock.now(),
            conversation_id=conversation_id,
        )

    def issue(
        self,
        certificate: Certificate,
        *,
        to: str,
        within: Transaction,
        exporter_orders: bool = True,
    ) -> Prepared:
        """Prepare an issued certificate for the partner it is meant for.

        Towards a partner with whom the exporter chooses between paper and message, the message
        goes only when he orders it, now or later (`order`).

        Raises:
            UnpreparableError: with every reason and the form's box; nothing was written.

        """
        prepared = self.enqueue(CertificateIssue(certificate), to=to, within=within)
        if exporter_orders and self.order(certificate, to=to, within=within):
            return replace(prepared, state=Exchange.QUEUED)
        return prepared

    def order(self, certificate: Certificate, *, to: str, within: Transaction) -> bool:
        """Let a certificate go that waits for its exporter's order; False if none does."""
        trigger = self._trust.current().partner(to).profile.exchanging.trigger
        if trigger is not Trigger.ON_EXPORTER_ORDER:
            return False
        return self._release(certificate, to=to, within=within, because="exporter's order")

    def _release(
        self, certificate: Certificate, *, to: str, within: Transaction, because: str
    ) -> bool:
        unit = self._store.join(within)
        row = unit.exchanges.find(CertificateKey.of(certificate), partner=to)
        if row is None or row.state is not Exchange.AWAITING_TRIGGER or not row.message_id:
            return False
        unit.outbox.trigger(row.message_id)
        return unit.exchanges.move(row, Exchange.QUEUED, now=self._clock.now(), because=because)

    def correct(  # noqa: PLR0913  # the facts of one correction, each by its name
        self,
        certificate: Certificate,
        *,
        superseded: Certificate,
        reason_code: str,
        reason: str,
        to: str,
        within: Transaction,
    ) -> Prepared:
        """Prepare a corrected certificate under its new number, with the one it supersedes.

        Where the old one still waited for its trigger the partner never had it: its message is
        taken back and the new certificate is sent as an issue.

        Raises:
            UnpreparableError: with every reason; nothing was written.

        """
        unit = self._store.join(within)
        old = unit.exchanges.find(CertificateKey.of(superseded), partner=to)
        if old is not None and old.state is Exchange.AWAITING_TRIGGER and old.message_id:
            unit.outbox.cancel(old.message_id)
            unit.exchanges.move(
                old, Exchange.CANCELLED, now=self._clock.now(), because="corrected before sending"
            )
            return self.issue(certificate, to=to, within=within)
        body = CertificateCorrection(
            certificate=certificate,
            superseded=identify(superseded),
            reason_code=reason_code,
            reason=reason,
        )
        return self.enqueue(body, to=to, within=within)

    def request_cancellation(
        self,
        certificate: Certificate,
        *,
        reason_code: str,
        reason: str,
        to: str,
        within: Transaction,
    ) -> Prepared:
        """Ask a partner to cancel a certificate; the reply says whether it was unused.

        Raises:
            UnknownCertificateError: the certificate was never prepared for this partner.

        """
        key = CertificateKey.of(certificate)
        unit = self._store.join(within)
        row = unit.exchanges.find(key, partner=to)
        if row is None:
            raise UnknownCertificateError(number=certificate.number_raw)
        body = CertificateCancellation(
            certificate=identify(certificate), reason_code=reason_code, reason=reason
        )
        prepared = self.enqueue(body, to=to, within=within)
        if Exchange.CANCEL_PENDING in EXCHANGE.moves[row.state]:
            unit.exchanges.move(
                row, Exchange.CANCEL_PENDING, now=self._clock.now(), because=prepared.message_id
            )
        return prepared

    def link_export(
        self,
        certificate: Certificate,
        declarations: Sequence[ExportDeclarationLink],
        *,
        to: str,
        within: Transaction,
    ) -> Prepared:
        """Tell a partner the export declarations, and let go a certificate that waited for them."""
        self._release(certificate, to=to, within=within, because="export declaration linked")
        body = ExportLink(certificate=identify(certificate), declarations=tuple(declarations))
        return self.enqueue(body, to=to, within=within)

    def lint(self, certificate: Certificate, *, to: str) -> tuple[Finding, ...]:
        """Judge a certificate as preparing would, storing nothing: every finding, with its box."""
        profile = self._trust.current().partner(to).profile
        found = self._rules.at_issue(certificate, to=profile, originals=None)
        if any(one.severity is Severity.REFUSE for one in found):
            misfits = self._preparing.misfits(CertificateIssue(certificate), to=profile)
            return (*found, *(_as_finding(one) for one in misfits))
        try:
            self._preparing.draft(CertificateIssue(certificate), to=profile, now=self._clock.now())
        except UnpreparableError as error:
            return (*found, *(_as_finding(one) for one in error.refusals))
        return found

    def lint_at_receipt(self, certificate: Certificate, *, to: str) -> tuple[Finding, ...]:
        """Judge a certificate as the partner's own node does: what it refuses, what it notes."""
        profile = self._trust.current().partner(to).profile
        return self._rules.at_receipt(certificate, own=profile)

    def timing(
        self, *, agreement: str, form_type: str, country: str, shipped_on: date, issued_on: date
    ) -> Timing:
        """Compute what a form's clocks say of issuing on a day.

        Raises:
            UnknownFormError: no edition of the form is in use on that day.

        """
        form = self._rules.forms.on(agreement=agreement, form_type=form_type, on=issued_on)
        return Timing(
            is_retroactive=form_dates.retroactive_needed(
                form,
                shipped_on=shipped_on,
                issued_on=issued_on,
                calendar=self._rules.calendars.of(country),
            ),
            valid_from=issued_on,
            valid_until=form_dates.valid_until(form, issued_on=issued_on),
        )

    def calendar(self, country: str) -> Calendar:
        """Return a country's days off; of a country without a list, its weekends."""
        return self._rules.calendars.of(country)

    def form(self, *, agreement: str, form_type: str, on: date) -> Form:
        """Return the edition of a form that is in use on a day.

        Raises:
            UnknownFormError: there is none.

        """
        return self._rules.forms.on(agreement=agreement, form_type=form_type, on=on)

    def forms(self, *, on: date) -> tuple[Form, ...]:
        """Return every form that is in use on a day, by agreement and type."""
        return self._rules.forms.used_on(on)

    def standing(self, key: CertificateKey) -> tuple[Standing, ...]:
        """Return how far a certificate of ours has come, with each partner."""
        with self._store.read() as unit:
            rows = unit.exchanges.by_number(key.number_key)
            moves = unit.exchanges.moves(key)
            use = unit.exchanges.use_of(key, direction="IN")
        return tuple(
            Standing(
                partner=row.partner,
                number_raw=row.number_raw,
                state=row.state,
                message_id=row.message_id,
                code=row.code,
                detail=row.detail,
                moves=tuple(
                    Move(Exchange(move["to_state"]), move["at"], move["because"])
                    for move in moves
                    if move["partner"] == row.partner
                ),
                use=tuple(one for one in use if one.partner == row.partner),
            )
            for row in rows
            if row.key == key
        )

    def exchanged(
        self, about: CertificateId, *, heard: Sequence[tuple[str, str]], within: Transaction
    ) -> tuple[Exchanged, ...]:
        """Return the exact bytes that went to and fro about a certificate of ours.

        `heard` names the messages that partners sent of their own accord, by partner and id.
        """
        key = CertificateKey(about.issuing_country, about.agreement, number_key(about.number_raw))
        return tuple(exchanged(self._store.join(within), key, heard=heard))

    def find_received(
        self, number: str, *, within: Transaction | None = None
    ) -> Sequence[Received]:
        """Find certificates that partners sent us, by number, however it is spelled.

        Hyphens, blanks, width and case do not matter.  When nothing matches, certificates whose
        number differs only by letters read as digits come back with a warning, never silently.
        """
        if within is not None:
            return lookup.find(self._store.join(within), number, judge=self._judge)
        with self._store.read() as unit:
            return lookup.find(unit, number, judge=self._judge)

    def annex(
        self, sha256: str, *, of: tuple[str, str], within: Transaction | None = None
    ) -> bytes | None:
        """Return the bytes of a paper that came inside a message, named by partner and its id.

        None if no such message came, or the paper did not travel inside it.
        """
        if within is not None:
            return annexes.find(self._store.join(within), sha256, of=of, judge=self._judge)
        with self._store.read() as unit:
            return annexes.find(unit, sha256, of=of, judge=self._judge)

    def find_all_received(
        self, numbers: Iterable[str], *, within: Transaction
    ) -> Mapping[str, Sequence[Received]]:
        """Find certificates by many numbers in one look, as `find_received` finds one.

        What was told of their use is left out.
        """
        return lookup.find_all(self._store.join(within), numbers, readings=self._readings)

    def cancel(self, message_id: str, *, within: Transaction) -> bool:
        """Take a message back that has not been given its place in the channel yet."""
        return self._store.join(within).outbox.cancel(message_id)


def identify(certificate: Certificate) -> CertificateId:
    """Name a certificate for a message that does not carry it."""
    return CertificateId(
        issuing_country=certificate.export_country,
        agreement=certificate.agreement,
        number_raw=certificate.number_raw,
        issued_on=certificate.issued_on,
    )


def _as_finding(refusal: Refusal) -> Finding:
    code, path, box = refusal.code, refusal.path, refusal.box
    return Finding(code, Severity.REFUSE, refusal.detail, path=path, box=box)
