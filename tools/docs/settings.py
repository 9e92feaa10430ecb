"""The reference pages of the settings and of the environment variables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pydantic import BaseModel

from eodes.domain.record import Amount, Shape, Text, Whole, hints, shape
from eodes.settings import ENVIRONMENT_PREFIX, _Written
from ooms.settings import OfficeSettings
from ooms.sign_on.section import OidcSection
from tools.docs import markdown

_UNBOUNDED = Whole().most

#: What each setting means.
_MEANINGS = {
    "authority": "The administration that this node speaks for: country code, hyphen, authority.",
    "profile": "The profile by which partners speak to us; by default the authority in lower case.",
    "test": "A test node marks its messages and takes only messages that are marked.",
    "database.url": "SQLite by file, or PostgreSQL; a password belongs into `~/.pgpass`.",
    "server.host": "The address that the partner listener binds.",
    "server.port": "The port of the partner listener.",
    "server.tls": "`false` only behind a proxy that does TLS and asks for client certificates.",
    "server.client_certificates": "`off` only behind such a proxy.",
    "server.workers": "Processes that serve partners; each judges, records and runs jobs.",
    "server.operator_port": "Health, metrics and the operator API on loopback; 0 is off.",
    "server.public_url": "How partners reach this node, as its card says; the listener itself "
    "unless given.",
    "keys.signing": "A PKCS#11 URI when the signing key is in a token; its certificate stays a "
    "file.",
    "keys.signing_key": "The signing key, PEM, mode 0600.",
    "keys.signing_certificate": "The certificate of the signing key.",
    "keys.next_signing_certificate": "A certificate that partners are to trust before we sign "
    "with it; it goes on the card.",
    "keys.passphrase_file": "A file that holds the passphrase of the signing key.",
    "keys.tls_key": "The key of the TLS certificate, for listening and for calling.",
    "keys.tls_certificate": "The TLS certificate.",
    "keys.tls_authority": "The authority that issued it; it goes on the card.",
    "partners.folder": "Profiles of your own, `FOLDER/<code>/profile.toml`; they replace shipped "
    "ones of the same code.",
    "jobs.seal": "Seconds between two looks of the job `seal`.",
    "jobs.deliver": "Seconds between two looks of the job `deliver`.",
    "jobs.settle": "Seconds between two looks of the job `settle`; `release` looks every fifth "
    "time.",
    "jobs.tell": "Seconds between two looks of the job `tell`.",
    "jobs.expire": "Seconds between two looks of the jobs `expire` and `watch`.",
    "jobs.reconcile_hour": "The hour of the day, UTC, at which `reconcile` runs.",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the file."""

    key: str
    form: Shape
    default: object

    @property
    def variable(self) -> str:
        """Name the environment variable that overrides the key."""
        return ENVIRONMENT_PREFIX + self.key.replace(".", "_").upper()


def all_settings() -> Iterator[Setting]:
    """Yield every key of a settings file, in its order."""
    for field in dataclasses.fields(_Written):
        form = shape(hints(_Written)[field.name])
        if not dataclasses.is_dataclass(form.bare):
            yield Setting(field.name, form, field.default)
            continue
        for inner in dataclasses.fields(form.bare):
            key = f"{field.name}.{inner.name}"
            yield Setting(key, shape(_hints_of(form)[inner.name]), inner.default)


def _hints_of(form: Shape) -> dict[str, object]:
    return dict(hints(form.bare))


def pages() -> dict[str, str]:
    """Return the pages by their path below docs/reference."""
    return {
        "settings.md": markdown.page(
            "Settings", "`eodes/settings.py` and `ooms/settings.py`", _settings()
        ),
        "environment.md": markdown.page(
            "Environment variables", "`eodes/settings.py`", _environment()
        ),
    }


def _settings() -> Iterator[str]:
    yield "One TOML file configures a node; `eodes node init` writes it with every key explained."
    yield "An unknown key, a missing key or a wrong value stops the program with file and line."
    yield "Relative paths start from the file's folder."
    yield "Secrets are never values: a setting names the file that holds one."
    yield "Seconds are exact decimals in quotes."
    yield ""
    yield from markdown.table(
        ("key", "default", "takes", "meaning"),
        (
            (markdown.code(one.key), _shown(one), takes(one.form), _MEANINGS[one.key])
            for one in all_settings()
        ),
    )
    yield from markdown.section("The office")
    yield "`ooms.toml` beside the node's file; every key has a default, so the file may be missing."
    yield "`OOMS_<SECTION>_<KEY>` in the environment overrides a key."
    yield ""
    yield from markdown.table(("key", "default", "meaning"), _office())
    yield from markdown.section("An identity provider")
    yield "`[access.oidc.<name>]`, a table for each; the environment overrides none of it."
    yield ""
    yield from markdown.table(("key", "default", "meaning"), _identity_provider())


