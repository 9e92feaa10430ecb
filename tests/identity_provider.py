"""An identity provider for the tests: Authlib's own, over HTTP, in a process of its own.

`python tests/identity_provider.py PORT` serves it.  It asks for PKCE and for the client's secret,
takes registered callbacks only, and hands a code out once.  `POST /behavior` tells it how to
deviate: other claims, another algorithm, a fresh key.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import sys
import time
from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID = "ooms-office"
CLIENT_SECRET = "heron-among-reeds"
SECONDS = 300


class OneClient(ClientMixin):  # type: ignore[misc]  # Authlib ships no types
    """The office, as it is registered."""

    def __init__(self, callback: str) -> None:
        self.callback = callback

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return self.callback

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.callback

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    """A code that was handed out, and what it was handed out for."""

    code: str
    redirect_uri: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return "openid"


class Provider:
    """What the provider knows: its keys, the codes it handed out, and how it deviates."""

    def __init__(self, issuer: str, callback: str) -> None:
        self.issuer = issuer
        self.client = OneClient(callback)
        self.codes: dict[str, Code] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
        self.behavior: dict[str, Any] = {}
        self.asked: dict[str, int] = {}

    def id_token(self, code: Code) -> str:
        """Write the token, with what the test wants otherwise."""
        now = self.behavior.get("now", int(time.time()))
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "person-1",
            "nonce": code.nonce,
            "iat": now,
            "exp": now + SECONDS,
        }
        claims |= self.behavior.get("claims", {})
        claims = {name: value for name, value in claims.items() if value is not None}
        algorithm = self.behavior.get("alg", "RS256")
        head = {"alg": algorithm, "kid": self.key.kid}
        if algorithm in ("HS256", "none"):
            return self._by_hand(head, claims)
        key = RSAKey.generate_key(2048) if self.behavior.get("forged") else self.key
        return jwt.encode(head, claims, key, algorithms=[algorithm])

    def _by_hand(self, head: dict[str, Any], claims: dict[str, Any]) -> str:
        """Sign by our public key as a shared secret, or not at all: no library does either."""
        text = ".".join(_coded(json.dumps(part).encode()) for part in (head, claims))
        secret = self.key.as_pem(private=False)
        made = hmac.digest(secret, text.encode(), "sha256") if head["alg"] == "HS256" else b""
        return f"{text}.{_coded(made)}"


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]  # as above
    """Authlib's grant over the codes of this process."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)
    provider: Provider

    def save_authorization_code(self, code: str, request: Any) -> None:
        asked = request.payload.data
        self.provider.codes[code] = Code(
            code,
            asked["redirect_uri"],
            asked.get("nonce", ""),
            asked["code_challenge"],
            asked["code_challenge_method"],
        )

    def query_authorization_code(self, code: str, client: Any) -> Code | None:
        return self.provider.codes.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.provider.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> str:
        return "person-1"

    def create_token_response(self) -> tuple[int, dict[str, Any], Any]:
        code = self.request.authorization_code
        status, body, headers = super().create_token_response()
        return status, body | {"id_token": self.provider.id_token(code)}, headers


def make_app(provider: Provider) -> Flask:
    """Make the provider's application."""
    app = Flask(__name__)
    server = AuthorizationServer(
        app, query_client=lambda _id: provider.client, save_token=lambda _token, _request: None
    )
    CodeGrant.provider = provider
    server.register_grant(CodeGrant, [CodeChallenge(required=True)])

    @app.before_request
    def count() -> None:
        provider.asked[request.path] = provider.asked.get(request.path, 0) + 1

    @app.get("/.well-known/openid-configuration")
    def describe() -> Any:
        described = {
            "issuer": provider.issuer,
            "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token",
            "jwks_uri": f"{provider.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        return jsonify(described | provider.behavior.get("described", {}))

    @app.get("/jwks")
    def keys() -> Any:
        return jsonify(KeySet([provider.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        grant = server.get_consent_grant(end_user="person-1")
        return server.create_authorization_response(grant=grant, grant_user="person-1")

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    add_controls(app, provider)
    return app


def add_controls(app: Flask, provider: Provider) -> None:
    """Let a test ask what was asked, and tell the provider how to deviate."""

    @app.get("/asked")
    def asked() -> Any:
        return jsonify(provider.asked)

    @app.post("/behavior")
    def behave() -> Any:
        provider.behavior = dict(request.get_json())
        if provider.behavior.get("roll"):
            provider.key = RSAKey.generate_key(
                2048, {"kid": f"after-{provider.key.kid}", "use": "sig"}
            )
        return jsonify({})


def main() -> None:
    """Serve on the port and for the callback that the command line names."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP on this machine alone
    port, callback = int(sys.argv[1]), sys.argv[2]
    provider = Provider(f"http://127.0.0.1:{port}", callback)
    make_app(provider).run("127.0.0.1", port, threaded=True)


if __name__ == "__main__":
    main()
