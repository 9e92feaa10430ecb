"""What an answer does to the issue, by policy, time and question; and what settings may say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ooms.crosschecks.model import (
    Answer,
    Goods,
    Kind,
    Party,
    Policy,
    Question,
    Release,
    Role,
    Rule,
    Source,
    Stated,
    Verdict,
    obstacle,
)
from ooms.settings import SettingsError, load_office_settings

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
QUESTION = Question(
    agreement="AKFTA",
    import_country="VN",
    exporter=Party(Role.EXPORTER, "HANBIT", "KR", "120-81-00001"),
    others=(),
    goods=(Goods(1, "850440", "CONVERTERS"),),
)
SOFT = Rule(Kind.RECALLED_GOODS, Policy.SOFT)
HARD = replace(SOFT, policy=Policy.HARD)
CLEAR = Answer(
    id="answer-1",
    application_id="application-1",
    kind=Kind.RECALLED_GOODS,
    source=Source.FILE,
    version="1",
    as_of=NOW,
    question_digest=QUESTION.digest,
    stated=Stated(),
    verdict=Verdict.CLEAR,
    why="",
    hits=(),
    asked_by="user-1",
    asked_at=NOW,
    valid_until=NOW + timedelta(hours=24),
)
HIT = replace(CLEAR, verdict=Verdict.HIT, why="recalled")
UNKNOWN = replace(CLEAR, verdict=Verdict.UNKNOWN, why="no list")
RELEASE = Release("user-2", "looked at the goods", NOW)


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        (replace(SOFT, policy=Policy.OFF), None),
        (replace(SOFT, policy=Policy.OFF), HIT),
        (SOFT, CLEAR),
        (HARD, CLEAR),
        (SOFT, replace(HIT, release=RELEASE)),
        (HARD, replace(UNKNOWN, release=RELEASE)),
    ],
)
def test_clear_released_or_unasked_for_lets_the_issue_pass(rule, answer):
    assert obstacle(rule, answer, question=QUESTION, now=NOW) is None


@pytest.mark.parametrize(
    ("rule", "answer", "words"),
    [
        (SOFT, None, "was not asked; run the cross-checks"),
        (SOFT, HIT, "says HIT: recalled; override it with a reason, or have the application"),
        (HARD, HIT, "says HIT: recalled; have the cause removed and ask again"),
        (HARD, UNKNOWN, "says UNKNOWN: no list; have the cause removed and ask again"),
        (replace(HARD, releasable=True), HIT, "or ask a supervisor to release it"),
        (SOFT, replace(CLEAR, valid_until=NOW), "answered too long ago (2026-11-22 09:00)"),
        (SOFT, replace(CLEAR, question_digest="x"), "answered before the application changed"),
        (SOFT, replace(HIT, release=RELEASE, valid_until=NOW), "answered too long ago"),
    ],
)
def test_obstacle_says_what_to_do_next(rule, answer, words):
    said = obstacle(rule, answer, question=QUESTION, now=NOW)

    assert said is not None
    assert said.startswith(words) or words in said


def test_no_register_is_asked_unless_the_office_says_so(tmp_path):
    registers = load_office_settings(tmp_path).crosschecks.registers(beside=tmp_path)

    assert {one.rule.kind: one.rule.policy for one in registers} == dict.fromkeys(Kind, Policy.OFF)


def test_registers_are_read_from_file_and_environment(tmp_path):
    (tmp_path / "ooms.toml").write_text(
        '[crosschecks]\nfolder = "from-customs"\n'
        '[crosschecks.recalled_goods]\npolicy = "SOFT"\nlist_days = 3\n'
    )
    environment = {"OOMS_CROSSCHECKS_RECALLED_GOODS_POLICY": "HARD", "OOMS_CROSSCHECKS_FOLDER": "x"}
    settings = load_office_settings(tmp_path, environment=environment)
    registers = settings.crosschecks.registers(beside=Path("/node"))
    recalled = next(one for one in registers if one.rule.kind is Kind.RECALLED_GOODS)

    assert recalled.rule.policy is Policy.HARD
    assert recalled.rule.list_lasts == timedelta(days=3)
    assert recalled.file == Path("/node/x/recalled_goods.csv")


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ('policy = "HARD"\nsource = "HTTP"', "url has to begin with https://"),
        ('policy = "HARD"\nsource = "HTTP"\nurl = "http://example.org/"', "url has to begin"),
        ('policy = "STRICT"', "'OFF', 'SOFT' or 'HARD'"),
        ("likeness = 0.2", "greater than or equal to 0.5"),
        ("patience = 1", "Extra inputs are not permitted"),
    ],
)
def test_register_that_cannot_be_asked_is_refused(tmp_path, section, problem):
    (tmp_path / "ooms.toml").write_text(f"[crosschecks.recalled_goods]\n{section}\n")

    with pytest.raises(SettingsError) as refused:
        load_office_settings(tmp_path)

    assert refused.value.key.startswith("crosschecks.recalled_goods")
    assert problem in refused.value.problem
