"""Say something to a partner: queued with the step that says it, or refused in words."""

from __future__ import annotations

from eodes.api import Gateway
from eodes.errors import UnknownPartnerError, UnpreparableError
from ooms.db import Transaction
from ooms.errors import Flaw, NotSendableError
from ooms.gateway.unsendable import unsendable


def say(gateway: Gateway, body: object, *, to: str, within: Transaction) -> str:
    """Queue a message; returns its id.

    Raises:
        NotSendableError: the partner could not take the message, or we exchange with none such.

    """
    try:
        return gateway.enqueue(body, to=to, within=within).message_id
    except UnpreparableError as error:
        raise unsendable(error, to=to) from error
    except UnknownPartnerError as error:
        raise NotSendableError(Flaw("/partner", str(error)), partner=to) from error
