"""The settings of a node: one TOML file, then the environment, read once into one frozen value.

Every key has a default but `authority`.  A key that nobody knows is refused with file and line.
`EODES_<SECTION>_<KEY>` in the environment (`EODES_DATABASE_URL`, `EODES_TEST`) overrides a key.
Secrets are never values here: a setting names the file that holds one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from eodes.domain.message import AuthorityCode
from eodes.domain.record import (
    Amount,
    FlawedRecordError,
    Text,
    Whole,
    field_names,
    hints,
    read,
    shape,
    write,
)
from eodes.errors import ConfigurationError
from eodes.strict_toml import line_of, load

ENVIRONMENT_PREFIX = "EODES_"
MESSAGES_PATH = "/partner/v1/messages"

_SQLITE = "sqlite:///"
_IN_MEMORY = ":memory:"

Port = Annotated[int, Whole(0, 65_535)]
FilePath = Annotated[str, Text(400)]
Seconds = Annotated[Decimal, Amount(8, 3)]


class ClientCertificates(StrEnum):
    """Whether partners must show a certificate when they connect."""

    REQUIRED = "required"
    OFF = "off"  # only where a proxy in front of the node asks for them


@dataclass(frozen=True, slots=True)
class Database:
    """Where the rows are: SQLite beside the file of settings, or PostgreSQL by URL."""

    url: Annotated[str, Text(400, 1, r"(sqlite:///|postgresql(\+psycopg)?://)\S+")] = (
        "sqlite:///eodes.sqlite"
    )


@dataclass(frozen=True, slots=True)
class Server:
    """The listener for partners, and the one for operators on loopback (port 0: none)."""

    host: Annotated[str, Text(255)] = "127.0.0.1"
    port: Annotated[int, Whole(1, 65_535)] = 8443
    tls: bool = True
    client_certificates: ClientCertificates = ClientCertificates.REQUIRED
    workers: Annotated[int, Whole(1, 256)] = 1
    operator_port: Port = 0
    public_url: Annotated[str, Text(300, 8, r"https?://[^\s/?#]+(/[^\s?#]*)?")] | None = None


@dataclass(frozen=True, slots=True)
class KeyPaths:
    """The keys as the file names them: paths from the file's folder, or a PKCS#11 URI."""

    signing: Annotated[str, Text(400, 8, r"pkcs11:\S+")] | None = None
    signing_key: FilePath = "keys/signing.key.pem"
    signing_certificate: FilePath = "keys/signing.cert.pem"
    next_signing_certificate: FilePath | None = None
    passphrase_file: FilePath | None = None
    tls_key: FilePath = "keys/tls.key.pem"
    tls_certificate: FilePath = "keys/tls.cert.pem"
    tls_authority: FilePath = "keys/tls-authority.cert.pem"


@dataclass(frozen=True, slots=True)
class PartnersFolder:
    """Where the operator's own profiles lie, beside those that ship with the code."""

    folder: FilePath | None = None


@dataclass(frozen=True, slots=True)
class Jobs:
    """How often each job looks for work, in seconds; the daily one by its hour in UTC."""

    seal: Seconds = Decimal("0.2")
    deliver: Seconds = Decimal("0.2")
    settle: Seconds = Decimal("0.2")
    tell: Seconds = Decimal("0.5")
    expire: Seconds = Decimal(30)
    reconcile_hour: Annotated[int, Whole(0, 23)] = 1


