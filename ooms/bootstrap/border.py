"""The desks of import, and the ear at the gateway."""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import cached_property

from ooms.access.sealing import load_keys
from ooms.bootstrap.verifying import Verifying
from ooms.certificates.hearing import Hearing
from ooms.claims.approved import RegisterOfApprovals
from ooms.claims.drawing import Drawing
from ooms.claims.gathering import Gathering, Knowledge
from ooms.claims.goods_table import goods_of
from ooms.claims.issuers import issuers_of
from ooms.claims.loader import load_terms
from ooms.claims.ports import Neighbors
from ooms.claims.restricting import Restrictions
from ooms.claims.risks import RiskRouting
from ooms.claims.ruled import RegisterOfRulings
from ooms.claims.service import Claims
from ooms.claims.telling import Telling
from ooms.claims.terms import Terms
from ooms.documents.presented import Presented
from ooms.gateway.held import Register
from ooms.gateway.inbound import Inbound
from ooms.gateway.issue_clocks import FormClocks
from ooms.gateway.received import FeedbackSender
from ooms.risk.adopting import Adopting
from ooms.risk.service import Risk
from ooms.verifications.claim_limits import ClaimLimits
from ooms.watch.service import Watch


class Border(Verifying):
    """The desks of import."""

    @cached_property
    def claim_terms(self) -> Terms:
        """The terms of the checks, with this administration's lists of goods and issuing bodies."""
        own = goods_of(self.folder / self.settings.claims.goods_file)
        issuers = issuers_of(self.folder / self.settings.claims.issuers_file)
        return replace(load_terms(), goods=own, issuers=issuers)

    @cached_property
    def claims(self) -> Claims:
        """Claims of preference."""
        received, terms = Register(self.gateway), self.claim_terms
        feedback = FeedbackSender(self.gateway, office=self.issuing.name)
        knowledge = Knowledge(
            country=self.issuing.country,
            zone=self.works.zone,
            registry=self.registry,
            editions=self.editions,
            terms=terms,
        )
        return Claims(
            gathering=Gathering(knowledge, received=received, neighbors=self.neighbors),
            drawing=Drawing(self.ledger, terms=terms),
            telling=Telling(received=received, feedback=feedback, terms=terms),
        )

    @cached_property
    def presented_papers(self) -> Presented:
        """Papers that importers show."""
        return Presented(Register(self.gateway))

    @cached_property
    def restrictions(self) -> Restrictions:
        """Persons whose goods are looked at before release."""
        return Restrictions()

    @cached_property
    def neighbors(self) -> Neighbors:
        """The registers that are asked for every claim."""
        return Neighbors(
            standing=ClaimLimits(),
            routing=RiskRouting(self.risk, terms=self.claim_terms),
            rulings=RegisterOfRulings(self.rulings),
            approved=RegisterOfApprovals(self.approvals),
            clocks=FormClocks(self.gateway),
        )

    @cached_property
    def watch(self) -> Watch:
        """Tips, the watch list, stated capacities."""
        return Watch()

    @cached_property
    def risk(self) -> Risk:
        """Which claims somebody looks at; the seed of its sample lies in a file."""
        file = self.folder / self.settings.risk.sample_key_file
        seeds = load_keys(file, noise=secrets.token_bytes)
        return Risk(self.watch, seed=seeds.keys[seeds.newest])

    @cached_property
    def risk_models(self) -> Adopting:
        """Tables of points, and who adopted them."""
        return Adopting()

    @cached_property
    def inbound(self) -> Inbound:
        """What partners sent and answered, told to the desks."""
        hearing = Hearing(country=self.issuing.country, first_certificates=self.back_to_back)
        return Inbound(
            works=self.works,
            certificates=hearing,
            claims=self.claims,
            verifications=self.verification_news,
        )
