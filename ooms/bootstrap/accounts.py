"""The desks of people and companies."""

from __future__ import annotations

import secrets
from functools import cached_property

from ooms.access.sealing import load_keys
from ooms.access.service import Access
from ooms.approvals.applying import Applying
from ooms.approvals.deciding import Deciding
from ooms.approvals.ending import Ending
from ooms.approvals.keeping import Keeping
from ooms.approvals.loader import load_scheme
from ooms.approvals.service import Approvals
from ooms.audit.service import record
from ooms.bootstrap.foundation import Foundation
from ooms.consents.service import Consents
from ooms.exporters.service import Exporters
from ooms.listings.service import Listings
from ooms.listings.waivers import Waivers
from ooms.officers.service import Officers
from ooms.passkeys.held import PasskeysHeld
from ooms.passkeys.opening import domain_of, open_passkeys
from ooms.passkeys.service import Passkeys
from ooms.people.factors import Factors
from ooms.people.service import People
from ooms.refusals.service import Refusals
from ooms.sign_on.opening import open_sign_on
from ooms.sign_on.service import SignOn
from ooms.tallies.service import RecordedTallies


class Accounts(Foundation):
    """The desks of people and companies."""

    @cached_property
    def exporters(self) -> Exporters:
        """Companies."""
        return Exporters(vetting=self.settings.companies.vetting)

    @cached_property
    def access(self) -> Access:
        """Users, their sessions and their rights."""
        file = self.folder / self.settings.access.secrets_key_file
        return Access(
            self._hasher,
            keys=load_keys(file, noise=secrets.token_bytes),
            record=record,
            policy=self.settings.access.policy(),
            standing=self.exporters,
            passkeys=PasskeysHeld(domain_of(self.settings.http.public_address)),
        )

    @cached_property
    def sign_on(self) -> SignOn:
        """Log-in at identity providers."""
        return open_sign_on(self.access, self.settings.access.oidc, folder=self.folder)

    @cached_property
    def passkeys(self) -> Passkeys:
        """Passkeys of people's devices."""
        address = self.settings.http.public_address
        return open_passkeys(self.access, address, office=self.issuing.name)

    @cached_property
    def people(self) -> People:
        """Users as operators keep them."""
        return People(access=self.access, exporters=self.exporters)

    @cached_property
    def factors(self) -> Factors:
        """Second factors of people, and codes for lost ones."""
        return Factors(access=self.access, office=self.issuing.name)

    @cached_property
    def officers(self) -> Officers:
        """Offices, posts and training."""
        return Officers(self.procedure)

    @cached_property
    def refusals(self) -> Refusals:
        """Refusals shared with every issuer."""
        return Refusals()

    @cached_property
    def consents(self) -> Consents:
        """Who let what go abroad."""
        return Consents()

    @cached_property
    def approvals(self) -> Approvals:
        """Approved exporters."""
        scheme = load_scheme(self.issuing.country)
        return Approvals(scheme, country=self.issuing.country, office=self.issuing.code)

    @cached_property
    def applying(self) -> Applying:
        """How companies apply for approval."""
        return Applying(self.approvals, self.exporters)

    @cached_property
    def deciding(self) -> Deciding:
        """How approval is decided."""
        return Deciding(self.approvals, self.applying)

    @cached_property
    def keeping(self) -> Keeping:
        """How an approval is kept up."""
        return Keeping(self.approvals)

    @cached_property
    def ending(self) -> Ending:
        """How an approval ends."""
        return Ending(self.approvals)

    @cached_property
    def listings(self) -> Listings:
        """Lists of applicants by the published formula."""
        return Listings(self.approvals, self.exporters, RecordedTallies())

    @cached_property
    def waivers(self) -> Waivers:
        """Reviews that the rules waive."""
        return Waivers(self.approvals)
