"""Trusting a partner by its card, once a person has compared the fingerprints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cryptography import x509

from eodes.domain.partner import Profile
from eodes.domain.verdict import Refusal
from eodes.node.card import Card, CardCertificate, ReadCard, is_test_card
from eodes.store.trust_register import SIGNING, TLS, NewPin, TrustRows
from eodes.wire.keyring import judge_signing_certificate

Check = Callable[[Card, Profile, datetime], Refusal | None]


def trust_card(
    rows: TrustRows, *, read: ReadCard, profile: Profile, now: datetime, is_test: bool = False
) -> Refusal | None:
    """Trust a partner from its card, or say why not; nothing is written then.

    1. The card must be of our world: a test node trusts test nodes only, a real one real ones.
    2. The card must be of the authority that the profile describes.
    3. Its signing keys must be strong, in force, and among the profile's pins if there are any.
    4. Its TLS authorities must be authorities, and in force.
    5. None of its certificates may already speak for another partner.
    6. Write the partner and the pins; every worker looks at the register again.
    """
    card = read.card
    refusal = (
        _other_world(card, is_test=is_test)
        or judge_card(card, profile=profile, now=now)
        or _held_by_another(rows, card)
    )
    if refusal:
        return refusal
    pins = [_pin(one, SIGNING) for one in read.card.signing]
    pins += [_pin(one, TLS) for one in read.card.tls_authorities]
    rows.put_partner(
        authority=read.card.authority,
        profile=profile.code,
        endpoint=read.card.endpoint,
        card=read.document,
        pins=tuple(pins),
        now=now,
    )
    return None


def judge_card(card: Card, *, profile: Profile, now: datetime) -> Refusal | None:
    """Say why a card does not fit a profile, or None if it does."""
    found = (check(card, profile, now) for check in _CHECKS)
    return next((refusal for refusal in found if refusal), None)


def partners_of_other_world(rows: TrustRows, *, is_test: bool) -> tuple[str, ...]:
    """Name the partners whose card is of the other world: trusted before this node changed its."""
    return tuple(
        authority
        for authority, document in sorted(rows.cards().items())
        if is_test_card(document) != is_test
    )


def _other_world(card: Card, *, is_test: bool) -> Refusal | None:
    if card.test == is_test:
        return None
    here, there = ("test", "production") if is_test else ("production", "test")
    return Refusal(
        "AUT-CARD-WORLD",
        f"This is a {here} node and the card is of a {there} node; "
        f"ask {card.authority} for the card of its {here} node.",
    )


def _authority(card: Card, profile: Profile, _now: datetime) -> Refusal | None:
    if card.authority == profile.authority:
        return None
    return Refusal(
        "AUT-CARD-AUTHORITY",
        f"The card is {card.authority}'s and the profile {profile.code} is {profile.authority}'s; "
        "name the profile of the card's authority.",
    )


def _signing_keys(card: Card, profile: Profile, now: datetime) -> Refusal | None:
    found = (
        judge_signing_certificate(one.x509, allowed=profile.wire.algorithms, now=now)
        for one in card.signing
    )
    return next((refusal for refusal in found if refusal), None)


def _agreed_pins(card: Card, profile: Profile, _now: datetime) -> Refusal | None:
    agreed = {pin.sha256 for pin in profile.pins}
    strange = [one.sha256 for one in card.signing if one.sha256 not in agreed]
    if not agreed or not strange:
        return None
    return Refusal(
        "SIG-NOT-AGREED",
        f"The card carries the signing certificate {strange[0]}, which is no pin of the profile "
        f"{profile.code}; ask {profile.name} before you trust it.",
    )


def _tls_authorities(card: Card, _profile: Profile, now: datetime) -> Refusal | None:
    for one in card.tls_authorities:
        if now >= one.valid_until:
            said = f"ended on {one.valid_until:%Y-%m-%d}; ask for a new card"
        elif not _is_authority(one.x509):
            said = "is no certification authority; ask for a card with the one that issued it"
        else:
            continue
        return Refusal("SIG-TLS-AUTHORITY", f"The TLS authority {one.sha256} {said}.")
    return None


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


_CHECKS: tuple[Check, ...] = (_authority, _signing_keys, _agreed_pins, _tls_authorities)


def _held_by_another(rows: TrustRows, card: Card) -> Refusal | None:
    # Else a card could carry another partner's certificate and make its messages ours to judge.
    held = rows.holders([one.sha256 for one in (*card.signing, *card.tls_authorities)])
    for sha256, authority in held.items():
        if authority != card.authority:
            return Refusal(
                "AUT-CARD-HELD",
                f"The certificate {sha256} already speaks for {authority}; "
                "no certificate speaks for two partners.",
            )
    return None


def _pin(one: CardCertificate, purpose: str) -> NewPin:
    return NewPin(
        sha256=one.sha256,
        purpose=purpose,
        certificate=one.der,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
    )
