"""TLS of both directions: who we are, and whose certificates count; never the system's list."""

from __future__ import annotations

import ssl
from collections.abc import Iterable

from eodes.errors import ConfigurationError
from eodes.settings import ClientCertificates, Keys, Settings


def server_context(
    settings: Settings, *, client_authorities: Iterable[bytes], asks_for_certificates: bool = True
) -> ssl.SSLContext:
    """Make the listener's context; partners are known by the authorities of their cards.

    Certificates are asked for unless the settings or the node's own profile turn that off, which
    is for nodes behind a proxy that asks for them; then only signatures tell who sends.

    Raises:
        ConfigurationError: our TLS key or certificate cannot be read.

    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    _show(context, settings.keys)
    is_required = settings.server.client_certificates is ClientCertificates.REQUIRED
    if is_required and asks_for_certificates:
        # With no authority yet nobody gets in, which is right: nobody is a partner yet.
        context.verify_mode = ssl.CERT_REQUIRED
        trust_authorities(context, authorities=client_authorities)
    return context


def client_context(keys: Keys, *, authorities: Iterable[bytes]) -> ssl.SSLContext:
    """Make the context for calling one partner: only that partner's authorities count.

    Raises:
        ConfigurationError: our TLS key or certificate cannot be read.

    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # asks for a certificate and its host name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _show(context, keys)
    trust_authorities(context, authorities=authorities)
    return context


def trust_authorities(context: ssl.SSLContext, *, authorities: Iterable[bytes]) -> None:
    """Let a context, also one in use, accept what further authorities vouched for.

    It counts from the next handshake.  There is no way to take an authority out again: that needs
    a new context, and the trust register names the partner of each certificate anyway.
    """
    for der in authorities:
        context.load_verify_locations(cadata=der)


def _show(context: ssl.SSLContext, keys: Keys) -> None:
    try:
        context.load_cert_chain(keys.tls_certificate, keys.tls_key)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            file=keys.tls_certificate,
            problem=f"cannot be used for TLS with {keys.tls_key} ({error})",
        ) from error
