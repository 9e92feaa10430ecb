"""`ooms claims` from the command line, on the files of an office that received a certificate."""

from __future__ import annotations

import json

import pytest

from ooms.cli import main as ooms
from tests.integration.databases import SQLITE
from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined, fresh_databases, offices_of

BOTH = ("KR-KCS", "VN-CUSTOMS")


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path):
    """Korea issues, Viet Nam receives; one backend, for the command line knows none."""
    with (
        fresh_databases(request, *BOTH) as databases,
        offices_of(tmp_path / "nodes", *BOTH, databases=databases) as found,
    ):
        yield found


@pytest.fixture
def issued(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def config(offices, monkeypatch):
    """The file of Viet Nam's node, on the database that the test works with."""
    node = offices.world.nodes["VN-CUSTOMS"]
    monkeypatch.setenv("EODES_DATABASE_URL", str(node.database.url))
    return node.settings.file


def run(capsys, *arguments):
    """Run a command; return its exit code and what it printed."""
    capsys.readouterr()
    try:
        ooms([str(one) for one in arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().out


def test_ledger_shows_what_is_left_and_who_used_it(capsys, config, importer, issued):
    importer.post("/claims", a_claim(issued["number"], quantity="200"))
    spelled = issued["number"].replace("-", " ").lower()

    code, told = run(capsys, "claims", "ledger", spelled, "--json", "--config", config)
    _, words = run(capsys, "claims", "ledger", spelled, "--config", config)
    _, before = run(
        capsys, *("claims", "ledger", spelled, "--json"), "--at", "2026-11-20", "--config", config
    )

    (page,) = json.loads(told)
    (item, *_) = page["items"]
    assert code == 0
    assert (page["issuing_country"], page["agreement"]) == ("KR", "AKFTA")
    assert item["scales"][0]["left"] == "300"
    assert [one["use"]["reference"] for one in page["entries"]] == ["10511-26-000001"]
    assert "300 of 500 C62 left" in words
    assert json.loads(before)[0]["entries"] == []


def test_ledger_of_a_number_that_nobody_sent_is_refused(capsys, config, issued):
    code, told = run(capsys, "claims", "ledger", "K001-26-9999999", "--config", config)

    assert (code, told) == (1, "")


@pytest.mark.parametrize(("quantity", "code"), [("500", 0), ("501", 1)])
def test_declaration_is_judged_and_nothing_is_drawn(
    tmp_path, capsys, config, issued, quantity, code
):
    file = tmp_path / "claim.json"
    declared = a_claim(issued["number"], quantity=quantity) | {"declared_on": "2026-11-21"}
    file.write_text(json.dumps(declared))

    first, told = run(capsys, "claims", "check", file, "--json", "--config", config)
    again, _ = run(capsys, "claims", "check", file, "--config", config)

    assert (first, again) == (code, code)
    assert json.loads(told)["lines"][0]["decision"] == ("GRANTED" if code == 0 else "DENIED")


def test_goods_are_loaded_listed_and_refused_with_their_row(capsys, config, tmp_path):
    table = tmp_path / "ours.csv"
    head = "agreement,country,listing,hs,name,source,verified"
    table.write_text(f"{head}\nAKFTA,VN,EXCLUDED,8504,converters,our annex,yes\n", "utf-8")

    loaded, _ = run(capsys, "claims", "goods", "load", table, "--config", config)
    _, told = run(
        capsys, "claims", "goods", "list", "--country", "VN", "--json", "--config", config
    )
    table.write_text(f"{head}\nAKFTA,VN,EXCLUDED,x,converters,our annex,yes\n", "utf-8")
    refused, _ = run(capsys, "claims", "goods", "load", table, "--config", config)
    _, words = run(capsys, "claims", "goods", "list", "--country", "VN", "--config", config)

    assert (loaded, refused) == (0, 1)
    assert [(one["listing"], one["hs"]) for one in json.loads(told)] == [("EXCLUDED", "8504")]
    assert "AKFTA VN EXCLUDED 8504" in words
