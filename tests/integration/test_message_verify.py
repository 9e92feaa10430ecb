"""`eodes message verify`, as a partner's engineer meets it: what is wrong, where, and in words."""

import json
import re
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from eodes.cli import main
from eodes.domain import record
from eodes.node.folder import NodePlan, make_node
from eodes.wire import parser, signature, signer
from eodes.wire.canonical import canonicalize
from tests.builders import a_certificate

SHORT_LIVED_SECONDS = 20
SIGNING_DAYS = 730


class Bench:
    """Korea signs, China verifies; an impostor and a short-lived Korea try."""

    def __init__(self, folder: Path) -> None:
        now = datetime.now(UTC)
        self.dead_by = time.monotonic() + 2 * SHORT_LIVED_SECONDS
        self.folder = folder
        self.korea = _node(folder / "kr", "KR-KCS", now=now)
        self.china = _node(folder / "cn", "CN-GACC", now=now)
        self.impostor = _node(folder / "impostor", "KR-KCS", now=now)
        # Keys are made valid from an hour before now, for partners whose clocks are behind.
        life = timedelta(days=SIGNING_DAYS, hours=-1, seconds=-SHORT_LIVED_SECONDS)
        born = now - life
        self.india = _node(folder / "in", "IN-CBIC", now=born)
        pairs = (("kr", "cn"), ("cn", "kr"), ("impostor", "cn"), ("cn", "in"), ("in", "cn"))
        for one, other in pairs:
            _introduce(folder, one, other)
        certificate = folder / "certificate.json"
        certificate.write_text(json.dumps(record.write(a_certificate(agreement="KCFTA"))))
        self.last = self._last_words()
        self.good = self._signed("kr", certificate)
        self.forged = self._signed("impostor", certificate)

    def _signed(self, who: str, certificate: Path) -> bytes:
        out = self.folder / f"{who}.xml"
        run(
            "message",
            "sign",
            str(certificate),
            "--to",
            "CN-GACC",
            "--out",
            str(out),
            "--config",
            str(self.folder / who / "eodes.toml"),
        )
        return out.read_bytes()

    def _last_words(self) -> bytes:
        """Have the short-lived key sign something while it is valid."""
        notice, out = self.folder / "notice.json", self.folder / "in.xml"
        notice.write_text(
            '{"kind": "RESUMED", "starts_at": "2026-11-21T00:00:00Z", "text": "back again"}'
        )
        config = str(self.folder / "in" / "eodes.toml")
        named = ("--type", "service_notice", "--to", "CN-GACC", "--out", str(out))
        assert run("message", "sign", str(notice), *named, "--config", config) == 0
        return out.read_bytes()

    def resealed(self, old: bytes, new: bytes) -> bytes:
        """Change the content and sign it validly with Korea's own key."""
        document = parser.parse(self.good, limits=parser.Limits())
        assert isinstance(document, parser.Document)
        signature.drop_signature(document.root)
        keys = self.folder / "kr" / "keys"
        key = signer.load_signer(keys / "signing.key.pem", keys / "signing.cert.pem")
        canonical = canonicalize(document.root)
        assert old in canonical
        return signer.seal(canonical.replace(old, new, 1), signer=key)

    def verify(
        self, document: bytes, capsys: pytest.CaptureFixture[str]
    ) -> tuple[int, dict[str, Any]]:
        file = self.folder / "received.xml"
        file.write_bytes(document)
        capsys.readouterr()
        code = run(
            "message",
            "verify",
            str(file),
            "--json",
            "--config",
            str(self.folder / "cn" / "eodes.toml"),
        )
        return code, json.loads(capsys.readouterr().out)


