"""Gathers what the checks look at, for all lines of a declaration at once: one look a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from ooms.agreements.editions import Editions, NotInEdition
from ooms.agreements.model import Agreement
from ooms.agreements.registry import Registry, UnknownAgreementError
from ooms.claims.admissible import admissible
from ooms.claims.declaration import Declaration, Line, ProofType, bare
from ooms.claims.facts import (
    Approved,
    Correlated,
    Facts,
    Limit,
    LimitKind,
    Restriction,
    Role,
    Routed,
    Ruling,
    Storage,
    Timing,
    WaivedBefore,
)
from ooms.claims.held import Held, HeldItem
from ooms.claims.model import Case
from ooms.claims.ports import Asked, Neighbors, Place, ReceivedCertificates
from ooms.claims.repository import RestrictionRows, invoice_key, key_of
from ooms.claims.terms import Terms
from ooms.claims.uses import UseRows, Uses
from ooms.db import Work
from ooms.kernel.hs import HsCode
from ooms.kernel.zones import days_ahead
from ooms.ledger.model import NOTHING, Balance, CertificateKey, ItemKey

_SIX = 6


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the office knows before any claim: its country, the rules, the terms of the checks."""

    country: str
    zone: tzinfo
    registry: Registry
    editions: Editions
    terms: Terms


