"""Asks a register behind a service, over HTTP by the contract; the office's only HTTP client.

What a service cannot say, says badly, or does not say in time is unknown, with the reason.
"""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from pathlib import Path

import httpx2
import structlog
from pydantic import ValidationError

from ooms.crosschecks.contract import AnswerBody, AskedBody
from ooms.crosschecks.model import Asking, Judged, Said, Source, Verdict

log = structlog.get_logger(__name__)

MAX_ANSWER_BYTES = 1024 * 1024  # two hundred hits are some hundred kilobytes
_OK = 200

#: What the client raises, most specific first, and what it means to whoever reads the answer.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "no connection in time"),
    (httpx2.TimeoutException, "no answer in time"),
    (httpx2.ConnectError, "no connection"),
    (httpx2.TransportError, "the connection broke"),
    (httpx2.HTTPError, "the exchange failed"),
    (ssl.SSLError, "no trusted connection"),
    (OSError, "no connection, or the token or authority cannot be read"),
)
_FAILURES = tuple(kind for kind, _ in _REASONS)


@dataclass(frozen=True, slots=True)
class Service:
    """Where a register is asked, and how we prove who asks."""

    url: str
    timeout_seconds: float
    #: A file with the bearer token; read for each question, so that a new one counts at once.
    token_file: Path | None = None
    #: Certificates (PEM) of the authorities that count; the system's when there is none.
    authority_file: Path | None = None


class _UnansweredError(Exception):
    """The service gave no answer that counts; its words say why."""


class HttpConnector:
    """Asks one service."""

    def __init__(self, service: Service) -> None:
        """Ask at that address."""
        self._service = service

    def ask(self, asking: Asking) -> Said:
        """Post the question and read the answer.

        1. Post, and read no more and no longer than an answer may be.
        2. Hold the answer to the contract, and to the question that it answers.
        """
        try:
            content = self._post(AskedBody.of(asking).model_dump_json().encode())  # 1
            answer = _read(content, asking)  # 2
        except _UnansweredError as failed:
            log.warning(
                "crosscheck.ask.unanswered",
                kind=asking.kind.value,
                request_id=asking.request_id,
                reason=str(failed),
            )
            return Said(Source.HTTP, Judged(Verdict.UNKNOWN, f"the service: {failed}"))
        return answer.said()

    def _post(self, content: bytes) -> bytes:
        service = self._service
        deadline = time.monotonic() + service.timeout_seconds
        try:
            with (
                self._client() as client,
                client.stream("POST", service.url, content=content) as response,
            ):
                if response.status_code != _OK:
                    raise _UnansweredError(f"status {response.status_code}")
                return _body(response, deadline)
        except _FAILURES as error:
            words = next(words for kind, words in _REASONS if isinstance(error, kind))
            raise _UnansweredError(words) from error

    def _client(self) -> httpx2.Client:
        service = self._service
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
        }
        if service.token_file is not None:
            token = service.token_file.read_text("utf-8").strip()
            headers["Authorization"] = f"Bearer {token}"
        authorities = str(service.authority_file) if service.authority_file else None
        return httpx2.Client(
            verify=ssl.create_default_context(cafile=authorities),
            trust_env=False,  # no proxies and no authorities from the environment
            follow_redirects=False,
            timeout=service.timeout_seconds,
            headers=headers,
        )


def _body(response: httpx2.Response, deadline: float) -> bytes:
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise _UnansweredError(f"the answer exceeds {MAX_ANSWER_BYTES} bytes")
        if time.monotonic() > deadline:
            raise _UnansweredError("the answer came too slowly")
    return bytes(body)


def _read(content: bytes, asking: Asking) -> AnswerBody:
    try:
        answer = AnswerBody.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        raise _UnansweredError(f"the answer breaks the contract at /{place}") from error
    mismatch = answer.mismatch(asking, now=asking.at)
    if mismatch:
        raise _UnansweredError(f"the answer {mismatch}")
    return answer
