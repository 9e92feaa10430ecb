"""The certificate as the office stores it: the contract's JSON, written and read by the gateway."""

from __future__ import annotations

from typing import Any

from eodes.domain import record
from eodes.domain.certificate import Certificate


def write_document(certificate: Certificate) -> dict[str, Any]:
    """Write a certificate as its JSON document."""
    document: dict[str, Any] = record.write(certificate)
    return document


def read_document(document: dict[str, Any]) -> Certificate:
    """Read a certificate from the document that this office stored."""
    return record.read(Certificate, document)
