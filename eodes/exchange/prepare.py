"""Prepare: make a message that the partner can take, and store the intent to send it.

Runs inside the transaction of whoever caused the message, so that there is no certificate without
its message and no message without its certificate.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from eodes.dialects.register import Dialects
from eodes.domain import record
from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import Exchange, Registered
from eodes.domain.message import VERIFICATIONS, Header, MessageType
from eodes.domain.partner import CorrectionRule, Profile, Trigger
from eodes.domain.verdict import Refusal, Severity
from eodes.errors import UnpreparableError
from eodes.exchange import verification_rules, verifications
from eodes.exchange.ports import Ids
from eodes.exchange.rules import Rules
from eodes.exchange.seal import provisional
from eodes.exchange.usage import drawing_declaration, rows_of
from eodes.messages import CATALOGUE
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_issue import CertificateIssue
from eodes.messages.co_use import CertificateUse, UseOutcome
from eodes.store.records import CertificateKey, ExchangeRow, NewMessage
from eodes.store.unit import Unit
from eodes.trust.registry import Partner
from eodes.wire import envelope, parser
from eodes.wire.parser import Element
from eodes.wire.schemas import VERSION, Schemas


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that is stored and will be sent."""

    message_id: str
    state: Exchange | None
    key: CertificateKey | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message written and found good, but not stored."""

    header: Header
    payload: bytes


@dataclass(frozen=True, slots=True)
class Preparing:
    """What preparing needs, prebuilt."""

    authority: str
    rules: Rules
    dialects: Dialects
    schemas: Schemas
    ids: Ids
    is_test: bool = False

    def prepare(  # noqa: PLR0913  # the facts of one message, each by its name
        self,
        unit: Unit,
        body: object,
        *,
        to: Partner,
        now: datetime,
        answers: Header | None = None,
        conversation_id: str | None = None,
    ) -> Prepared:
        """Make a message ready to be sealed, in the caller's transaction.

        1. Judge a carried certificate by the rules of its form and of the partner; see that a
           certificate whose use is reported can be used, and that what is said in a verification
           can follow what was said before.
        2. Write the body in the partner's dialect, wrap it, validate it against the schema.
        3. Store the intent, and open the exchange of a carried certificate.

        Raises:
            UnpreparableError: with every reason; nothing was stored.

        """
        if isinstance(body, CertificateUse):
            _see_usable(unit, body, to=to)
        draft = self.draft(
            body,
            to=to.profile,
            now=now,
            answers=answers,
            conversation_id=conversation_id,
            originals=_originals(unit, body),
        )  # 1, 2
        if draft.header.type in VERIFICATIONS:
            verifications.note_sent(unit, draft.header, body, partner=to.authority, now=now)  # type: ignore[arg-type]  # by kind
        return self._store(unit, body, draft, to=to, now=now)  # 3

    def draft(  # noqa: PLR0913  # the facts of one message, each by its name
        self,
        body: object,
        *,
        to: Profile,
        now: datetime,
        answers: Header | None = None,
        conversation_id: str | None = None,
        originals: tuple[Certificate, ...] | None = None,
    ) -> Draft:
        """Write a message towards a partner without storing anything.

        Raises:
            UnpreparableError: with every reason.

        """
        spec = next(one for one in CATALOGUE.values() if one.body is type(body))
        refusals = self._against(body, spec.type, to=to, originals=originals)
        if refusals:
            raise UnpreparableError(partner=to.authority, refusals=refusals)
        if spec.type in VERIFICATIONS:
            conversation_id = body.case_id  # type: ignore[attr-defined]  # every such body has one
        dialect = self.dialects.named(to.wire.dialect)
        element = spec.encode(body, dialect=dialect, profile=to)
        if isinstance(element, tuple):
            raise UnpreparableError(partner=to.authority, refusals=element)
        return self._wrap(
            element, spec.type, to=to, now=now, answers=answers, conversation_id=conversation_id
        )

    def misfits(self, body: object, *, to: Profile) -> tuple[Refusal, ...]:
        """Say what the partner's dialect cannot carry, whatever the form's own rules say."""
        spec = next(one for one in CATALOGUE.values() if one.body is type(body))
        element = spec.encode(body, dialect=self.dialects.named(to.wire.dialect), profile=to)
        return element if isinstance(element, tuple) else ()

    def _against(
        self,
        body: object,
        kind: MessageType,
        *,
        to: Profile,
        originals: tuple[Certificate, ...] | None,
    ) -> tuple[Refusal, ...]:
        if kind not in to.wire.message_types:
            return (Refusal("AUT-TYPE", f"{to.authority} takes no {kind} messages."),)
        by_paper = to.lineage.correction is CorrectionRule.STRIKE_OUT_ONLY
        if kind is MessageType.CO_CORRECT and by_paper:
            return (_correct_on_paper(to),)
        if kind in VERIFICATIONS:
            return verification_rules.before_sending(body, to=to)  # type: ignore[arg-type]  # by kind
        certificate = getattr(body, "certificate", None)
        if not isinstance(certificate, Certificate) or kind is MessageType.CO_RECORD:
            return ()
        found = self.rules.at_issue(certificate, to=to, originals=originals)
        return tuple(one.as_refusal() for one in found if one.severity is Severity.REFUSE)

    def _wrap(  # noqa: PLR0913  # the facts of one message, each by its name
        self,
        element: Element,
        kind: MessageType,
        *,
        to: Profile,
        now: datetime,
        answers: Header | None,
        conversation_id: str | None,
    ) -> Draft:
        payload = envelope.payload_bytes(element)
        message_id = self.ids.new(now=now)
        zone = to.content.zone
        header = Header(
            message_id=message_id,
            type=kind,
            schema_version=VERSION,
            profile_version=to.version,
            sender=self.authority,
            receiver=to.authority,
            conversation_id=conversation_id or (answers.conversation_id if answers else message_id),
            created_at=now,
            business_date=now.astimezone(ZoneInfo(zone)).date(),
            business_zone=zone,
            body_digest=envelope.payload_digest(payload),
            causation_id=answers.message_id if answers else None,
            test=self.is_test,
        )
        breach = self._schema_breach(header, payload, to=to)
        if breach:
            raise UnpreparableError(partner=to.authority, refusals=(breach,))
        return Draft(header, payload)

    def _schema_breach(self, header: Header, payload: bytes, *, to: Profile) -> Refusal | None:
        unsigned = envelope.compose(provisional(header), payload)
        document = parser.parse(
            unsigned, limits=parser.Limits(max_bytes=to.wire.max_document_bytes)
        )
        if isinstance(document, Refusal):
            return document
        return self.schemas.validate(document.root, dialect=to.wire.dialect)

    def _store(
        self, unit: Unit, body: object, draft: Draft, *, to: Partner, now: datetime
    ) -> Prepared:
        header = draft.header
        key = _key_of(body)
        unit.outbox.add(
            NewMessage(
                message_id=header.message_id,
                partner=to.authority,
                type=header.type,
                header=record.write(header),
                payload=draft.payload,
                body_digest=header.body_digest,
                conversation_id=header.conversation_id,
                created_at=now,
                causation_id=header.causation_id,
                key=key,
                waits=_waits(body, to.profile),
            )
        )
        state = None
        if isinstance(body, CertificateIssue | CertificateCorrection):
            state = _open_exchange(unit, body, header, to=to, now=now)
        if isinstance(body, CertificateUse):
            _note_use(unit, body, header.message_id, partner=to.authority, now=now)
        return Prepared(header.message_id, state, key)


def _correct_on_paper(to: Profile) -> Refusal:
    return Refusal(
        "LIN-ON-PAPER",
        f"{to.authority} takes corrections by strike-out on the paper only; correct the paper.",
    )


def _originals(unit: Unit, body: object) -> tuple[Certificate, ...] | None:
    """Find the certificates of ours that a carried one refers to."""
    certificate = getattr(body, "certificate", None)
    if not isinstance(certificate, Certificate) or not certificate.references:
        return None
    rows = [
        row
        for reference in certificate.references
        for row in unit.exchanges.by_number(reference.number_key)
    ]
    return tuple(record.read(Certificate, json.loads(row.certificate)) for row in rows) or None


def _waits(body: object, profile: Profile) -> bool:
    """Tell whether the partner wants a certificate only once something else has happened.

    China's and Korea's link is made by the export declaration: a certificate that names one goes
    at once, one that does not waits for it (notice of KCS of 2016).
    """
    if not isinstance(body, CertificateIssue):
        return False  # a correction follows a certificate that was sent
    certificate = body.certificate
    match profile.exchanging.trigger:
        case Trigger.ON_ISSUE:
            return False
        case Trigger.ON_EXPORT_LINK:
            named = certificate.export_declarations
            return not (named or certificate.issuance.export_declaration_numbers)
        case Trigger.ON_EXPORTER_ORDER:
            return True


def _key_of(body: object) -> CertificateKey | None:
    certificate = getattr(body, "certificate", None)
    if isinstance(certificate, Certificate):
        return CertificateKey.of(certificate)
    return CertificateKey.named(certificate) if certificate is not None else None


def _open_exchange(
    unit: Unit,
    body: CertificateIssue | CertificateCorrection,
    header: Header,
    *,
    to: Partner,
    now: datetime,
) -> Exchange:
    certificate = body.certificate
    state = Exchange.QUEUED
    if _waits(body, to.profile):
        state = Exchange.AWAITING_TRIGGER
    superseded = body.superseded if isinstance(body, CertificateCorrection) else None
    unit.exchanges.add(
        ExchangeRow(
            partner=to.authority,
            key=CertificateKey.of(certificate),
            number_raw=certificate.number_raw,
            position=certificate.lineage_position,
            state=state,
            business_date=header.business_date,
            certificate=json.dumps(record.write(certificate)).encode(),
            body_digest=header.body_digest,
            message_id=header.message_id,
            supersedes_key=superseded.number_key if superseded else None,
        ),
        now=now,
        because="prepared",
    )
    return state


def _see_usable(unit: Unit, body: CertificateUse, *, to: Partner) -> None:
    """Hold the register's row and see that what is to be drawn on stands.

    Raises:
        UnpreparableError: the certificate waits, or was superseded, cancelled or annulled.

    """
    entry = unit.register.lock(CertificateKey.named(body.certificate))
    draws = any(one.outcome in (UseOutcome.GRANTED, UseOutcome.PARTLY) for one in body.decisions)
    if draws and entry is not None and entry.state is not Registered.AVAILABLE:
        refusal = Refusal(
            "LIN-STATE", f"{entry.number_raw} is {entry.state.lower()}; no preference rests on it."
        )
        raise UnpreparableError(partner=to.authority, refusals=(refusal,))


def _note_use(
    unit: Unit, body: CertificateUse, message_id: str, *, partner: str, now: datetime
) -> None:
    """Keep what we report, and mark the certificate: used ones are not cancelled or replaced."""
    key = CertificateKey.named(body.certificate)
    unit.exchanges.add_use(rows_of(body, message_id, direction="OUT", partner=partner, at=now))
    drawn_by = drawing_declaration(unit.exchanges.use_of(key, direction="OUT"))
    unit.register.mark_used(key, declaration=drawn_by)