@dataclass(frozen=True, slots=True)
class Looked:
    """A line with the certificates found for it."""

    line: Line
    found: tuple[Held, ...]
    #: The one certificate that the line means, if it is clear which, and its item.
    held: Held | None
    item: HeldItem | None
    #: The key of that item.
    key: ItemKey | None
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that was looked up for a declaration; every mapping is by what was asked."""

    uses: Uses
    waived: tuple[WaivedBefore, ...]
    restrictions: tuple[Restriction, ...]
    limits: Mapping[Place, tuple[Limit, ...]]
    routed: Mapping[Place, Routed]
    rulings: Mapping[Place, Ruling]
    approved: Mapping[str, Approved]
    firsts: Mapping[str, tuple[Held, ...]]


class Gathering:
    """Looks up what is on the lines, on their certificates, and around them."""

    def __init__(
        self, knowledge: Knowledge, *, received: ReceivedCertificates, neighbors: Neighbors
    ) -> None:
        """Know the rules, and whom to ask for the rest."""
        self.knowledge = knowledge
        self._received = received
        self._neighbors = neighbors

    def look(self, work: Work, lines: Iterable[Line]) -> tuple[Looked, ...]:
        """Find the certificates of lines: one look for all of their numbers."""
        wanted = tuple(lines)
        numbers = {one.certificate_number for one in wanted if one.certificate_number}
        found = self._received.find_all(numbers, within=work.transaction) if numbers else {}
        return tuple(_looked(one, found.get(one.certificate_number, ())) for one in wanted)

    def received(self, work: Work, number: str) -> tuple[Held, ...]:
        """Find what was received under a number, under whichever agreement."""
        return self._received.find_all((number,), within=work.transaction).get(number, ())

    def cases(
        self,
        work: Work,
        declaration: Declaration,
        *,
        looked: tuple[Looked, ...],
        standing: Mapping[ItemKey, Balance],
        is_dry: bool = False,
    ) -> tuple[Case, ...]:
        """Put together what the checks may look at, line by line; a dry run leaves no trace."""
        gathered = self._gather(work, declaration, looked, is_dry=is_dry)
        return tuple(
            Case(
                line=one.line,
                declared_on=declaration.declared_on,
                found=one.found,
                used_share=balance.used if balance else NOTHING,
                terms=self.knowledge.terms,
                about=declaration.about,
                facts=replace(
                    self._facts(declaration, one, gathered),
                    tolerance=balance.tolerance if balance else NOTHING,
                ),
            )
            for one, balance in (
                (one, standing.get(one.key) if one.key else None) for one in looked
            )
        )

    def _gather(
        self, work: Work, declaration: Declaration, looked: tuple[Looked, ...], *, is_dry: bool
    ) -> Gathered:
        asked = tuple(Asked(declaration, one.line, one.held) for one in looked)
        rows = UseRows(work.transaction, but=declaration)
        near = self._neighbors
        return Gathered(
            uses=rows.of((one.key for one in looked if one.key), invoices=_named_by(looked)),
            waived=self._waived(declaration, looked, rows),
            restrictions=RestrictionRows(work.transaction).of(
                (name for one in looked for _, name in _persons(declaration, one)), on=work.today
            ),
            limits=near.standing.limits(work, asked),
            routed=near.routing.routes(work, asked, is_dry=is_dry),
            rulings=near.rulings.rulings(work, asked),
            approved=self._approved(work, declaration, looked),
            firsts=self._firsts(work, looked),
        )

    def _waived(
        self, declaration: Declaration, looked: tuple[Looked, ...], rows: UseRows
    ) -> tuple[WaivedBefore, ...]:
        importer = declaration.about.importer
        waivers = [
            self.knowledge.terms.waiver(one.line.agreement or "", country=self.knowledge.country)
            for one in looked
            if not one.line.certificate_number
        ]
        days = max((one.split_days for one in waivers if one is not None), default=0)
        if importer is None or not days:
            return ()
        on = declaration.declared_on
        return rows.waived(since=on - timedelta(days=days), until=on + timedelta(days=days))

    def _approved(
        self, work: Work, declaration: Declaration, looked: tuple[Looked, ...]
    ) -> Mapping[str, Approved]:
        issued = {bare(one.held.number): one.held.issued_on for one in looked if one.held}
        numbers = {
            one.approved_exporter_number: issued.get(
                bare(one.certificate_number), declaration.declared_on
            )
            for one in declaration.about.proofs
            if one.approved_exporter_number
        }
        return self._neighbors.approved.approved(work, numbers) if numbers else {}

    def _firsts(self, work: Work, looked: tuple[Looked, ...]) -> Mapping[str, tuple[Held, ...]]:
        """Find the first certificates that were received here, whoever of the Parties sent them."""
        numbers = {first.number for one in looked if one.held for first in one.held.firsts}
        return self._received.find_all(numbers, within=work.transaction) if numbers else {}

    def _facts(self, declaration: Declaration, one: Looked, gathered: Gathered) -> Facts:
        held, item, place = one.held, one.item, one.line.place
        proof = declaration.about.proof_of(one.line.certificate_number)
        number = proof.approved_exporter_number if proof else ""
        agreement = self._agreement(held.agreement if held else one.line.agreement)
        uses = gathered.uses
        invoiced = (use for key in invoices_of(one) for use in uses.same_invoice.get(key, ()))
        return Facts(
            country=self.knowledge.country,
            days_ahead=days_ahead(
                ZoneInfo(held.zone), of=self.knowledge.zone, on=declaration.declared_on
            )
            if held and held.zone
            else 0,
            parties=tuple(one.letters for one in agreement.parties) if agreement else (),
            same_item=uses.same_item.get(one.key, ()) if one.key else (),
            same_invoice=tuple(invoiced),
            waived_before=(*gathered.waived, *_waived_beside(declaration, one.line)),
            limits=(
                *gathered.limits.get(place, ()),
                *_restricted(declaration, one, gathered.restrictions),
            ),
            routed=gathered.routed.get(place),
            ruling=gathered.rulings.get(place),
            approved=gathered.approved.get(number),
            admissible=admissible(agreement, held, item, editions=self.knowledge.editions)
            if agreement and held and item
            else None,
            correlated=self._correlated(declaration, one.line, item),
            firsts=_first_of(held, gathered.firsts),
            elsewhere=one.elsewhere,
            storage=_storage(agreement, held),
            timing=self._timing(declaration, held),
        )

    def _timing(self, declaration: Declaration, held: Held | None) -> Timing | None:
        if held is None:
            return None
        shipped = held.shipped or declaration.about.journey.departed_on
        if shipped is None:
            return None
        return self._neighbors.clocks.timing(held, shipped_on=shipped)

    def _agreement(self, code: str | None) -> Agreement | None:
        if code is None:
            return None
        try:
            return self.knowledge.registry.agreement(code)
        except UnknownAgreementError:
            return None

    def _correlated(
        self, declaration: Declaration, line: Line, item: HeldItem | None
    ) -> Correlated | None:
        target = line.hs_edition or self.knowledge.terms.edition(declaration.declared_on)
        if item is None or item.hs_edition is None or target is None:
            return None
        code = HsCode(item.hs[:_SIX])
        found = self.knowledge.editions.candidates(code, item.hs_edition, target)
        if found is None or isinstance(found, NotInEdition):
            return Correlated(item.hs_edition, target, None)
        return Correlated(item.hs_edition, target, tuple(one.digits[:_SIX] for one in found))


def invoices_of(one: Looked) -> tuple[str, ...]:
    """Name the invoices of a line, as it and its certificate's item state them."""
    if one.held is None:
        return ()
    certified = (invoice.number for invoice in one.item.invoices) if one.item else ()
    return tuple(
        dict.fromkeys(
            invoice_key(number, exporter=one.held.exporter)
            for number in (*one.line.all_invoices, *certified)
        )
    )


