"""Check a bundle of evidence without database or network: its digests, and who signed it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ooms.audit.model import Entry
from ooms.documents.signing import ALGORITHMS, Key, is_valid
from ooms.documents.trust import Trust
from ooms.registers.evidence import FORMAT, MANIFEST, SIGNATURE

#: A bundle has a few dozen files; what claims more, or unpacks to more, is none of ours.
MOST_FILES = 2_000
MOST_BYTES = 256 * 1024 * 1024
_BEGINS = b"PK\x03\x04"
_AUDIT = "audit.json"
_UNREADABLE = (zipfile.BadZipFile, ValueError, KeyError, TypeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of a bundle and what it found."""

    check: str
    passed: bool
    because: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a bundle says of itself, and whether that is true."""

    findings: tuple[Finding, ...]
    manifest: Mapping[str, Any]

    @property
    def is_good(self) -> bool:
        """Tell whether nothing speaks against the bundle."""
        return all(one.passed for one in self.findings)


def is_bundle(data: bytes) -> bool:
    """Tell whether a file may be a bundle."""
    return data.startswith(_BEGINS)


def sign(manifest: bytes, *, key: Key) -> bytes:
    """Sign a manifest with the office's key."""
    signed = {
        "algorithm": key.algorithm,
        "certificate": base64.b64encode(key.certificate_der).decode(),
        "value": base64.b64encode(key.sign(manifest)).decode(),
    }
    return json.dumps(signed, indent=1).encode()


def check_bundle(data: bytes, *, trust: Trust) -> Proof:
    """Check a bundle.

    1. Unpack it, within limits.
    2. The manifest is signed by a key that is trusted for the authority it names, and was valid.
    3. Every file is what the manifest says, and no file is there that it does not name.
    4. Every entry of the audit trail has the digest that the entry after it builds on.
    """
    try:
        files = _unpacked(data)  # 1
        manifest = json.loads(files[MANIFEST])
        if manifest["format"] != FORMAT:
            raise ValueError(manifest["format"])
        findings = (
            _signed(files, manifest, trust=trust),  # 2
            *_complete(files, manifest),  # 3
            *_trail(files),  # 4
        )
    except _UNREADABLE as error:
        return Proof((Finding("readable", passed=False, because=f"no bundle: {error!r}"),), {})
    return Proof(findings, manifest)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        names = [one.filename for one in entries]
        if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
            raise ValueError("too large")
        if len(set(names)) != len(names):
            raise ValueError("a name stands twice")
        return {one.filename: archive.read(one) for one in entries}


def _signed(files: Mapping[str, bytes], manifest: Mapping[str, Any], *, trust: Trust) -> Finding:
    try:
        signed = json.loads(files[SIGNATURE])
        certificate = base64.b64decode(signed["certificate"], validate=True)
        value = base64.b64decode(signed["value"], validate=True)
        algorithm = ALGORITHMS[signed["algorithm"]]
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        return Finding("signature", passed=False, because=f"no readable signature: {error!r}")
    issuer = trust.by_certificate(certificate)
    if issuer is None:
        return Finding("signature", passed=False, because="its signer is not in the trust folder")
    if issuer.authority != manifest["authority"]:
        because = f"signed by {issuer.authority}, but it speaks for {manifest['authority']}"
        return Finding("signature", passed=False, because=because)
    made_on = date.fromisoformat(manifest["made_on"])
    if not issuer.was_valid_on(made_on):
        because = f"the signer's certificate was not valid on {made_on}"
        return Finding("signature", passed=False, because=because)
    good = is_valid(certificate, cose=algorithm.cose, signature=value, data=files[MANIFEST])
    because = f"signed by {issuer.authority}" if good else "the manifest was altered"
    return Finding("signature", passed=good, because=because)


def _complete(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[Finding]:
    findings = []
    named = {one["path"]: one["sha256"] for one in manifest["entries"]}
    for path, sha256 in named.items():
        content = files.get(path)
        if content is None:
            findings.append(Finding(path, passed=False, because="named, but not there"))
        elif hashlib.sha256(content).hexdigest() != sha256:
            findings.append(Finding(path, passed=False, because="altered"))
    strangers = set(files) - set(named) - {MANIFEST, SIGNATURE}
    findings += [Finding(path, passed=False, because="not named") for path in sorted(strangers)]
    if not findings:
        findings.append(Finding("files", passed=True, because=f"{len(named)} files, as named"))
    return findings


def _trail(files: Mapping[str, bytes]) -> list[Finding]:
    if _AUDIT not in files:
        return []
    told = json.loads(files[_AUDIT])["entries"]
    for one in told:
        fields = {name: value for name, value in one.items() if name != "digest"}
        entry = Entry(**fields | {"at": datetime.fromisoformat(fields["at"])})
        if entry.digest != one["digest"]:
            return [Finding("audit", passed=False, because=f"entry {entry.seq} was altered")]
    return [Finding("audit", passed=True, because=f"{len(told)} entries, each with its digest")]