def office_keys() -> Iterator[tuple[str, object]]:
    """Yield every key of the office's settings with its default."""
    for section, field in OfficeSettings.model_fields.items():
        kind = field.annotation
        assert isinstance(kind, type)
        assert issubclass(kind, BaseModel)
        for name, inner in kind.model_fields.items():
            if not isinstance(inner.default, BaseModel):
                yield f"{section}.{name}", inner.default
        yield from _of_tables(section, kind)


def _of_tables(section: str, kind: type[BaseModel]) -> Iterator[tuple[str, object]]:
    """Yield the keys of a section's tables once: all of them have the same."""
    tables = [one.default for one in kind.model_fields.values()]
    form = next((type(one) for one in tables if isinstance(one, BaseModel)), None)
    for name, inner in form.model_fields.items() if form else ():
        yield f"{section}.<name>.{name}", inner.default


def _office() -> Iterator[tuple[str, str, str]]:
    for key, default in office_keys():
        plain = default.value if isinstance(default, Enum) else default
        shown = "(from the node's profile)" if plain is None else markdown.code(plain)
        yield markdown.code(key), shown, _OFFICE_MEANINGS[key]


def _identity_provider() -> Iterator[tuple[str, str, str]]:
    for key, field in OidcSection.model_fields.items():
        default = "(must be given)" if field.is_required() else markdown.code(field.default)
        shown = "(none)" if not field.is_required() and field.default is None else default
        yield markdown.code(key), shown, _PROVIDER_MEANINGS[key]


#: What each setting of an identity provider means.
_PROVIDER_MEANINGS = {
    "issuer": "Exactly as the provider's own description and its tokens name it.",
    "client_id": "The client that the office is at the provider.",
    "redirect_uri": "The callback as registered there: `.../sign-in/with/<name>/callback` for "
    "people at the portal, `.../api/v1/oidc/<name>/callback` for programs.",
    "label": "What the button on the page of signing in calls the provider; its name unless given.",
    "client_secret_file": "File of the client's secret; without one the client is public, "
    "and PKCE alone proves it.",
    "scopes": "What is asked for; `email` too where users are linked by their address.",
    "algorithms": "Signatures that ID tokens may have; `none` and shared secrets are not offered.",
    "second_factor_acr": "Values of the claim `acr` that mean a second factor, besides `mfa` in "
    "the claim `amr`.",
    "links_verified_email": "Whether a user whose login is the verified address is linked when "
    "he first comes.",
    "tls_authority_file": "Certificates that the provider's server is trusted by, besides the "
    "system's.",
}