@dataclass(frozen=True, slots=True)
class _Written:
    """The file as it is written."""

    authority: AuthorityCode
    profile: Annotated[str, Text(20, 2, "[a-z0-9]+(-[a-z0-9]+)*")] | None = None
    test: bool = False
    database: Database = field(default_factory=Database)
    server: Server = field(default_factory=Server)
    keys: KeyPaths = field(default_factory=KeyPaths)
    partners: PartnersFolder = field(default_factory=PartnersFolder)
    jobs: Jobs = field(default_factory=Jobs)


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the keys are; `signing` is a PKCS#11 URI when the signing key is in a token."""

    signing: str | None
    signing_key: Path
    signing_certificate: Path
    next_signing_certificate: Path | None
    passphrase_file: Path | None
    tls_key: Path
    tls_certificate: Path
    tls_authority: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a node, with every path made absolute."""

    file: Path
    authority: str
    profile: str
    test: bool
    database: Database
    server: Server
    keys: Keys
    partners_folder: Path | None
    jobs: Jobs

    @property
    def endpoint(self) -> str:
        """The address that partners send messages to."""
        server = self.server
        scheme = "https" if server.tls else "http"
        base = server.public_url or f"{scheme}://{server.host}:{server.port}"
        return base.rstrip("/") + MESSAGES_PATH


def load_settings(file: Path, *, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of a node.

    Raises:
        ConfigurationError: a key is unknown, missing or wrong; names file and line, or variable.

    """
    file = file.absolute()
    written = load(file, _Written)
    overridden = _overridden(written, environment or {})
    _check_listener(file, overridden.server)
    return _settled(file, overridden)


def _settled(file: Path, written: _Written) -> Settings:
    folder = file.parent
    return Settings(
        file=file,
        authority=written.authority,
        profile=written.profile or written.authority.lower(),
        test=written.test,
        database=Database(_settled_url(folder, written.database.url)),
        server=written.server,
        keys=_settled_keys(folder, written.keys),
        partners_folder=_settled_path(folder, written.partners.folder),
        jobs=written.jobs,
    )


def _settled_keys(folder: Path, keys: KeyPaths) -> Keys:
    return Keys(
        signing=keys.signing,
        signing_key=folder / keys.signing_key,
        signing_certificate=folder / keys.signing_certificate,
        next_signing_certificate=_settled_path(folder, keys.next_signing_certificate),
        passphrase_file=_settled_path(folder, keys.passphrase_file),
        tls_key=folder / keys.tls_key,
        tls_certificate=folder / keys.tls_certificate,
        tls_authority=folder / keys.tls_authority,
    )


def _settled_path(folder: Path, path: str | None) -> Path | None:
    return folder / path if path else None


def _settled_url(folder: Path, url: str) -> str:
    if not url.startswith(_SQLITE) or url.endswith(_IN_MEMORY):
        return url
    return f"{_SQLITE}{folder / url.removeprefix(_SQLITE)}"


def _check_listener(file: Path, server: Server) -> None:
    if server.tls or server.client_certificates is ClientCertificates.OFF:
        return
    raise ConfigurationError(
        file=file,
        line=line_of(file.read_text("utf-8"), "/server/tls"),
        problem="server.tls = false cannot ask for client certificates; "
        'set server.client_certificates = "off" and let a proxy ask for them',
    )


# The environment


def _overridden(written: _Written, environment: Mapping[str, str]) -> _Written:
    """Return the file's settings with those of the environment in their place."""
    variables = dict(_variables())
    data: dict[str, Any] = write(written)
    for name in sorted(environment):
        if name.startswith(ENVIRONMENT_PREFIX):
            place = variables.get(name)
            if place is None:
                raise ConfigurationError(file=name, problem="is the variable of no known setting")
            section, key, bare = place
            within = data.setdefault(section, {}) if section else data
            within[key] = _typed(environment[name], bare)
    try:
        return read(_Written, data)
    except FlawedRecordError as error:
        flaw = error.flaws[0]
        raise ConfigurationError(file=_variable_of(flaw.path), problem=flaw.problem) from error


def _variables() -> Iterator[tuple[str, tuple[str, str, type]]]:
    for name in field_names(_Written):
        bare = shape(hints(_Written)[name]).bare
        if not dataclasses.is_dataclass(bare):
            yield _variable_of(f"/{name}"), ("", name, bare)
            continue
        section = bare if isinstance(bare, type) else type(bare)
        for key in field_names(section):
            kind = shape(hints(section)[key]).bare
            yield _variable_of(f"/{name}/{key}"), (name, key, kind)


def _variable_of(pointer: str) -> str:
    return ENVIRONMENT_PREFIX + pointer.strip("/").replace("/", "_").upper()


def _typed(text: str, bare: type) -> object:
    """Give a variable's text the type that TOML would have given; what does not fit stays text."""
    if bare is bool:
        return {"true": True, "false": False}.get(text, text)
    if bare is int and text.isdecimal():
        return int(text)
    return text
