"""Evidence from the command line: a bundle is taken on a node's files, and checked offline."""

import contextlib
import hashlib
import io
import json
import zipfile
from datetime import date

import pytest

from eodes.cli import main as eodes
from ooms.bootstrap import own_issuer
from ooms.cli import main as ooms
from ooms.documents.trust import write_issuer
from ooms.registers.evidence import pack
from ooms.registers.proof import sign
from tests.integration.databases import SQLITE
from tests.offices import an_application, approved, determined, fresh_databases, offices_of


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path):
    """Korea issues, Viet Nam receives; one backend, for the command line knows none."""
    both = ("KR-KCS", "VN-CUSTOMS")
    with (
        fresh_databases(request, *both) as databases,
        offices_of(tmp_path / "nodes", *both, databases=databases) as found,
    ):
        yield found


@pytest.fixture
def issued(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def bundle(offices, officer, issued, tmp_path):
    """A bundle in a file, beside a folder that trusts both administrations."""
    for node in offices.world.nodes.values():
        write_issuer(own_issuer(node), tmp_path / "trust")
    path = f"/certificates/{issued['id']}/evidence?audience=office"
    (tmp_path / "bundle.zip").write_bytes(officer.try_get(path).content)
    return tmp_path / "bundle.zip"


def run(capsys, *arguments):
    """Run a command; return its exit code and what it printed."""
    capsys.readouterr()
    try:
        ooms([str(one) for one in arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().out


def verified(capsys, file, *, trust="trust"):
    """Verify a bundle; return the exit code and the checks that failed, with their reason."""
    code, told = run(capsys, "verify", file, "--trust", file.parent / trust, "--json")
    findings = json.loads(told)["findings"]
    return code, {one["check"]: one["because"] for one in findings if not one["passed"]}


def change(file, **changes):
    """Put other bytes into a bundle, under the same names."""
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for stem, made in changes.items():
        files[f"{stem}.json"] = made(files)
    file.write_bytes(pack(files, on=date(2026, 11, 21)))


def test_bundle_is_written_for_an_officer_and_verified(offices, issued, tmp_path, capsys):
    folder, file = tmp_path / "kr", tmp_path / "evidence.zip"
    address = str(offices.world.nodes["KR-KCS"].database.url)
    with contextlib.suppress(SystemExit):
        eodes(["node", "init", str(folder), "--authority", "KR-KCS", "--database", address])
    config = folder / "eodes.toml"
    code, told = run(
        capsys, "registers", "bundle", issued["number"], "--out", file, "--as", "kim",
        "--config", config,
    )  # fmt: skip
    (trust := folder / "trust").mkdir()
    (trust / "KR-KCS.pem").write_bytes((folder / "keys" / "signing.cert.pem").read_bytes())
    proof, shown = run(capsys, "verify", file, "--trust", trust, "--json")

    assert code == 0
    assert json.loads(told)["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (proof, json.loads(shown)["verdict"]) == (0, "good")
    assert json.loads(shown)["says"]["number"] == issued["number"]


@pytest.mark.parametrize("wrong", ["K001-26-9999999", "--as"])
def test_bundle_of_nothing_or_for_nobody_is_not_written(offices, issued, tmp_path, capsys, wrong):
    number = issued["number"] if wrong == "--as" else wrong
    login = "nobody" if wrong == "--as" else "kim"
    folder, file = tmp_path / "kr", tmp_path / "evidence.zip"
    address = str(offices.world.nodes["KR-KCS"].database.url)
    with contextlib.suppress(SystemExit):
        eodes(["node", "init", str(folder), "--authority", "KR-KCS", "--database", address])
    code, _ = run(
        capsys, "registers", "bundle", number, "--out", file, "--as", login,
        "--config", folder / "eodes.toml",
    )  # fmt: skip

    assert code == 1
    assert not file.exists()


def test_bundle_as_it_was_taken_is_good(bundle, capsys):
    assert verified(capsys, bundle) == (0, {})


def test_bundle_with_an_altered_entry_ends_with_one(bundle, capsys):
    change(bundle, notes=lambda files: files["notes.json"] + b" ")

    assert verified(capsys, bundle) == (1, {"notes.json": "altered"})


def test_bundle_with_an_altered_manifest_ends_with_one(bundle, issued, capsys):
    number = issued["number"].encode()
    change(bundle, manifest=lambda files: files["manifest.json"].replace(number, number[::-1]))

    assert verified(capsys, bundle) == (1, {"signature": "the manifest was altered"})


def test_bundle_signed_by_another_administration_ends_with_one(offices, bundle, capsys):
    foreign = offices.world.nodes["VN-CUSTOMS"].signer
    change(bundle, signature=lambda files: sign(files["manifest.json"], key=foreign))

    code, failed = verified(capsys, bundle)

    assert code == 1
    assert failed == {"signature": "signed by VN-CUSTOMS, but it speaks for KR-KCS"}


def test_bundle_of_nobody_trusted_ends_with_one(bundle, capsys):
    (bundle.parent / "nobody").mkdir()

    code, failed = verified(capsys, bundle, trust="nobody")

    assert (code, list(failed)) == (1, ["signature"])
