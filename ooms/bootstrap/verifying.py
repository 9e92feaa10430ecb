"""The desks of verifications, those that we ask for and those that partners ask for."""

from __future__ import annotations

from functools import cached_property

from ooms.bootstrap.papers import Papers
from ooms.gateway.issued import IssuedCertificates
from ooms.gateway.verification_news import VerificationNews
from ooms.gateway.verifying import Messenger
from ooms.training.world import mark_of
from ooms.verifications.answering import Answering
from ooms.verifications.concluding import Concluding
from ooms.verifications.determining import Determining
from ooms.verifications.grounds import Grounds
from ooms.verifications.hearing import Hearing
from ooms.verifications.inquiring import Inquiring
from ooms.verifications.keeping import Keeping, Rules
from ooms.verifications.letters import Letters, Press
from ooms.verifications.loader import load_agreement_terms, load_grounds, load_steps
from ooms.verifications.registering import AnswerKeeping, Registering
from ooms.verifications.sealing import OfficeSealer
from ooms.verifications.self_checking import SelfChecking
from ooms.verifications.service import Verifications
from ooms.verifications.suspending import Suspending
from ooms.verifications.visiting import Visiting
from ooms.verifications.waiting import Waiting


class Verifying(Papers):
    """The desks of verifications."""

    @cached_property
    def denial_grounds(self) -> Grounds:
        """The closed list of grounds for a denial."""
        return load_grounds()

    @cached_property
    def _keeping(self) -> Keeping:
        """The verifications that we ask for, their rules, and the voice to partners."""
        country = self.issuing.country
        rules = Rules(
            agreements=load_agreement_terms(self.issuing.country),
            steps=load_steps(country),
            calendar=self.gateway.calendar(country),
            country=country,
        )
        voice = Messenger(self.gateway, country=country, grounds=self.denial_grounds)
        return Keeping(rules=rules, voice=voice, office=self.issuing.name)

    @cached_property
    def _answers(self) -> AnswerKeeping:
        """The verifications that partners ask for."""
        return AnswerKeeping(self._keeping, IssuedCertificates(self.certificates))

    @cached_property
    def verifications(self) -> Verifications:
        """Verifications that we ask for, up to the request."""
        return Verifications(self._keeping)

    @cached_property
    def verification_self_checks(self) -> SelfChecking:
        """Importers who look at their own claims first."""
        return SelfChecking(self._keeping)

    @cached_property
    def verification_conclusions(self) -> Concluding:
        """What verifications come to at their importers; who decides on claims connects here."""
        return Concluding(self._keeping)

    @cached_property
    def verification_clocks(self) -> Waiting:
        """What happens while a partner has the turn."""
        return Waiting(self._keeping)

    @cached_property
    def verification_decisions(self) -> Determining:
        """What verifications come to; who decides on claims connects here."""
        return Determining(self._keeping, self.denial_grounds)

    @cached_property
    def verification_visits(self) -> Visiting:
        """Visits of verifications that we ask for."""
        return Visiting(self._keeping, self.verification_decisions)

    @cached_property
    def suspensions(self) -> Suspending:
        """Suspended preference, and what a claim meets of it."""
        return Suspending(self._keeping)

    @cached_property
    def verification_register(self) -> Registering:
        """What comes in from partners who ask."""
        return Registering(self._answers)

    @cached_property
    def answering(self) -> Answering:
        """How partners are answered."""
        return Answering(self._answers)

    @cached_property
    def inquiries(self) -> Inquiring:
        """Inquiries at our companies."""
        return Inquiring(self._answers)

    @cached_property
    def verification_letters(self) -> Letters:
        """Letters to partners who want them."""
        office = self.issuing
        sealer = OfficeSealer(self.node.signer, office=office.name, place=office.place)
        mark = mark_of(self.issuing)
        return Letters(self._keeping, self._answers, press=Press(sealer, mark))

    @cached_property
    def verification_news(self) -> VerificationNews:
        """What partners say in verifications, told to the desks."""
        hearing = Hearing(
            self.verification_clocks, self.verification_visits, self.verification_register
        )
        return VerificationNews(hearing, zone=self.works.zone)
