"""The rows of trust: partners, their pins, and the version that counts every change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from sqlalchemy import Connection, RowMapping, insert, select, update

from eodes.domain.partner import Profile
from eodes.errors import UnknownPartnerError
from eodes.store import tables
from eodes.trust.registry import Partner, TrustRegistry
from eodes.wire.keyring import pin_key
from eodes.wire.signature import PinnedKey

_VERSION = select(tables.trust_version.c.version)

SIGNING = "SIGNING"
TLS = "TLS"


@dataclass(frozen=True, slots=True)
class NewPin:
    """A certificate to be trusted from now on."""

    sha256: str
    purpose: str
    certificate: bytes
    valid_from: datetime
    valid_until: datetime


class TrustRows:
    """The trust register within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def version(self) -> int:
        """Return the version of the register; every change adds one."""
        current = self._connection.execute(_VERSION).scalar()
        return int(current or 0)

    def load(self, profiles: Mapping[str, Profile]) -> TrustRegistry:
        """Read the whole register into one picture."""
        seen = self.version()
        rows = self._connection.execute(select(tables.partner)).mappings().all()
        pins = self._connection.execute(select(tables.pin)).mappings().all()
        partners = {
            row["authority"]: Partner(
                authority=row["authority"],
                profile=profiles[row["profile"]],
                endpoint=row["endpoint"],
                tls_authorities=tuple(
                    pin["certificate"]
                    for pin in pins
                    if pin["authority"] == row["authority"] and pin["purpose"] == TLS
                ),
                suspended_until=row["suspended_until"],
                suspended_reason=row["suspended_reason"] or "",
            )
            for row in rows
            if row["profile"] in profiles
        }
        keys = {
            bytes.fromhex(pin["sha256"]): _key(pin, partners[pin["authority"]].profile)
            for pin in pins
            if pin["purpose"] == SIGNING and pin["authority"] in partners
        }
        return TrustRegistry(version=seen, partners=partners, keys=keys)

    def put_partner(  # noqa: PLR0913  # a card's facts, each by its name
        self,
        *,
        authority: str,
        profile: str,
        endpoint: str,
        card: bytes,
        pins: tuple[NewPin, ...],
        now: datetime,
    ) -> None:
        """Trust a partner from its card; a known one gets the new endpoint and further pins."""
        known = self._connection.execute(
            update(tables.partner)
            .where(tables.partner.c.authority == authority)
            .values(profile=profile, endpoint=endpoint, card=card)
        ).rowcount
        if not known:
            self._connection.execute(
                insert(tables.partner).values(
                    authority=authority, profile=profile, endpoint=endpoint, card=card, added_at=now
                )
            )
        held = set(self._connection.execute(select(tables.pin.c.sha256)).scalars())
        for pin in pins:
            if pin.sha256 not in held:
                self._connection.execute(
                    insert(tables.pin).values(
                        sha256=pin.sha256,
                        authority=authority,
                        purpose=pin.purpose,
                        certificate=pin.certificate,
                        valid_from=pin.valid_from.astimezone(UTC),
                        valid_until=pin.valid_until.astimezone(UTC),
                    )
                )
        self.count_change()

    def cards(self) -> Mapping[str, bytes]:
        """Return the card that each partner is trusted by."""
        partner = tables.partner.c
        rows = self._connection.execute(select(partner.authority, partner.card))
        return {row.authority: bytes(row.card or b"") for row in rows}

    def holders(self, sha256s: Collection[str]) -> Mapping[str, str]:
        """Tell which authority each of some certificates is pinned for, where it is pinned."""
        pin = tables.pin.c
        rows = self._connection.execute(
            select(pin.sha256, pin.authority).where(pin.sha256.in_(sha256s))
        )
        return {row.sha256: row.authority for row in rows}

    def revoke(self, *, sha256: str, now: datetime) -> bool:
        """Stop trusting a certificate from now on; what it signed before stays good."""
        done = self._connection.execute(
            update(tables.pin)
            .where(tables.pin.c.sha256 == sha256, tables.pin.c.revoked_at.is_(None))
            .values(revoked_at=now)
        ).rowcount
        if done:
            self.count_change()
        return bool(done)

    def suspend(self, authority: str, *, until: datetime | None, reason: str) -> None:
        """Hold back sending to a partner until an instant; None takes it up again.

        Raises:
            UnknownPartnerError: this node does not exchange with the authority.

        """
        done = self._connection.execute(
            update(tables.partner)
            .where(tables.partner.c.authority == authority)
            .values(suspended_until=until, suspended_reason=reason)
        ).rowcount
        if not done:
            raise UnknownPartnerError(authority=authority)
        self.count_change()

    def note_capability(self, authority: str, capability: object) -> None:
        """Keep what a partner said that it can do."""
        self._connection.execute(
            update(tables.partner)
            .where(tables.partner.c.authority == authority)
            .values(capability=capability)
        )

    def count_change(self) -> None:
        """Make every worker look at the register again."""
        changed = self._connection.execute(
            update(tables.trust_version).values(version=tables.trust_version.c.version + 1)
        ).rowcount
        if not changed:
            self._connection.execute(insert(tables.trust_version).values(only=1, version=1))


def _key(pin: RowMapping, profile: Profile) -> PinnedKey:
    return pin_key(
        x509.load_der_x509_certificate(pin["certificate"]),
        authority=pin["authority"],
        allowed=profile.wire.algorithms,
        revoked_at=pin["revoked_at"],
    )
