"""An office judges by the rules its administration loaded, from its next start on."""

import json

import pytest
from click.testing import CliRunner

from eodes.cli import main as eodes
from ooms.agreements.pack_reading import PackError
from ooms.bootstrap import opened
from ooms.cli import cli

CASE = {
    "agreement": "AKFTA",
    "on": "2026-11-20",
    "hs_edition": 2017,
    "exporting_party": "KR",
    "importing_party": "VN",
    "product": {"hs": "850440"},
    "price": {"basis": "FOB", "amount": "100.00", "currency": "USD"},
    "materials": [{"name": "coil", "hs": "850450", "value": "80", "originating": False}],
    "processes": ["assembly"],
}


@pytest.fixture
def config(tmp_path):
    folder = tmp_path / "kr"
    eodes(["node", "init", str(folder), "--authority", "KR-KCS"])
    return folder / "eodes.toml"


def judged(tmp_path, config):
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE), "utf-8")
    done = CliRunner().invoke(
        cli, ["determine", str(case), "--config", str(config), "--json"], catch_exceptions=False
    )
    return json.loads(done.stdout)


def test_imported_rule_decides_the_next_determination(tmp_path, config):
    before = judged(tmp_path, config)
    table = tmp_path / "annex.csv"
    table.write_text("hs_from,hs_to,rule_text\n850440,850440,CTSH\n", "utf-8")
    given = ["--agreement", "akfta", "--source", "Appendix 2", "--config", str(config)]

    done = CliRunner().invoke(cli, ["rules", "import", str(table), *given])

    assert done.exit_code == 0, done.output
    after = judged(tmp_path, config)
    assert before["verdict"] == "non_originating"
    assert (after["verdict"], after["rule"]) == ("originating", "CTSH")
    assert before["rule_pack"] != after["rule_pack"]


def test_office_with_a_broken_pack_does_not_open(config):
    pack = config.parent / "rules" / "akfta"
    pack.mkdir(parents=True)
    (pack / "agreement.toml").write_text("code = AKFTA\n", "utf-8")

    with pytest.raises(PackError), opened(config):
        pass


def test_folder_of_own_rules_is_named_in_the_settings(tmp_path, config):
    (config.parent / "ooms.toml").write_text('[rules]\nfolder = "packs"\n', "utf-8")
    table = tmp_path / "annex.csv"
    table.write_text("hs_from,hs_to,rule_text\n850440,850440,CTSH\n", "utf-8")
    given = ["--agreement", "akfta", "--source", "Appendix 2", "--config", str(config)]

    CliRunner().invoke(cli, ["rules", "import", str(table), *given])

    assert (config.parent / "packs" / "akfta" / "product_rules.csv").is_file()
    assert judged(tmp_path, config)["verdict"] == "originating"
