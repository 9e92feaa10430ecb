"""The desks that decide on claims, and that count what was decided."""

from __future__ import annotations

import shutil
from functools import cached_property

from ooms.bootstrap.border import Border
from ooms.company_letters.service import CompanyLetters
from ooms.compliance.loader import load_self_checks
from ooms.compliance.model import SelfChecks
from ooms.compliance.service import KeptChecks
from ooms.decisions.completions import Completions
from ooms.decisions.determined import Determined
from ooms.decisions.effect import Effect
from ooms.decisions.forewarning import Forewarning
from ooms.decisions.late_claims import LateClaims
from ooms.decisions.late_register import LateRegister
from ooms.decisions.loader import load_grounds, load_law
from ooms.decisions.objections import Objections
from ooms.decisions.outcomes import Outcomes
from ooms.decisions.prior_notices import PriorNotices
from ooms.decisions.reasons import Reasons
from ooms.decisions.service import Decisions
from ooms.decisions.settling import Settling
from ooms.decisions.supplementing import Supplementing
from ooms.denials.abroad import DenialsAbroad
from ooms.denials.service import Denials
from ooms.exchanges.service import Exchanges
from ooms.gateway.held import Register
from ooms.gateway.meanings import codes_of
from ooms.gateway.overseen import Overseen
from ooms.gateway.received import FeedbackSender
from ooms.handbook.service import Handbook
from ooms.statistics.service import Statistics
from ooms.training.loader import load_exercises
from ooms.training.service import Training
from ooms.training.world import mark_of
from ooms.verifications.letters import Press
from ooms.verifications.loader import load_agreement_terms
from ooms.verifications.sealing import OfficeSealer


class Deciding(Border):
    """The desks that decide on claims, and that count what was decided."""

    @cached_property
    def reasons(self) -> Reasons:
        """The grounds of denial, and the law around a claim."""
        country = self.issuing.country
        law = load_law(country, calendar=self.gateway.calendar(country))
        return Reasons(load_grounds(), law)

    @cached_property
    def settling(self) -> Settling:
        """Amounts for the clearance system."""
        return Settling()

    @cached_property
    def decisions(self) -> Decisions:
        """Decisions on claims; the desks of claims and of verifications tell it theirs."""
        effect = Effect(
            self.ledger,
            terms=self.claim_terms,
            received=Register(self.gateway),
            feedback=FeedbackSender(self.gateway, office=self.issuing.name),
        )
        outcomes = Outcomes(self.risk)
        made = Decisions(
            self.claims,
            effect=effect,
            reasons=self.reasons,
            settling=self.settling,
            outcomes=outcomes,
            late=self.late_register,
            forewarning=self.forewarning,
        )
        self.claims.connect(made)
        heard = Determined(self.claims, made, forewarning=self.forewarning, outcomes=outcomes)
        self.verification_decisions.connect(heard)
        self.verification_conclusions.connect(heard)
        made.connect(self._denials(made))
        return made

    @cached_property
    def denials(self) -> Denials:
        """What issuing authorities are told of denials."""
        return self._denials(self.decisions)

    @cached_property
    def denials_abroad(self) -> DenialsAbroad:
        """What partners denied of our certificates."""
        country = self.issuing.country
        terms = load_agreement_terms(country)
        return DenialsAbroad(terms, calendar=self.gateway.calendar(country))

    def _denials(self, decisions: Decisions) -> Denials:
        return Denials(
            decisions,
            terms=load_agreement_terms(self.issuing.country),
            received=Register(self.gateway),
            calendar=self.gateway.calendar(self.issuing.country),
            office=self.issuing.name,
        )

    @cached_property
    def claim_completions(self) -> Completions:
        """Requests for the completion of proofs."""
        return Completions(self.decisions)

    @cached_property
    def objections(self) -> Objections:
        """Objections against decisions."""
        return Objections(self.decisions)

    @cached_property
    def supplementing(self) -> Supplementing:
        """What objections lack."""
        return Supplementing(self.decisions, self.objections)

    @cached_property
    def forewarning(self) -> Forewarning:
        """What importers are told before a denial."""
        return Forewarning(self.reasons)

    @cached_property
    def prior_notices(self) -> PriorNotices:
        """Notices before denials, and what importers answer."""
        return PriorNotices(self.decisions, self.forewarning)

    @cached_property
    def late_register(self) -> LateRegister:
        """By when claims after release are decided."""
        return LateRegister(self.reasons.law)

    @cached_property
    def late_claims(self) -> LateClaims:
        """Claims after release."""
        return LateClaims(self.claims, self.late_register, law=self.reasons.law)

    @cached_property
    def statistics(self) -> Statistics:
        """What was issued, used and denied, on both sides of the border."""
        return Statistics()

    @cached_property
    def handbook(self) -> Handbook:
        """What everybody may look up."""
        return Handbook(
            country=self.issuing.country,
            registry=self.registry,
            procedure=self.procedure,
            denials=self.reasons,
            lists=self.approvals.scheme.lists if self.approvals.has_scheme else None,
            partners_codes=codes_of(self.gateway),
        )

    @cached_property
    def self_checks(self) -> SelfChecks:
        """What companies ask themselves."""
        return load_self_checks()

    @cached_property
    def kept_checks(self) -> KeptChecks:
        """What companies answered and signed."""
        return KeptChecks(self.self_checks)

    @cached_property
    def company_letters(self) -> CompanyLetters:
        """What companies are told once a period."""
        office = self.issuing
        sealer = OfficeSealer(
            self.node.signer, office=office.name, place=office.place, reason="Compliance"
        )
        return CompanyLetters(
            press=Press(sealer, mark_of(office)),
            office=office.name,
            zone=self.works.zone,
            every=self.settings.letters.every,
        )

    @cached_property
    def exchanges(self) -> Exchanges:
        """Partners, messages, and the node itself."""
        return Exchanges(
            Overseen(self.gateway.oversight),
            free_bytes=lambda: shutil.disk_usage(self.folder).free,
        )

    @cached_property
    def training(self) -> Training:
        """Exercises, where people practice."""
        return Training(load_exercises(), is_open=self.issuing.training)
