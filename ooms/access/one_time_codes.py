"""One-time codes of a second factor: TOTP (RFC 6238), six digits, steps of 30 seconds, SHA-1.

Those are the values that every authenticator app takes by default (RFC 6238, section 4 and 5.2).
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime

import pyotp

STEP_SECONDS = 30
SECRET_BYTES = 20  # RFC 4226, section 4, requirement 6: 160 bits are recommended
_STEPS_OFF = 1  # RFC 6238, section 5.2: at most one step for the delay on the way


def secret_of(noise: bytes) -> str:
    """Write fresh noise as a secret that a person can type."""
    return base64.b32encode(noise).decode()


def address_of(secret: str, *, login: str, office: str) -> str:
    """Write the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=login, issuer_name=office
    )


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Find the step of time that a code belongs to, or None when it belongs to none near now."""
    clock = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    near = range(current - _STEPS_OFF, current + _STEPS_OFF + 1)
    # Every step is compared, and each in constant time: how long it takes tells nothing.
    met = [step for step in near if hmac.compare_digest(clock.at(step * STEP_SECONDS), code)]
    return met[-1] if met else None
