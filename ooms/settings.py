"""The settings of the office: `ooms.toml` beside the node's file, then the environment, read once.

Every key has a default, so that the file may be missing.  A key that nobody knows is refused.
`OOMS_<SECTION>_<KEY>` in the environment (`OOMS_HTTP_PORT`) overrides a key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ooms.access.model import AccessPolicy, Role
from ooms.company_letters.model import Every
from ooms.crosschecks.settings import CrosschecksSection
from ooms.errors import OfficeError
from ooms.sign_on.client import is_safe
from ooms.sign_on.section import OidcSection, ProviderName

FILE = "ooms.toml"
PREFIX = "OOMS_"


class SettingsError(OfficeError):
    """A setting is unknown or wrong; names the file or the variable."""

    code = "SYS-SETTINGS"

    def __init__(self, *, file: str, key: str, problem: str) -> None:
        self.file = file
        self.key = key
        self.problem = problem
        super().__init__(f"{file}: {key}: {problem}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficeSection(_Section):
    """The issuing office; what is missing follows from the node's own profile."""

    code: Annotated[str, Field(min_length=1, max_length=35)] | None = None
    name: Annotated[str, Field(min_length=1, max_length=256)] | None = None
    place: Annotated[str, Field(min_length=1, max_length=70)] | None = None
    zone: str | None = None
    #: {issuer}, {agreement}, {yy}, {serial}; as Korean customs numbers: K001-26-0000001.
    number_pattern: Annotated[str, Field(pattern=r"\{serial")] = "{issuer}-{yy}-{serial:07d}"
    #: People practice here: everything says that it has no legal effect. Wants a test node.
    training: bool = False


def _origin(address: str) -> str:
    parts = urlsplit(address)
    is_bare = address == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc
    if address and not (parts.hostname and is_bare and is_safe(address)):
        raise ValueError("has to be https:// and a name, or http://localhost with its port")
    return address


class HttpSection(_Section):
    """The listener for people and for programs of exporters and officers."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 8080
    #: How many claims a process examines at once; the rest wait for their turn.
    checks_at_once: Annotated[int, Field(ge=1, le=40)] = 2
    #: Where people open the pages: passkeys are bound to it, and not used without it.
    public_address: Annotated[str, Field(max_length=200), AfterValidator(_origin)] = ""


def _listed(given: object) -> object:
    """Read a list from the environment, where it is a text with commas."""
    if isinstance(given, str):
        return tuple(one.strip() for one in given.split(",") if one.strip())
    return given


class AccessSection(_Section):
    """How strictly people are let in."""

    #: The roles whose password alone opens no more than their own account.
    second_factor_roles: Annotated[tuple[Role, ...], BeforeValidator(_listed)] = ()
    #: So many failures for an account, or from an address, and both wait.
    failures_allowed: Annotated[int, Field(ge=1, le=1000)] = 10
    failures_within_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    session_hours: Annotated[int, Field(ge=1, le=72)] = 12
    #: How long a proof of who one is stays fresh, for what can hardly be taken back.
    fresh_proof_minutes: Annotated[int, Field(ge=1, le=4320)] = 15
    #: Holds the keys that seal secrets in the database, made at the first start.
    secrets_key_file: Annotated[str, Field(min_length=1)] = "keys/secrets.key"
    #: Identity providers by name: `[access.oidc.<name>]`.
    oidc: dict[ProviderName, OidcSection] = {}

    def policy(self) -> AccessPolicy:
        """Return the policy that the desk of access keeps."""
        return AccessPolicy(
            second_factor=frozenset(self.second_factor_roles),
            failures_allowed=self.failures_allowed,
            failures_within=timedelta(minutes=self.failures_within_minutes),
            session_lasts=timedelta(hours=self.session_hours),
            fresh_for=timedelta(minutes=self.fresh_proof_minutes),
        )


class CompaniesSection(_Section):
    """How companies get their account."""

    #: Vet each company before it acts; otherwise whoever registers it vouches for it.
    vetting: bool = False


class PublicSection(_Section):
    """The public page: how many look-ups an address may make in a minute."""

    lookups_a_minute: Annotated[int, Field(ge=1)] = 30


class DocumentsSection(_Section):
    """Certificates as documents: what is printed on them, and whose seals are believed."""

    #: A folder with the certificates of issuers that the public page believes, besides our own:
    #: our own former keys, and other administrations'. A relative one lies beside the node's file.
    trust: Annotated[str, Field(min_length=1)] = "trust"
    #: The address of the public page, printed on each document; none is printed when empty.
    public_address: Annotated[str, Field(max_length=60)] = ""
    #: A timestamp authority (RFC 3161) whose token makes the seal PAdES-B-T; none when empty.
    timestamp_url: Annotated[str, Field(max_length=200)] = ""


class RulesSection(_Section):
    """The administration's own packs of rules, which take the place of shipped ones."""

    #: A folder with one folder for each pack; a relative one lies beside the node's file.
    folder: Annotated[str, Field(min_length=1)] = "rules"


