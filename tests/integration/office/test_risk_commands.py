"""`ooms risk` from the command line: train from a file and from an office, report, explain."""

from __future__ import annotations

import contextlib
import json
import tomllib
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from eodes.cli import main as eodes
from ooms.bootstrap import opened
from ooms.cli import main as ooms
from ooms.demo.nodes import know_the_sample
from ooms.risk.model import Goods, Outcome, OutcomeKind, Result

LINES = 40


@pytest.fixture
def config(tmp_path, capsys):
    """An office in Viet Nam that routed forty lines; those by way of a third country were wrong."""
    with contextlib.suppress(SystemExit):
        eodes(["node", "init", str(tmp_path / "vn"), "--authority", "VN-CUSTOMS"])
    capsys.readouterr()
    know_the_sample(tmp_path / "vn")
    file = tmp_path / "vn" / "eodes.toml"
    with opened(file) as (_, office):
        office.works.do(_routed(office))
    capsys.readouterr()
    return file


def _routed(office):
    def route(work):
        goods = tuple(_goods(number, work.today) for number in range(LINES))
        office.risk.route(work, goods)
        office.risk.hear(work, tuple(_outcome(one) for one in goods))

    return route


def _goods(number, today):
    return Goods(
        declaration=f"D-{number}",
        line_no=1,
        declared_on=today,
        agreement="KVFTA",
        hs6="901850",
        origin="KR",
        exporter="HANBIT",
        net_kg=Decimal(10),
        transit=("SG",) if number % 2 else (),
    )


def _outcome(goods):
    return Outcome(
        goods.declaration,
        1,
        OutcomeKind.VERIFICATION,
        Result.WRONG if goods.transit else Result.RIGHT,
        told_at=datetime(2026, 11, 20, tzinfo=UTC),
        told_by="linh",
    )


def run(capsys, *arguments):
    """Run a command; return its exit code and what it printed."""
    try:
        ooms([str(one) for one in arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().out


def points(table, feature):
    bins = tomllib.loads(table.read_text("utf-8"))["features"][feature]["bins"]
    return [one["points"] for one in bins]


@pytest.mark.parametrize("method", ["woe", "ebm"])
def test_table_is_trained_from_what_an_office_learned(tmp_path, capsys, config, method):
    table = tmp_path / "table.toml"

    code, told = run(
        capsys,
        *("risk", "train", "--from-db", "--out", table, "--method", method),
        *("--table-version", "2026-11", "--config", config),
    )

    report = json.loads(told)
    assert code == 0
    assert (report["lines"], report["wrong"], report["method"]) == ("40", "20", method)
    assert float(report["auc"]) == 1.0
    assert points(table, "transit_countries")[0] == 0
    assert max(points(table, "transit_countries")) > 0


def test_table_is_trained_from_a_file_of_history(tmp_path, capsys):
    rows = [f"2026-01-02,{number % 2},{number % 2}" for number in range(LINES)]
    history, table = tmp_path / "history.csv", tmp_path / "table.toml"
    history.write_text("\n".join(["declared_on,wrong,transit_countries", *rows]) + "\n")

    code, told = run(
        capsys, "risk", "train", history, "--out", table, "--table-version", "1", "--name", "ours"
    )

    assert code == 0
    assert json.loads(told)["model"].startswith("ours 1 ")
    assert table.exists()


@pytest.mark.parametrize("both", [True, False])
def test_training_takes_a_file_or_an_office_not_both(tmp_path, capsys, both):
    history = tmp_path / "history.csv"
    history.write_text("declared_on,wrong\n")
    sources = (history, "--from-db") if both else ()

    code, _ = run(
        capsys, "risk", "train", *sources, "--out", tmp_path / "t.toml", "--table-version", "1"
    )

    assert code == 2


def test_report_tells_what_became_of_what_was_routed(capsys, config):
    code, told = run(capsys, "risk", "report", "--config", config)

    report = json.loads(told)
    assert code == 0
    assert sum(one["known"] for one in report["hits"]) == LINES
    assert sum(one["wrong"] for one in report["hits"]) == LINES // 2


def test_routing_of_a_declaration_is_explained_feature_by_feature(capsys, config):
    code, told = run(capsys, "risk", "explain", "D-1", "--config", config)
    unknown, _ = run(capsys, "risk", "explain", "NONE", "--config", config)

    (line,) = json.loads(told)
    assert (code, unknown) == (0, 1)
    assert line["scored"]["points"] == sum(one["points"] for one in line["scored"]["contributions"])
    named = {one["feature"]: one["words"] for one in line["scored"]["contributions"]}
    assert named["transit_countries"] == "countries on the way: SG"