def run(*arguments: str) -> int:
    try:
        main(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _node(folder: Path, authority: str, *, now: datetime) -> Path:
    plan = NodePlan(authority=authority)
    return make_node(folder, plan=plan, now=now, random=secrets.token_bytes).file


def _introduce(folder: Path, one: str, other: str) -> None:
    card = folder / f"{other}.card.xml"
    run("node", "card", "--out", str(card), "--config", str(folder / other / "eodes.toml"))
    profile = {"kr": "kr-kcs", "cn": "cn-gacc", "in": "in-cbic"}[other]
    code = run(
        "partner",
        "add",
        str(card),
        "--profile",
        profile,
        "--yes",
        "--config",
        str(folder / one / "eodes.toml"),
    )
    assert code == 0


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("verify"))


def test_a_message_as_it_was_signed_is_accepted(bench, capsys):
    code, report = bench.verify(bench.good, capsys)

    assert (code, report["verdict"], report["code"]) == (0, "accepted", "")


def without_signature(bench: Bench) -> bytes:
    return re.sub(rb"<ds:Signature.*</ds:Signature>", b"", bench.good)


def altered(bench: Bench) -> bytes:
    return bench.good.replace(b"HANBIT", b"HANBAT")


def with_a_doctype(bench: Bench) -> bytes:
    return b'<!DOCTYPE Message SYSTEM "http://127.0.0.1/x.dtd">' + bench.good


def beyond_the_limit(bench: Bench) -> bytes:
    return bench.good + b" " * 3_000_000


def in_another_encoding(bench: Bench) -> bytes:
    return b'<?xml version="1.0" encoding="ISO-8859-1"?>' + bench.good


def with_broken_utf8(bench: Bench) -> bytes:
    return bench.good.replace(b"HANBIT", b"HANB\xcfT")


def of_an_unknown_type(bench: Bench) -> bytes:
    return bench.resealed(b">CO_ISSUE<", b">CO_ISSUED<")


def for_another_receiver(bench: Bench) -> bytes:
    return bench.resealed(b">CN-GACC<", b">ID-INSW<")


def from_another_sender(bench: Bench) -> bytes:
    return bench.resealed(b">KR-KCS<", b">VN-CUSTOMS<")


def against_the_schema(bench: Bench) -> bytes:
    return bench.resealed(b"<HSCode>850440</HSCode>", b"<HSCode>85-04</HSCode>")


def by_another_key(bench: Bench) -> bytes:
    return bench.forged


@pytest.mark.parametrize(
    ("make", "code", "path"),
    [
        (without_signature, "SIG-MISSING", "/Message"),
        (altered, "SIG-DIGEST", "/Message"),
        (by_another_key, "SIG-UNKNOWN-KEY", "/Message/ds:Signature"),
        (for_another_receiver, "ENV-WRONG-RECEIVER", "/Message/Header/ReceiverID"),
        (from_another_sender, "AUT-SENDER", "/Message/Header/SenderID"),
        (of_an_unknown_type, "ENV-UNKNOWN-TYPE", "/Message/Header/TypeCode"),
        (against_the_schema, "SCH-INVALID", "HSCode"),
        (with_a_doctype, "ENV-DTD", ""),
        (beyond_the_limit, "ENV-TOO-LARGE", ""),
        (in_another_encoding, "ENV-ENCODING", ""),
        (with_broken_utf8, "ENV-ENCODING", ""),
    ],
)
def test_each_defect_is_refused_with_its_code_place_and_words(bench, capsys, make, code, path):
    ended, report = bench.verify(make(bench), capsys)

    assert (ended, report["verdict"], report["code"]) == (1, "refused", code)
    assert path in report["path"]
    assert len(report["detail"].split()) > 5
    assert report["next_step"]


def test_schema_breach_is_explained_with_the_box_of_the_form(bench, capsys):
    _, report = bench.verify(against_the_schema(bench), capsys)

    first = report["refusals"][0]
    assert "HSCode" in first["path"]
    assert "box 9" in first["detail"]
    assert report["box"]


def test_expired_pin_is_refused_although_the_signature_stands(bench, capsys):
    while True:
        ended, report = bench.verify(bench.last, capsys)
        if ended:
            break
        assert time.monotonic() < bench.dead_by
        time.sleep(0.5)

    assert (ended, report["code"]) == (1, "SIG-PIN-EXPIRED")
