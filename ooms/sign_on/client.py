"""Talks to an identity provider: its description, its keys, and the exchange of a code.

The address of everything comes from the provider's own description (OpenID Connect Discovery 1.0),
which is believed only when it names the issuer of the settings.  Nothing is redirected, nothing
is read past a limit, and no proxy or credential of the environment is used.
"""

from __future__ import annotations

import base64
import json
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import httpx2
from authlib.oauth2.rfc6749.parameters import prepare_token_request

from ooms.sign_on.model import Provider
from ooms.sign_on.refusals import ProviderError

TIMEOUT_SECONDS = 10.0
MAX_ANSWER_BYTES = 262_144  # descriptions and key sets are some kilobytes
DESCRIPTION_LASTS = timedelta(hours=1)
#: An unknown key is looked for again at most this often, whoever sends tokens that name one.
KEYS_REST = timedelta(minutes=1)
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST_WORD = 60  # error codes of OAuth 2.0 are half as long
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Description:
    """What a provider says of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    takes_basic: bool
    names_itself: bool


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a provider gave for a code."""

    id_token: str
    access_token: str


class ProviderClient(Protocol):
    """What the service needs of a provider."""

    provider: Provider

    def description(self, *, now: datetime) -> Description:
        """Return what the provider says of itself."""
        ...

    def keys(self, *, now: datetime, anew: bool = False) -> tuple[Mapping[str, Any], ...]:
        """Return the provider's keys."""
        ...

    def exchange(self, code: str, *, verifier: str, now: datetime) -> Exchanged | str:
        """Exchange a code, or tell why the provider did not."""
        ...


class HttpProviderClient:
    """One provider over HTTP; threads may share it."""

    def __init__(self, provider: Provider) -> None:
        """Keep what was fetched for a while."""
        self.provider = provider
        self._lock = threading.Lock()
        self._described: tuple[datetime, Description] | None = None
        self._keys: tuple[datetime, tuple[Mapping[str, Any], ...]] | None = None

    def description(self, *, now: datetime) -> Description:
        """Return what the provider says of itself.

        Raises:
            ProviderError: it did not answer, or describes another issuer.

        """
        with self._lock:
            kept = self._described
        if kept and now - kept[0] < DESCRIPTION_LASTS:
            return kept[1]
        address = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        described = self._read(self._get(address))
        with self._lock:
            self._described = (now, described)
        return described

    def keys(self, *, now: datetime, anew: bool = False) -> tuple[Mapping[str, Any], ...]:
        """Return the provider's keys; anew only when the last look is long enough ago.

        Raises:
            ProviderError: it did not answer, or with no set of keys.

        """
        with self._lock:
            kept = self._keys
        if kept and now - kept[0] < (KEYS_REST if anew else DESCRIPTION_LASTS):
            return kept[1]
        found = self._get(self.description(now=now).jwks_uri).get("keys")
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._problem("publishes no set of keys")
        with self._lock:
            self._keys = (now, tuple(found))
        return tuple(found)

    def exchange(self, code: str, *, verifier: str, now: datetime) -> Exchanged | str:
        """Exchange a code for tokens, or tell why the provider did not.

        Raises:
            ProviderError: it did not answer, or not as OAuth 2.0 has it.

        """
        described, provider = self.description(now=now), self.provider
        asked = {"code": code, "code_verifier": verifier, "client_id": provider.client_id}
        headers = dict(_FORM)
        if provider.client_secret is not None and described.takes_basic:
            headers["Authorization"] = _basic(provider.client_id, provider.client_secret)
        elif provider.client_secret is not None:
            asked["client_secret"] = provider.client_secret
        body = prepare_token_request(
            "authorization_code", redirect_uri=provider.redirect_uri, **asked
        )
        status, answer = self._ask("POST", described.token_endpoint, body=body, headers=headers)
        if status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            raise self._problem(f"answered {status}")
        id_token, access_token = answer.get("id_token"), answer.get("access_token")
        if status != httpx2.codes.OK:
            return f"the provider took no code ({_word(answer.get('error'))})"
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            return "the provider gave no ID token"
        return Exchanged(id_token, access_token)

    def _read(self, told: Mapping[str, Any]) -> Description:
        if told.get("issuer") != self.provider.issuer:
            raise self._problem("describes another issuer than the settings name")
        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Description(
            authorization_endpoint=self._endpoint(told, "authorization_endpoint"),
            token_endpoint=self._endpoint(told, "token_endpoint"),
            jwks_uri=self._endpoint(told, "jwks_uri"),
            takes_basic="client_secret_basic" in methods,
            names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        )

    def _endpoint(self, told: Mapping[str, Any], key: str) -> str:
        address = told.get(key)
        if not isinstance(address, str) or not is_safe(address):
            raise self._problem(f"describes no safe {key}")
        return address

    def _get(self, address: str) -> dict[str, Any]:
        status, answer = self._ask("GET", address)
        if status != httpx2.codes.OK:
            raise self._problem(f"answered {status}")
        return answer

    def _ask(
        self, way: str, address: str, *, body: str = "", headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        try:
            with (
                httpx2.Client(
                    timeout=TIMEOUT_SECONDS, trust_env=False, verify=self._trust()
                ) as client,
                client.stream(way, address, content=body, headers=headers) as answer,
            ):
                return answer.status_code, self._parsed(answer)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise self._problem(f"did not answer ({type(error).__name__})") from error

    def _parsed(self, answer: httpx2.Response) -> dict[str, Any]:
        taken = bytearray()
        for part in answer.iter_bytes():
            taken += part
            if len(taken) > MAX_ANSWER_BYTES:
                raise self._problem("answered without end")
        try:
            told = json.loads(bytes(taken))
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.provider.tls_authority:
            context.load_verify_locations(self.provider.tls_authority)
        return context

    def _problem(self, problem: str) -> ProviderError:
        return ProviderError(provider=self.provider.name, problem=problem)


def is_safe(address: str) -> bool:
    """Tell whether an address is HTTPS, or a test's on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)


def _basic(name: str, secret: str) -> str:
    """RFC 6749, section 2.3.1: both are form-encoded before they are joined."""
    pair = f"{quote(name, safe='')}:{quote(secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _word(error: object) -> str:
    """Return an error code of OAuth 2.0 as it is; whatever else was sent is not repeated."""
    is_code = (
        isinstance(error, str) and error.replace("_", "").isalpha() and len(error) < _LONGEST_WORD
    )
    return str(error) if is_code else "no error code"