#: What each setting of the office means.
_OFFICE_MEANINGS = {
    "access.second_factor_roles": "Roles that need a second factor for all but their own account.",
    "access.failures_allowed": "Failed log-ins of an account, or an address, before both wait.",
    "access.failures_within_minutes": "How far back failed log-ins are counted.",
    "access.session_hours": "How long a log-in lasts.",
    "access.fresh_proof_minutes": "How long a proof of who one is stays fresh: to issue, to take "
    "back, to keep users and second factors asks for another after that.",
    "access.secrets_key_file": "File of the keys that seal secrets in the database, mode 0600; "
    "made at the first start.",
    "access.oidc": "Identity providers by name, each a table `[access.oidc.<name>]` as below.",
    "http.public_address": "Where people open the pages, as `https://office.example`: passkeys "
    "are bound to it, and not used where it is empty; `http://localhost:8080` does for trials.",
    "companies.vetting": "Whether a company acts only once it was verified and activated.",
    "claims.issuers_file": "Issuing bodies that partners notified, with the days from which and to "
    "which certificates of theirs are good; without the file none is asked about.",
    "claims.goods_file": "Lists of goods that are excluded from an agreement's rate, or within a "
    "quota, of your own; they replace shipped ones of the same agreement and country.",
    "letters.every": "How often each company is written a letter of compliance: `month`, `quarter` "
    "or `never`.",
    "risk.sample_key_file": "Holds the seed of the random sample of claims, made at the first "
    "start; whoever has it knows which claims are drawn.",
    "crosschecks.folder": "Folder of the lists that registers are asked by.",
    "crosschecks.<name>.policy": "Of one register (`approved_exporter`, `business_registry`, "
    "`export_declaration`, `recalled_goods`, `restricted_parties`, `strategic_goods`): `OFF` asks "
    "nothing, `SOFT` lets the officer override, `HARD` stops the issue.",
    "crosschecks.<name>.source": "`FILE`: a list in the folder; `HTTP`: a service.",
    "crosschecks.<name>.file": "The list, CSV or JSON; `<name>.csv` unless given.",
    "crosschecks.<name>.url": "The service; `https://`, or `http://` on the same machine.",
    "crosschecks.<name>.timeout_seconds": "How long the service may take.",
    "crosschecks.<name>.token_file": "A file that holds the service's bearer token.",
    "crosschecks.<name>.authority_file": "Certificates (PEM) of the authorities that count for "
    "the service; the system's unless given.",
    "crosschecks.<name>.valid_hours": "How long an answer carries an issue.",
    "crosschecks.<name>.list_days": "How old a list may be and still answer.",
    "crosschecks.<name>.releasable": "Whether a supervisor may release what `HARD` stops.",
    "crosschecks.<name>.likeness": "From which score, up to 1, two names may be one.",
    "crosschecks.<name>.likeness_elsewhere": "The same, where the countries differ.",
    "office.code": "The code of the issuing office, as it stands in certificate numbers.",
    "office.name": "Its name, as it stands on certificates.",
    "office.place": "Its place, as it stands on certificates.",
    "office.zone": "The time zone of its dates.",
    "office.number_pattern": "How certificate numbers are made.",
    "office.training": "People practice here: every page and paper says that it has no legal "
    "effect. The node must be a test node, and so must every partner it trusts.",
    "http.host": "The address that the office's listener binds.",
    "http.port": "Its port.",
    "http.checks_at_once": "How many claims each process examines at once "
    "(`POST /claims/examination`); the others wait for their turn. One is best where the database "
    "is on the same machine, more where it is far away.",
    "documents.trust": "Folder of certificates that the public page believes besides its own: "
    "its former ones, and other administrations'.",
    "documents.public_address": "Address of the public page, printed on every document.",
    "documents.timestamp_url": "Timestamp authority (RFC 3161) that each seal is stamped by.",
    "public.lookups_a_minute": "How many look-ups an address may make on the public page.",
    "rules.folder": "Packs of rules of your own, `FOLDER/<code>/agreement.toml`; they replace "
    "shipped ones of the same code.",
}


def _environment() -> Iterator[str]:
    yield "A variable overrides the key of the settings file; the file must exist all the same."
    yield "A variable that begins with `EODES_` and names no key stops the program."
    yield "Processes that `eodes serve` starts for more than one worker read the file only: with"
    yield "`server.workers` above 1, put the values into the file."
    yield ""
    yield from markdown.table(
        ("variable", "overrides"),
        ((markdown.code(one.variable), markdown.code(one.key)) for one in all_settings()),
    )
    yield ""
    yield "The PostgreSQL driver reads its own variables (`PGPASSFILE`, `PGSSLMODE` and others)."


def _shown(setting: Setting) -> str:
    default = setting.default
    if default is dataclasses.MISSING:
        return "(must be given)"
    if default is None:
        return "(none)"
    if isinstance(default, bool):
        return markdown.code(str(default).lower())
    return markdown.code(default.value if isinstance(default, Enum) else default)


def takes(form: Shape) -> str:
    """Say in words what a field may hold."""
    words = _one(form)
    return f"list of {words}" if form.many else words


def _one(form: Shape) -> str:
    if isinstance(form.bare, type) and issubclass(form.bare, Enum):
        return markdown.codes(member.value for member in form.bare)
    if dataclasses.is_dataclass(form.bare):
        return markdown.codes(field.name for field in dataclasses.fields(form.bare))
    limit = next((one for one in form.limits if isinstance(one, Text | Whole | Amount)), None)
    return _limited(limit) if limit else _BARE.get(form.bare, str(form.bare))


_BARE = {bool: "true or false", int: "whole number", date: "date", str: "text"}


def _limited(limit: Text | Whole | Amount) -> str:
    match limit:
        case Whole(least, most):
            return f"{least} to {most}" if most < _UNBOUNDED else f"{least} or more"
        case Amount():
            return "decimal"
        case Text(longest=longest, pattern=pattern):
            return f"text like {markdown.code(pattern)}" if pattern else f"text, {longest} at most"
