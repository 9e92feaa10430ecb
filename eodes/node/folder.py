"""Makes the folder of a node: settings, keys, and a migrated database; whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from eodes.errors import ConfigurationError, PermanentError
from eodes.node.settings_file import write_settings
from eodes.settings import Settings, load_settings
from eodes.store import migrations
from eodes.store.database import Database
from eodes.wire.certificate_maker import (
    make_signing_certificate,
    make_tls_authority,
    make_tls_certificate,
)
from eodes.wire.token_certificate import make_token_certificate

SETTINGS_FILE = "eodes.toml"
KEYS_FOLDER = "keys"
SIGNING_DAYS = 730
TLS_DAYS = 365
TLS_AUTHORITY_DAYS = 3650  # partners trust it by hand, so it outlives the certificates it issues
LOCAL_HOSTS = ("localhost", "127.0.0.1")

_SERIAL_BYTES = 16
_PARTNERS_CLOCK_BEHIND = timedelta(hours=1)

#: Gives so many random bytes.
Random = Callable[[int], bytes]


class NodeExistsError(PermanentError):
    """Something is already where the node was to be made; it was not touched."""

    def __init__(self, *, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{folder} is not empty and was not touched; choose another folder")


@dataclass(frozen=True, slots=True)
class NodePlan:
    """What a node is to be; what is None stands at its default."""

    authority: str
    port: int | None = None
    database_url: str | None = None
    signing_uri: str | None = None
    passphrase_file: Path | None = None
    host_names: tuple[str, ...] = ()
    test: bool = False
    partners: Path | None = None


def make_node(folder: Path, *, plan: NodePlan, now: datetime, random: Random) -> Settings:
    """Make a node and return its settings.

    1. Refuse to touch what is there.
    2. Make everything in a folder beside it.
    3. Read the settings as the programs will, and migrate the database that they name.
    4. Move the folder to its place in one step.

    Raises:
        NodeExistsError: the folder exists and is not empty.
        ConfigurationError: the plan holds a value that no settings file may hold, or names a key
            in a token that is not there.
        SigningDeviceError: the token did not sign its certificate.

    """
    folder = folder.absolute()
    if folder.exists() and not _is_empty_folder(folder):  # 1
        raise NodeExistsError(folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _make_inside(draft, plan=plan, now=now, random=random)  # 2, 3
        _put(draft, folder)  # 4
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return load_settings(folder / SETTINGS_FILE)


def _is_empty_folder(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _make_inside(draft: Path, *, plan: NodePlan, now: datetime, random: Random) -> None:
    file = draft / SETTINGS_FILE
    write_settings(
        file,
        authority=plan.authority,
        changed={
            "test": plan.test or None,
            "server.port": plan.port,
            "database.url": plan.database_url,
            "keys.signing": plan.signing_uri,
            "keys.passphrase_file": _absolute(plan.passphrase_file),
            "partners.folder": _absolute(plan.partners),
        },
    )
    settings = load_settings(file)
    maker = _KeyMaker(draft / KEYS_FOLDER, now - _PARTNERS_CLOCK_BEHIND, random)
    encryption = _encryption(plan.passphrase_file)
    if plan.signing_uri is None:
        maker.make_signing(_signing_name(plan), encryption)
    else:
        maker.make_signing_in_token(_signing_name(plan), plan.signing_uri)
    maker.make_tls(plan, encryption)
    database = Database(settings.database.url)
    try:
        migrations.upgrade(database)
    finally:
        database.dispose()


def _absolute(path: Path | None) -> str | None:
    return str(path.absolute()) if path else None


def _put(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)  # replaces an empty folder, and nothing else
    except OSError as error:
        raise NodeExistsError(folder=folder) from error


def _encryption(passphrase_file: Path | None) -> KeySerializationEncryption:
    if passphrase_file is None:
        return NoEncryption()
    try:
        passphrase = passphrase_file.read_bytes().strip()
    except OSError as error:
        raise ConfigurationError(
            file=passphrase_file, problem=f"cannot be read ({error.strerror})"
        ) from error
    if not passphrase:
        raise ConfigurationError(file=passphrase_file, problem="holds no passphrase")
    return BestAvailableEncryption(passphrase)


@dataclass(frozen=True, slots=True)
class _KeyMaker:
    """Writes keys and certificates into one folder that nobody else may read."""

    folder: Path
    not_before: datetime
    random: Random

    def make_signing(self, name: str, encryption: KeySerializationEncryption) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = make_signing_certificate(
            name,
            key=key,
            not_before=self.not_before,
            not_after=self._after(SIGNING_DAYS),
            serial=self._serial(),
        )
        self._write("signing", key=key, certificate=certificate, encryption=encryption)

    def make_signing_in_token(self, name: str, uri: str) -> None:
        certificate = make_token_certificate(
            uri,
            common_name=name,
            not_before=self.not_before,
            not_after=self._after(SIGNING_DAYS),
            serial=self._serial(),
        )
        self._write_certificate("signing", certificate)

    def make_tls(self, plan: NodePlan, encryption: KeySerializationEncryption) -> None:
        authority_key = ec.generate_private_key(ec.SECP256R1())
        authority = make_tls_authority(
            f"{plan.authority} TLS authority",
            key=authority_key,
            not_before=self.not_before,
            not_after=self._after(TLS_AUTHORITY_DAYS),
            serial=self._serial(),
        )
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = make_tls_certificate(
            authority,
            hosts=tuple(dict.fromkeys((*plan.host_names, *LOCAL_HOSTS))),
            key=key.public_key(),
            not_before=self.not_before,
            not_after=self._after(TLS_DAYS),
            serial=self._serial(),
        )
        self._write(
            "tls-authority",
            key=authority_key,
            certificate=authority.certificate,
            encryption=encryption,
        )
        # The listener needs its key at every start, also unattended: the file's mode protects it.
        self._write("tls", key=key, certificate=certificate, encryption=NoEncryption())

    def _after(self, days: int) -> datetime:
        return self.not_before + timedelta(days=days)

    def _serial(self) -> int:
        # RFC 5280 4.1.2.2: positive and at most 20 octets; one more keeps zero away.
        return int.from_bytes(self.random(_SERIAL_BYTES), "big") + 1

    def _write(
        self,
        name: str,
        *,
        key: ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        encryption: KeySerializationEncryption,
    ) -> None:
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
        _write_secret(self.folder / f"{name}.key.pem", pem)
        self._write_certificate(name, certificate)

    def _write_certificate(self, name: str, certificate: x509.Certificate) -> None:
        _write_secret(self.folder / f"{name}.cert.pem", certificate.public_bytes(Encoding.PEM))


def _signing_name(plan: NodePlan) -> str:
    """Name the signer; a test node's documents say so wherever their seal is shown."""
    return f"{plan.authority} signing{' (test)' if plan.test else ''}"


def _write_secret(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