class ClaimsSection(_Section):
    """How claims are checked here."""

    #: The administration's own lists of excluded goods and of quotas, which take the place of
    #: shipped ones; a relative file lies beside the node's, and it may be missing.
    goods_file: Annotated[str, Field(min_length=1)] = "goods.csv"
    #: The issuing bodies that partners notified; it may be missing too.
    issuers_file: Annotated[str, Field(min_length=1)] = "issuers.toml"


class LettersSection(_Section):
    """Letters of compliance to companies."""

    #: How often each company is told what is likely to be wrong.
    every: Every = Every.QUARTER


class RiskSection(_Section):
    """How claims are picked for a look."""

    #: Holds the seed of the random sample, made at the first start: who has it knows who is drawn.
    sample_key_file: Annotated[str, Field(min_length=1)] = "keys/risk-sample.key"


class OfficeSettings(_Section):
    """All settings of the office."""

    office: OfficeSection = OfficeSection()
    http: HttpSection = HttpSection()
    access: AccessSection = AccessSection()
    companies: CompaniesSection = CompaniesSection()
    public: PublicSection = PublicSection()
    rules: RulesSection = RulesSection()
    documents: DocumentsSection = DocumentsSection()
    crosschecks: CrosschecksSection = CrosschecksSection()
    claims: ClaimsSection = ClaimsSection()
    letters: LettersSection = LettersSection()
    risk: RiskSection = RiskSection()


def load_office_settings(
    folder: Path, *, environment: Mapping[str, str] | None = None
) -> OfficeSettings:
    """Read the settings of the office from a node's folder.

    Raises:
        SettingsError: a key is unknown or wrong.

    """
    file = folder / FILE
    try:
        written: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file=str(file), key="", problem=str(error)) from error
    _read(written, file=str(file))
    overridden = _overridden(written, environment or {})
    return _read(overridden, file=f"{PREFIX}...")


def _read(data: dict[str, Any], *, file: str) -> OfficeSettings:
    try:
        return OfficeSettings.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(file=file, key=key, problem=first["msg"]) from error


def _overridden(written: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {name: dict(section) for name, section in written.items()}
    for variable in sorted(environment):
        if variable.startswith(PREFIX):
            section, _, key = variable.removeprefix(PREFIX).lower().partition("_")
            part, inside = _place(data.setdefault(section, {}), section, key)
            part[inside] = environment[variable]
    return data


def _place(written: dict[str, Any], section: str, key: str) -> tuple[dict[str, Any], str]:
    """Find the table that a variable means: the section, or one of the tables inside it."""
    field = OfficeSettings.model_fields.get(section)
    kind = field.annotation if field else None
    inner = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
    for name, one in inner.items():
        is_table = isinstance(one.annotation, type) and issubclass(one.annotation, BaseModel)
        if is_table and key.startswith(f"{name}_"):
            written[name] = dict(written.get(name, {}))
            return written[name], key.removeprefix(f"{name}_")
    return written, key
