"""Secrets at rest: sealed with a key that lies in a file, so that the database alone opens nothing.

AES-256-GCM with a fresh nonce for each secret and its owner as associated data: a row that is
copied to another user does not open there.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ooms.errors import OfficeError

KEY_BYTES = 32  # AES-256
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: 96 bits
_FOR_SEALING, _FOR_NAMING = b"ooms/secrets/seal", b"ooms/secrets/name"
_FOR_FINGERPRINTS = b"ooms/secrets/fingerprint"
_OTHERS = 0o077


class SecretsKeyError(OfficeError):
    """The file of the secrets' keys cannot be used, or lacks a key; see the file it names."""

    code = "SYS-SECRETS-KEY"

    def __init__(self, *, what: str, problem: str) -> None:
        self.what = what
        self.problem = problem
        super().__init__(f"{what}: {problem}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed secret, and the key that opens it."""

    text: str
    key_id: str


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """The keys of secrets by their ids: the newest seals, each opens what it once sealed."""

    newest: str
    keys: Mapping[str, bytes]

    def seal(self, secret: str, *, owner: str, nonce: bytes) -> Sealed:
        """Seal a secret for its owner."""
        closed = AESGCM(self.keys[self.newest]).encrypt(nonce, secret.encode(), owner.encode())
        return Sealed(base64.b64encode(nonce + closed).decode(), self.newest)

    def fingerprint(self, text: str) -> str:
        """Digest a text so that who reads the database cannot try what it was."""
        key = _derived(self.keys[self.newest], _FOR_FINGERPRINTS)
        return hmac.digest(key, text.encode(), "sha256").hex()

    def recognizes(self, text: str, fingerprint: str) -> bool:
        """Tell whether a fingerprint is of a text, under any key: one may just have been rolled."""
        fingerprints = (
            hmac.digest(_derived(key, _FOR_FINGERPRINTS), text.encode(), "sha256").hex()
            for key in self.keys.values()
        )
        return any(hmac.compare_digest(one, fingerprint) for one in fingerprints)

    def open(self, sealed: Sealed, *, owner: str) -> str:
        """Open the secret of an owner.

        Raises:
            SecretsKeyError: its key is not in the file, or the row was changed.

        """
        key = self.keys.get(sealed.key_id)
        if key is None:
            raise SecretsKeyError(
                what=f"key {sealed.key_id} of secrets",
                problem="is not in the file; bring it back from the backup",
            )
        try:
            data = base64.b64decode(sealed.text, validate=True)
            opened = AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], owner.encode())
        except (InvalidTag, ValueError) as error:
            raise SecretsKeyError(what=f"secret of {owner}", problem="was changed") from error
        return opened.decode()


def keys_of(lines: tuple[str, ...], *, file: str) -> SecretKeys:
    """Read keys, one a line, the newest first.

    Raises:
        SecretsKeyError: there is none, or a line holds none.

    """
    keys: dict[str, bytes] = {}
    for number, line in enumerate(lines, start=1):
        material = _material(line)
        if material is None:
            raise SecretsKeyError(what=f"{file}, line {number}", problem="is no key of secrets")
        keys[_derived(material, _FOR_NAMING).hex()[:16]] = _derived(material, _FOR_SEALING)
    if not keys:
        raise SecretsKeyError(what=file, problem="holds no key; bring it back from the backup")
    return SecretKeys(next(iter(keys)), MappingProxyType(keys))


def load_keys(file: Path, *, noise: Callable[[int], bytes]) -> SecretKeys:
    """Read the keys of secrets from their file; where there is none, make it with one key.

    Raises:
        SecretsKeyError: the file cannot be read, others may read it, or a line is no key.

    """
    try:
        if not file.exists():
            _make(file, base64.b64encode(noise(KEY_BYTES)) + b"\n")
        if file.stat().st_mode & _OTHERS:
            raise SecretsKeyError(what=str(file), problem="others may read it; make its mode 0600")
        written = file.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SecretsKeyError(what=str(file), problem=str(error)) from error
    return keys_of(tuple(line for line in written.splitlines() if line.strip()), file=str(file))


def _make(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; of two processes that start at once one writes it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _material(line: str) -> bytes | None:
    try:
        material = base64.b64decode(line.strip(), validate=True)
    except binascii.Error:
        return None
    return material if len(material) == KEY_BYTES else None


def _derived(material: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(material)
