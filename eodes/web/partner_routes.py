"""What partners call: one route, one signed document in, one signed document out."""

from __future__ import annotations

import asyncio
import zlib
from http import HTTPStatus
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from eodes.domain.verdict import Refusal
from eodes.errors import StoreBusyError
from eodes.exchange.receive import Receiving, Unattributed
from eodes.web.problems import problem
from eodes.web.tls_protocol import client_certificate

XML: Final = "application/xml"
#: Rounds of judging again after the trust register changed under a message.
MAX_ROUNDS: Final = 4
RETRY_AFTER_SECONDS: Final = 5

log = structlog.get_logger(__name__)


class _TooLargeError(Exception):
    """The body is longer than any document may be."""


class _NotGzipError(Exception):
    """The body does not inflate."""


def partner_route(receiving: Receiving) -> Route:
    """Make the one route of the partner API.

    It is the one asynchronous route: it judges inline and waits for the committer's group.  It is
    Starlette's, without the framework's reading of parameters, which here would cost a tenth of
    everything and has nothing to read.
    """
    limit = receiving.judge.own.wire.max_document_bytes

    async def receive_message(request: Request) -> Response:
        """Take one signed message and answer with a signed acknowledgement or refusal.

        1. Refuse what is no XML document or too long, before it is read whole.
        2. Name the partner whose certificate opened the connection.
        3. Judge, record, and answer after the commit.
        """
        if _media_type(request) != XML:  # 1
            return problem(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                Refusal("ENV-MEDIA-TYPE", "Send one XML document as application/xml."),
            )
        try:
            document = await _document(request, receiving, limit=limit)
        except _TooLargeError:
            return problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                Refusal("ENV-TOO-LARGE", f"A document has at most {limit} bytes."),
            )
        except _NotGzipError:
            return problem(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                Refusal(
                    "ENV-CONTENT-ENCODING", "Send the document as it is, or in gzip if agreed."
                ),
            )
        der = client_certificate(request.scope)  # 2
        connected_as = receiving.trust.current().holder_of_client_certificate(der) if der else None
        return await _receive(receiving, document, connected_as)  # 3

    return Route("/partner/v1/messages", receive_message, methods=["POST"])


async def _receive(receiving: Receiving, document: bytes, connected_as: str | None) -> Response:
    for _ in range(MAX_ROUNDS):
        outcome = receiving.receive(document, connected_as=connected_as)
        if isinstance(outcome, Unattributed):
            return problem(_status_of(outcome.refusal), outcome.refusal)
        if outcome is None:
            break
        try:
            answer = await asyncio.wrap_future(outcome)
        except StoreBusyError:
            break
        if answer is not None:
            return Response(answer, media_type=XML)
        # Trust changed between judging and recording: judge by what holds now.
        receiving.trust.refresh()
    log.warning("message.receive.busy", partner=connected_as)
    busy = Refusal(
        "SYS-BUSY",
        "The message could not be recorded now; send the same bytes again.",
        retryable=True,
    )
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE, busy, headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
    )


def _status_of(refusal: Refusal) -> HTTPStatus:
    """Choose the status for a document from nobody we know."""
    if refusal.code == "ENV-TOO-LARGE":
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if refusal.code.startswith(("SIG-", "AUT-")):
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.BAD_REQUEST


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _document(request: Request, receiving: Receiving, *, limit: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _TooLargeError
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    is_gzip = encoding == "gzip" and receiving.judge.own.wire.accepts_gzip
    if encoding != "identity" and not is_gzip:
        raise _NotGzipError
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _TooLargeError
        chunks.append(chunk)
    body = b"".join(chunks)
    return _inflate(body, limit=limit) if is_gzip else body


def _inflate(body: bytes, *, limit: int) -> bytes:
    """Inflate within a limit: a bomb costs no more than the longest document."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        document = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise _NotGzipError from error
    if len(document) > limit:
        raise _TooLargeError
    if not inflater.eof or inflater.unused_data:
        raise _NotGzipError
    return document
