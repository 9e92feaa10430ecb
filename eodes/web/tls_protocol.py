"""Shows the client's TLS certificate to the application.

The server verifies client certificates but does not pass them on (as of uvicorn 0.54, requests
3132 and 3133 of September 2026 are open), so this protocol puts the certificate into the ASGI
scope, where the extension for TLS keeps it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "eodes.tls"


class TlsProtocol(HttpToolsProtocol):
    """HTTP/1.1 that tells who opened the connection."""

    def on_message_begin(self) -> None:
        """Start a request; its scope gets the certificate of the connection."""
        super().on_message_begin()
        tls = self.transport.get_extra_info("ssl_object")
        der = tls.getpeercert(binary_form=True) if tls is not None else None
        self.scope.setdefault("extensions", {})[EXTENSION] = {"client_certificate": der}


def client_certificate(scope: MutableMapping[str, Any]) -> bytes | None:
    """Return the client's certificate (DER) of the connection that a request came by."""
    extension = scope.get("extensions", {}).get(EXTENSION, {})
    der = extension.get("client_certificate")
    return der if isinstance(der, bytes) else None
