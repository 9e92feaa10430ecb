"""Evidence about one certificate: the pieces, who may see which, and the manifest over them.

A file of its own beside the register: nothing here knows where the pieces come from.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

FORMAT = "ooms-evidence/1"
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"


class Audience(StrEnum):
    """Who gets the bundle."""

    OWN = "own"
    OFFICE = "office"
    PARTNER = "partner"


class Secrecy(StrEnum):
    """Whose secret a piece is."""

    CERTIFIED = "CERTIFIED"  # what stands on the certificate, and what its partner has anyway
    COMPANY = "COMPANY"  # the exporter's goods, materials and costs (Decree 50(4))
    SUPPLIER = "SUPPLIER"  # what suppliers declared to the exporter
    IMPORTING_CUSTOMS = "IMPORTING_CUSTOMS"  # what the partner sent, with the importer's affairs
    OFFICE = "OFFICE"  # what the office found, and who did what


_S = Secrecy
#: What each audience sees; a piece of another kind is named among what is missing.
SEES: Mapping[Audience, frozenset[Secrecy]] = {
    Audience.OWN: frozenset({_S.CERTIFIED, _S.COMPANY, _S.SUPPLIER}),
    Audience.OFFICE: frozenset(Secrecy),
    Audience.PARTNER: frozenset({_S.CERTIFIED, _S.COMPANY, _S.IMPORTING_CUSTOMS}),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a bundle, what it is, and whose secret."""

    path: str
    role: str
    secrecy: Secrecy
    content: bytes


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not in a bundle, and why."""

    what: str
    because: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that went to or came from a partner, as exact bytes."""

    way: str
    message_id: str
    type: str
    partner: str
    document: bytes | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a bundle is about, and for whom it was made."""

    authority: str
    office: str
    agreement: str
    number: str
    issued_on: date
    audience: Audience
    made_on: date


def document_bytes(value: object) -> bytes:
    """Write a piece so that the same facts give the same bytes, and a person can read them."""
    return json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=False, indent=1).encode()


def _plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)


def shared(
    pieces: Iterable[Piece], missing: Iterable[Missing], *, audience: Audience
) -> tuple[tuple[Piece, ...], tuple[Missing, ...]]:
    """Keep what an audience sees, and name what is withheld from it."""
    every = sorted(pieces, key=lambda one: one.path)
    seen = SEES[audience]
    withheld = (
        Missing(one.path, f"withheld: {one.role}; {one.secrecy} is not for this audience")
        for one in every
        if one.secrecy not in seen
    )
    kept = tuple(one for one in every if one.secrecy in seen)
    return kept, tuple(sorted((*missing, *withheld), key=lambda one: one.what))


def write_manifest(heading: Heading, pieces: Iterable[Piece], missing: Iterable[Missing]) -> bytes:
    """Write the manifest: every file with its digest, and everything that is not there."""
    return document_bytes(
        {
            "format": FORMAT,
            "authority": heading.authority,
            "office": heading.office,
            "agreement": heading.agreement,
            "number": heading.number,
            "issued_on": heading.issued_on,
            "audience": heading.audience,
            "made_on": heading.made_on,
            "entries": [
                {
                    "path": one.path,
                    "role": one.role,
                    "secrecy": one.secrecy,
                    "size": len(one.content),
                    "sha256": hashlib.sha256(one.content).hexdigest(),
                }
                for one in pieces
            ],
            "missing": [{"what": one.what, "because": one.because} for one in missing],
        }
    )


def pack(files: Mapping[str, bytes], *, on: date) -> bytes:
    """Pack files so that the same files on the same day give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, date_time=(on.year, on.month, on.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def without_others(case: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return a case without what suppliers state of their own costs, and whether it had any."""
    found = False

    def hidden(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        nonlocal found
        kept = []
        for line in lines:
            found = found or line.get("statement") is not None
            own = {name: value for name, value in line.items() if name != "statement"}
            if own.get("made_from"):
                own["made_from"] = hidden(own["made_from"])
            kept.append(own)
        return kept

    veiled = dict(case) | {"materials": hidden(case.get("materials", ()))}
    return veiled, found