def _named_by(looked: tuple[Looked, ...]) -> dict[str, set[CertificateKey]]:
    named: dict[str, set[CertificateKey]] = {}
    for one in looked:
        for invoice in invoices_of(one):
            certificates = named.setdefault(invoice, set())
            if one.held is not None:
                certificates.add(one.held.key(0).certificate)
    return named


def _waived_beside(declaration: Declaration, line: Line) -> tuple[WaivedBefore, ...]:
    """Name the other lines without a proof: a consignment is not split into its lines."""
    return tuple(
        WaivedBefore(declaration.number, declaration.declared_on, one.value, one.currency)
        for one in declaration.lines
        if one.place != line.place and one.value is not None and _is_waived(declaration, one)
    )


def _is_waived(declaration: Declaration, line: Line) -> bool:
    proof = declaration.about.proof_of(line.certificate_number)
    return not line.certificate_number or (proof is not None and proof.kind is ProofType.WAIVED)


def _storage(agreement: Agreement | None, held: Held | None) -> Storage | None:
    if agreement is None or held is None:
        return None
    rules = [one.transport for one in agreement.rule_sets_on(held.issued_on) if one.transport]
    stays = [
        Storage(one.storage_months, one.delayed_storage_months)
        for one in rules
        if one.storage_months is not None
    ]
    return max(stays, key=lambda one: one.months, default=None)


def _looked(line: Line, found: tuple[Held, ...]) -> Looked:
    fitting = tuple(one for one in found if line.agreement in (None, one.agreement))
    elsewhere = () if fitting else tuple(sorted({one.agreement for one in found}))
    held = fitting[0] if len(fitting) == 1 else None
    item = held.item(line.item_no) if held else None
    key = held.key(line.item_no) if held and item else None
    return Looked(line, fitting, held, item, key, elsewhere=elsewhere)


def _first_of(held: Held | None, received: Mapping[str, tuple[Held, ...]]) -> tuple[Held, ...]:
    """Choose the first certificates by number and issuing country, exactly as spelled by key."""
    if held is None:
        return ()
    named = {(one.number_key, one.country): one.number for one in held.firsts}
    return tuple(
        one
        for (key, country), number in named.items()
        for one in received.get(number, ())
        if (one.number_key, one.issuing_country) == (key, country)
    )


def _persons(declaration: Declaration, one: Looked) -> tuple[tuple[Role, str], ...]:
    about, held = declaration.about, one.held
    exporters = (one.line.exporter, about.exporter and about.exporter.name, held and held.exporter)
    producers = (
        about.producer and about.producer.name,
        *((each.name for each in held.producers) if held else ()),
    )
    importers = (about.importer and about.importer.name,)
    roles = ((Role.EXPORTER, exporters), (Role.PRODUCER, producers), (Role.IMPORTER, importers))
    return tuple((role, name) for role, names in roles for name in names if name)


def _restricted(
    declaration: Declaration, one: Looked, restrictions: tuple[Restriction, ...]
) -> tuple[Limit, ...]:
    named = {(role, key_of(name)) for role, name in _persons(declaration, one)}
    agreement = one.line.agreement or (one.held.agreement if one.held else "")
    return tuple(
        Limit(LimitKind.RESTRICTED, each.name, f"restriction {each.id}", each.ground)
        for each in restrictions
        if (each.role, key_of(each.name)) in named
        and each.covers(agreement=agreement, hs=one.line.hs)
    )
