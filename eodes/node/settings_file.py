"""The settings file of a new node: every setting with its meaning, defaults commented out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

_LINES = """\
# A node of the gateway. A line that begins with "# key =" shows the default: take the mark away
# to change it. The environment overrides: EODES_SERVER_PORT=9000 stands for server.port.
# A key that is not known here is refused. Relative paths start from this file's folder.

# The administration that this node speaks for: country code, hyphen, authority.
authority = {authority}
# The profile by which partners speak to us; by default the authority in lower case.
# profile = {profile}
# A test node marks its messages, and takes only messages that are marked.
# test = false

[database]
# sqlite:///FILE or postgresql://USER@HOST/NAME (a password belongs into ~/.pgpass).
# url = "sqlite:///eodes.sqlite"

[server]
# Where this node listens for partners.
# host = "127.0.0.1"
# port = 8443
# false only behind a proxy that does TLS and asks for client certificates.
# tls = true
# "off" only behind such a proxy.
# client_certificates = "required"
# workers = 1
# Metrics and operators' pages on loopback; 0 is off.
# operator_port = 0
# How partners reach this node, as its card says; by default the listener itself.
# public_url = "https://origin.example.org"

[keys]
# The signing key in a token instead of a file; its certificate stays a file.
# signing = "pkcs11:token=T;object=O?module-path=M&pin-source=file:P"
# signing_key = "keys/signing.key.pem"
# signing_certificate = "keys/signing.cert.pem"
# A certificate that partners are to trust before we sign with it.
# next_signing_certificate = "keys/next.cert.pem"
# A file that holds the passphrase of the signing key.
# passphrase_file = "passphrase"
# tls_key = "keys/tls.key.pem"
# tls_certificate = "keys/tls.cert.pem"
# tls_authority = "keys/tls-authority.cert.pem"

[partners]
# Profiles of your own, FOLDER/<code>/profile.toml; they replace shipped ones of the same code.
# folder = "partners"

[jobs]
# Seconds between two looks for work, as exact decimals in quotes.
# seal = "0.2"
# deliver = "0.2"
# settle = "0.2"
# tell = "0.5"
# expire = "30"
# The hour of the day, in UTC.
# reconcile_hour = 1
"""


def write_settings(file: Path, *, authority: str, changed: Mapping[str, str | int | None]) -> None:
    """Write the settings of a new node; `changed` names values by section and key."""
    text = _LINES.format(authority=json.dumps(authority), profile=json.dumps(authority.lower()))
    for place, value in changed.items():
        if value is not None:
            text = _with_value(text, place, value)
    file.write_text(text, "utf-8")


def _with_value(text: str, place: str, value: str | int) -> str:
    section, _, key = place.rpartition(".")
    lines = text.splitlines()
    start = lines.index(f"[{section}]") if section else 0
    at = next(at for at in range(start, len(lines)) if lines[at].startswith(f"# {key} = "))
    # A JSON string, number or truth value is the same in TOML.
    lines[at] = f"{key} = {json.dumps(value)}"
    return "\n".join(lines) + "\n"
