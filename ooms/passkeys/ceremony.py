"""The two ceremonies of WebAuthn (W3C, Level 3): a passkey is made, and a passkey signs.

The owner is verified by the device each time, by finger, face or PIN: so a passkey is two factors.
Who made the device is not asked: any authenticator will do.  The counter of signatures is judged
where it is kept, so that a copied key is told apart from a wrong signature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ooms.access.model import User
from ooms.passkeys.model import Made, Passkey, RelyingParty, Shown, Unfounded

_VERIFIED = UserVerificationRequirement.REQUIRED
#: How long a device waits for its owner; a hint to browsers.
_MILLISECONDS = 120_000
#: What parsing and verifying raise when a stranger sends something else.
_BROKEN = (WebAuthnException, ValueError, TypeError)


def to_make(
    party: RelyingParty, user: User, *, challenge: bytes, known: Iterable[Passkey]
) -> dict[str, Any]:
    """Write what a browser needs to have a passkey made, on a device that has none of these."""
    return options_to_json_dict(
        generate_registration_options(
            rp_id=party.id,
            rp_name=party.name,
            user_id=user.id.encode(),
            user_name=user.login,
            user_display_name=user.name,
            challenge=challenge,
            timeout=_MILLISECONDS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
            ),
            exclude_credentials=_described(known),
        )
    )


def to_sign(
    party: RelyingParty, *, challenge: bytes, known: Iterable[Passkey] = ()
) -> dict[str, Any]:
    """Write what a browser needs to have a challenge signed, by one of these or by any."""
    return options_to_json_dict(
        generate_authentication_options(
            rp_id=party.id,
            challenge=challenge,
            timeout=_MILLISECONDS,
            allow_credentials=_described(known),
            user_verification=_VERIFIED,
        )
    )


def challenge_in(credential: Mapping[str, Any]) -> bytes | Unfounded:
    """Read which challenge an answer is to; nothing else of it is believed yet."""
    try:
        data = base64url_to_bytes(credential["response"]["clientDataJSON"])
        return bytes(parse_client_data_json(data).challenge)
    except _BROKEN as error:
        return Unfounded(f"it is no answer of an authenticator ({type(error).__name__})")


def made(
    credential: Mapping[str, Any], *, party: RelyingParty, challenge: bytes
) -> Made | Unfounded:
    """Judge what a device answered that made a passkey."""
    try:
        verified = verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _BROKEN as error:
        return Unfounded(_reason(error))
    return Made(
        bytes_to_base64url(verified.credential_id),
        bytes_to_base64url(verified.credential_public_key),
        verified.sign_count,
    )


def shown(
    credential: Mapping[str, Any], *, party: RelyingParty, challenge: bytes, passkey: Passkey
) -> Shown | Unfounded:
    """Judge what a device answered that signed a challenge."""
    owner = credential["response"].get("userHandle")
    try:
        verified = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
        if owner and base64url_to_bytes(owner) != passkey.user_id.encode():
            return Unfounded("the passkey is kept for somebody else")
    except _BROKEN as error:
        return Unfounded(_reason(error))
    return Shown(verified.new_sign_count)


def _described(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.handle)) for one in known]


def _reason(error: Exception) -> str:
    return f"the answer of the authenticator is refused ({type(error).__name__}: {error})"
