"""One step of a verification over HTTP; the answer is the verification as it stands after it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Response
from pydantic import BaseModel

from ooms.access.dependencies import Call
from ooms.access.model import Action, User
from ooms.db import Work
from ooms.verifications.model import Verification
from ooms.verifications.shown import VerificationOut

Step = Callable[[Work, User], Verification]


def take(
    call: Call,
    body: BaseModel | None,
    step: Step,
    *,
    action: Action = Action.VERIFY,
    status: int = 200,
) -> Response:
    """Take a step, once for each idempotency key, and show what it led to."""
    return call.write(
        action, body, lambda work, by: VerificationOut.of(step(work, by)), status=status
    )
