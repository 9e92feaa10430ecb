"""Timestamps of an outside authority (RFC 3161), for seals that prove when they were made."""

from __future__ import annotations

from asn1crypto import tsp
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError

TIMEOUT_SECONDS = 10


def timestamper(url: str) -> TimeStamper:
    """Ask the authority at an address for a token each time a document is sealed."""
    return _Authority(url, timeout=TIMEOUT_SECONDS)


class _Authority(HTTPTimeStamper):
    """Asks over HTTP, and takes nonsense for no answer."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask for a token.

        Raises:
            TimestampRequestError: nobody answered, or what came is no answer.

        """
        try:
            answer = await super().async_request_tsa_response(req)
            # Parsed here and whole: otherwise nonsense shows in the midst of sealing.
            answer.native  # noqa: B018
        except ValueError as error:
            raise TimestampRequestError("the answer is no timestamp") from error
        return answer
