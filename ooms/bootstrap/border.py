"""The desks of import, and the ear at the gateway."""

from __future__ import annotations

from functools import cached_property

from ooms.bootstrap.papers import Papers
from ooms.certificates.hearing import Hearing
from ooms.claims.service import Claims
from ooms.gateway.inbound import Inbound
from ooms.gateway.received import FeedbackSender, Register


class Border(Papers):
    """The desks of import."""

    @cached_property
    def claims(self) -> Claims:
        """Claims of preference."""
        feedback = FeedbackSender(self.gateway, office=self.issuing.name)
        return Claims(received=Register(self.gateway), feedback=feedback)

    @cached_property
    def inbound(self) -> Inbound:
        """What partners sent and answered, told to the desks."""
        hearing = Hearing(country=self.issuing.country, first_certificates=self.back_to_back)
        return Inbound(works=self.works, certificates=hearing)
