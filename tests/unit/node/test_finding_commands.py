"""`eodes finding`: what a comparison found is listed, and explained until it changes."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from eodes.cli import cli
from eodes.errors import UnknownDifferenceError
from eodes.store.database import Database
from eodes.store.records import FoundDifference, ReconciliationRun
from eodes.store.unit import Store
from tests.unit.node.nodes import NOW

CHINA = "CN-GACC"
LINE = "KR/KCFTA/K001260000001|1|ab|"


@pytest.fixture
def eodes(korea):
    def run(*words):
        asked = ["finding", *words, "--with", CHINA, "--config", str(korea.file)]
        return CliRunner().invoke(cli, asked)

    return run


@pytest.fixture
def compare(korea):
    """Keep a comparison that found China's line in another state."""

    def keep(nth, *, theirs):
        now, run_id = NOW + timedelta(days=nth), f"run-{nth}"
        run = ReconciliationRun(
            run_id=run_id,
            partner=CHINA,
            day_from=NOW.date(),
            day_to=NOW.date(),
            state="DIGEST_SENT",
            ours_count=1,
            ours_digest="0" * 64,
            message_id="",
            started_at=now,
        )
        found = FoundDifference(
            run_id=run_id,
            partner=CHINA,
            kind="OTHER_STATE",
            subject="KR/KCFTA/K001260000001",
            ours=LINE + "AVAILABLE",
            theirs=LINE + theirs,
            found_at=now,
        )
        database = Database(korea.database.url)
        with Store(database).begin() as unit:
            unit.reconciliations.open(run)
            unit.reconciliations.close(run_id, state="DIFF", findings=(found,), now=now)
        database.dispose()

    return keep


def test_explanation_holds_until_a_line_changes(eodes, compare):
    compare(1, theirs="ANNULLED")
    (found,) = json.loads(eodes("list", "--json").stdout)
    told = eodes("explain", found["digest"], "--because", "annulled on paper", "--by", "Kim")
    compare(2, theirs="ANNULLED")
    (same,) = json.loads(eodes("list", "--json").stdout)
    compare(3, theirs="HELD")
    (other,) = json.loads(eodes("list", "--json").stdout)

    assert (told.exit_code, found["because"], other["because"]) == (0, "", "")
    assert (same["because"], same["explained_by"]) == ("annulled on paper", "Kim")
    assert same["digest"] != other["digest"]


def test_explanation_wants_words_and_a_difference(eodes, compare):
    before = eodes("list", "--json")
    unknown = eodes("explain", "0" * 64, "--because", "nothing was found")
    compare(1, theirs="ANNULLED")
    (found,) = json.loads(eodes("list", "--json").stdout)
    wordless = eodes("explain", found["digest"], "--because", " ")

    assert json.loads(before.stdout) == []
    assert isinstance(unknown.exception, UnknownDifferenceError)
    assert wordless.exit_code == 2
