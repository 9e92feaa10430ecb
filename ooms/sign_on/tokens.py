"""Judges an ID token: OpenID Connect Core 1.0, section 3.1.3.7, with every choice pinned.

Authlib judges the claims, joserfc the signature.  Only the algorithms that the settings name are
taken, all of them asymmetric; a key that is too short or of another use verifies nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey, import_key

from ooms.sign_on.model import Claims, Provider

LEEWAY_SECONDS = 60  # clocks that are kept differ by less
MAX_TOKEN = 16_384  # characters; an ID token is about one thousand
MAX_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
LEAST_RSA_BITS = 2048  # RFC 7518, section 3.3
_TAKEN = (RSAKey, ECKey, OKPKey)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say, besides being the provider's."""

    nonce: str
    access_token: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Untrusted:
    """The token is not believed, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """The token names a key that is not among the provider's as we know them."""

    key_id: str


def judge(
    token: str, *, provider: Provider, keys: Sequence[Mapping[str, Any]], expected: Expected
) -> Claims | Untrusted | UnknownKey:
    """Judge an ID token.

    1. Its head names one of the pinned algorithms, and a key that the provider publishes.
    2. The signature is that key's.
    3. Issuer, audience, authorized party, times, nonce and access token are as they must be.
    """
    if len(token) > MAX_TOKEN:
        return Untrusted("the token is too long")
    try:
        head = jws.extract_compact(token.encode()).headers()  # 1
        if head.get("alg") not in provider.algorithms:
            return Untrusted("the token is signed by an algorithm that is not taken")
        key = _chosen(head.get("kid"), keys)
        if key is None:
            return UnknownKey(str(head.get("kid", "")))
        algorithms = list(provider.algorithms)
        signed = jwt.decode(token, key, algorithms=algorithms)  # 2
        said = _judged(signed, provider, expected=expected)  # 3
    except (JoseError, ValueError) as error:
        return Untrusted(f"the token is refused ({type(error).__name__}: {error})")
    return said


def _chosen(
    key_id: object, published: Sequence[Mapping[str, Any]]
) -> RSAKey | ECKey | OKPKey | None:
    """Choose the key that a token names; one that names none is the only key's, if there is one."""
    usable = [one for one in published if one.get("use", "sig") == "sig"]
    named = [one for one in usable if one.get("kid") == key_id] if key_id is not None else usable
    if len(named) != 1:
        return None
    key = import_key(dict(named[0]))
    return key if isinstance(key, _TAKEN) and _is_long_enough(key) else None


def _is_long_enough(key: RSAKey | ECKey | OKPKey) -> bool:
    return not isinstance(key, RSAKey) or key.public_key.key_size >= LEAST_RSA_BITS


def _judged(signed: jwt.Token, provider: Provider, *, expected: Expected) -> Claims | Untrusted:
    claims = CodeIDToken(
        signed.claims,
        signed.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "nonce": {"essential": True, "value": expected.nonce},
        },
        params={
            "client_id": provider.client_id,
            "nonce": expected.nonce,
            "access_token": expected.access_token,
        },
    )
    claims.validate(now=int(expected.now.timestamp()), leeway=LEEWAY_SECONDS)
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= MAX_SUBJECT:
        return Untrusted("the token names nobody")
    methods = claims.get("amr") or ()
    return Claims(
        issuer=provider.issuer,
        subject=subject,
        email=str(claims.get("email") or ""),
        is_email_verified=claims.get("email_verified") is True,
        acr=str(claims.get("acr") or ""),
        amr=tuple(str(one) for one in methods),
        authenticated_at=_moment(claims.get("auth_time"), now=expected.now),
    )


def _moment(told: object, *, now: datetime) -> datetime | None:
    """Read a moment of the past; one that lies ahead by a clock's fault is now."""
    if not isinstance(told, int | float) or isinstance(told, bool):
        return None
    return min(datetime.fromtimestamp(told, UTC), now)
