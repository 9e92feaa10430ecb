"""Register companies, decide on their accounts, and keep who signs and acts for them."""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import Action, Role, User
from ooms.access.repository import AccessRows
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.exporters.identifiers import Check, check
from ooms.exporters.model import (
    Account,
    Delegation,
    Exporter,
    Signatory,
    SignatureCard,
    Site,
    State,
    Wanted,
    advance,
)
from ooms.exporters.repository import ExporterRows


class Exporters:
    """The desk of companies."""

    def __init__(self, *, vetting: bool = False) -> None:
        """Vet companies before they act, or take those that an officer registers as vetted."""
        self._vetting = vetting

    def register(self, work: Work, exporter: Exporter, *, by: User) -> Exporter:
        """Register a company; the desk gives it its key, and an account.

        Where companies are vetted, the number must have the form of its country, and the company
        acts only once it was verified; elsewhere the officer who registers it vouches for it.

        Raises:
            UnfitError: its tax number is registered already, or none of its country.

        """
        form = check(exporter.tax_id, country=exporter.country)
        if self._vetting and form is Check.INVALID:
            problem = f"{exporter.tax_id} is no number of a company in {exporter.country}"
            raise UnfitError(Flaw("/tax_id", problem, code="REF-IDENTIFIER"))
        rows = ExporterRows(work.transaction)
        if rows.numbered(country=exporter.country, tax_id=exporter.tax_id):
            raise UnfitError(Flaw("/tax_id", f"{exporter.tax_id} is registered already"))
        registered = replace(exporter, id=work.new_id(), registered_at=work.now)
        rows.add(registered)
        rows.add_account(
            Account(
                company_id=registered.id,
                state=State.APPLIED if self._vetting else State.ACTIVE,
                version=1,
                identifier=form,
                reason="",
                changed_at=work.now,
            )
        )
        facts = {"identifier": form.value}
        _record(work, registered.id, "exporter.registered", by=by, facts=facts)
        return registered

    def get(self, work: Work, exporter_id: str, *, by: User) -> Exporter:
        """Return a company that the caller may see.

        Raises:
            MissingError: there is none.

        """
        by.require_sight(exporter_id, what="exporter", id=exporter_id)
        found = ExporterRows(work.transaction).find(exporter_id)
        if found is None:
            raise MissingError(what="exporter", id=exporter_id)
        return found

    def called(self, work: Work, company_id: str) -> str:
        """Tell what a company is called to somebody whom it asked for something itself.

        Raises:
            MissingError: there is no such company.

        """
        found = ExporterRows(work.transaction).find(company_id)
        if found is None:
            raise MissingError(what="exporter", id=company_id)
        return found.name

    def numbered(self, work: Work, *, country: str, tax_id: str) -> str | None:
        """Return the key of the company that is registered under a number, if one is."""
        return ExporterRows(work.transaction).numbered(country=country, tax_id=tax_id)

    def page(self, work: Work, window: Window, *, wanted: Wanted, by: User) -> tuple[Exporter, ...]:
        """Return the companies that are wanted and that the caller may see."""
        return ExporterRows(work.transaction).page(window, company=by.company, wanted=wanted)

    # The account

    def account(self, work: Work, company_id: str, *, by: User) -> Account:
        """Return the standing of a company that the caller may see.

        Raises:
            MissingError: there is none.

        """
        self.get(work, company_id, by=by)
        found = ExporterRows(work.transaction).account(company_id)
        if found is None:
            raise MissingError(what="account of company", id=company_id)
        return found

    def decide(
        self, work: Work, company_id: str, *, wanted: State, reason: str, by: User
    ) -> Account:
        """Move the account of a company, with the reason.

        Raises:
            ConflictError: the account does not go there from where it stands.

        """
        current = self.account(work, company_id, by=by)
        changed = replace(
            current,
            state=advance(current.state, wanted),
            version=current.version + 1,
            reason=reason,
            changed_at=work.now,
        )
        if not ExporterRows(work.transaction).change_account(changed, since=current):
            raise ConflictError(what="account", current="changed meanwhile", wanted=wanted)
        facts = {"from": current.state.value, "to": wanted.value, "reason": reason}
        _record(work, company_id, "exporter.account_moved", by=by, facts=facts)
        return changed

    def hindrance(self, work: Work, company_id: str) -> str:
        """Tell why a company's people may not act; an empty text when they may."""
        found = ExporterRows(work.transaction).account(company_id)
        if found is None:
            return "unknown"
        return "" if found.state is State.ACTIVE else found.state.value

    # Sites

    def add_site(self, work: Work, site: Site, *, by: User) -> Site:
        """Keep a site of a company that the caller may see."""
        self.get(work, site.company_id, by=by)
        kept = replace(site, id=work.new_id())
        ExporterRows(work.transaction).add_site(kept)
        _record(work, site.company_id, "exporter.site_added", by=by, facts={"site": kept.id})
        return kept

    def close_site(self, work: Work, company_id: str, *, site_id: str, by: User) -> Site:
        """Close a site; what was made there stays where it was made.

        Raises:
            MissingError: there is no such site, or it is closed.

        """
        self.get(work, company_id, by=by)
        rows = ExporterRows(work.transaction)
        if not rows.close_site(company_id, site_id, now=work.now):
            raise MissingError(what="open site", id=site_id)
        _record(work, company_id, "exporter.site_closed", by=by, facts={"site": site_id})
        return next(site for site in rows.sites(company_id) if site.id == site_id)

    def sites(self, work: Work, company_id: str, *, by: User) -> tuple[Site, ...]:
        """Return the sites of a company that the caller may see."""
        self.get(work, company_id, by=by)
        return ExporterRows(work.transaction).sites(company_id)

    # Who signs, and signature cards

    def change_signatory(
        self, work: Work, company_id: str, *, signatory: Signatory, because: str, by: User
    ) -> Exporter:
        """Let somebody else sign for a company from now on; what was signed stays as it is.

        Raises:
            UnfitError: this is who signs already.

        """
        current = self.get(work, company_id, by=by)
        if signatory == current.signatory:
            raise UnfitError(Flaw("/name", "signs for the company already, with this title there"))
        ExporterRows(work.transaction).change_signatory(company_id, signatory)
        facts = {"was": current.signatory.name, "is": signatory.name, "reason": because}
        _record(work, company_id, "exporter.signatory_changed", by=by, facts=facts)
        return replace(current, signatory=signatory)

    def add_card(self, work: Work, card: SignatureCard, *, by: User) -> SignatureCard:
        """Keep who may sign for a company, with the digest of the specimen.

        Raises:
            UnfitError: the days are the wrong way round.

        """
        self.get(work, card.company_id, by=by)
        if card.valid_until is not None and card.valid_until <= card.valid_from:
            raise UnfitError(Flaw("/valid_until", "lies before the first day"))
        kept = replace(card, id=work.new_id())
        ExporterRows(work.transaction).add_card(kept)
        facts = {"card": kept.id, "specimen_sha256": kept.specimen_sha256}
        _record(work, card.company_id, "exporter.signatory_added", by=by, facts=facts)
        return kept

    def revoke_card(
        self, work: Work, company_id: str, *, card_id: str, because: str, by: User
    ) -> SignatureCard:
        """Let somebody sign no more, from this moment.

        Raises:
            MissingError: there is no such card, or it is revoked.

        """
        self.get(work, company_id, by=by)
        rows = ExporterRows(work.transaction)
        if not rows.revoke_card(company_id, card_id, now=work.now, because=because):
            raise MissingError(what="valid signature card", id=card_id)
        facts = {"card": card_id, "reason": because}
        _record(work, company_id, "exporter.signatory_revoked", by=by, facts=facts)
        return next(card for card in rows.cards(company_id) if card.id == card_id)

    def cards(self, work: Work, company_id: str, *, by: User) -> tuple[SignatureCard, ...]:
        """Return who may sign for a company, or could."""
        self.get(work, company_id, by=by)
        return ExporterRows(work.transaction).cards(company_id)

    # Delegations

    def delegate(self, work: Work, delegation: Delegation, *, broker: str, by: User) -> Delegation:
        """Let a broker act for the caller's company, within scopes and days.

        Raises:
            UnfitError: nobody of this login is a broker, or the days are the wrong way round.

        """
        self.get(work, delegation.company_id, by=by)
        known = AccessRows(work.transaction).credentials(broker)
        if known is None or known[0].role is not Role.BROKER or known[0].disabled_at:
            raise UnfitError(Flaw("/broker", f"{broker} is no broker at this office"))
        if delegation.valid_until <= delegation.valid_from:
            raise UnfitError(Flaw("/valid_until", "lies before the first day"))
        granted = replace(delegation, id=work.new_id(), broker_id=known[0].id)
        ExporterRows(work.transaction).add_delegation(granted)
        facts = {"delegation": granted.id, "broker": broker, "scopes": " ".join(granted.scopes)}
        _record(work, granted.company_id, "exporter.delegated", by=by, facts=facts)
        return granted

    def revoke_delegation(
        self, work: Work, company_id: str, *, delegation_id: str, by: User
    ) -> Delegation:
        """Take a delegation back, from this moment.

        Raises:
            MissingError: there is no such delegation, or it is revoked.

        """
        self.get(work, company_id, by=by)
        rows = ExporterRows(work.transaction)
        if not rows.revoke_delegation(company_id, delegation_id, now=work.now):
            raise MissingError(what="valid delegation", id=delegation_id)
        facts = {"delegation": delegation_id}
        _record(work, company_id, "exporter.delegation_revoked", by=by, facts=facts)
        return next(one for one in rows.delegations(company_id) if one.id == delegation_id)

    def delegations(self, work: Work, company_id: str, *, by: User) -> tuple[Delegation, ...]:
        """Return every delegation of a company that the caller may see."""
        self.get(work, company_id, by=by)
        return ExporterRows(work.transaction).delegations(company_id)

    def delegating(self, work: Work, *, by: User) -> tuple[tuple[Delegation, str], ...]:
        """Return the companies that the caller acts for today, each with its name."""
        granted = ExporterRows(work.transaction).delegations_to(by.id)
        return tuple(one for one in granted if one[0].holds(work.today))

    def is_delegated(self, work: Work, company_id: str, *, broker_id: str, action: Action) -> bool:
        """Tell whether a company lets a broker do something today."""
        granted = ExporterRows(work.transaction).delegations(company_id, broker_id=broker_id)
        return any(one.covers(action, on=work.today) for one in granted)


def _record(work: Work, company_id: str, what: str, *, by: User, facts: dict[str, str]) -> None:
    record(work, who=by.login, what=what, subject=f"exporter/{company_id}", facts=facts)
