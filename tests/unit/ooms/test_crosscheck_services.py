"""A register behind a service: asked by contract, and unknown with a reason when it fails."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ooms.crosschecks.http_connector import MAX_ANSWER_BYTES, HttpConnector, Service
from ooms.crosschecks.model import (
    Amount,
    Asking,
    Goods,
    Kind,
    Party,
    Question,
    Role,
    Source,
    Stated,
    Verdict,
)
from tests.registers import clear, listening

QUESTION = Question(
    agreement="AKFTA",
    import_country="VN",
    exporter=Party(Role.EXPORTER, "HANBIT", "KR", "120-81-00001"),
    others=(Party(Role.BUYER, "ORIENT", "VN"),),
    goods=(Goods(1, "850440", "CONVERTERS", amounts=(Amount(Decimal("1250.50"), "KGM"),)),),
    declarations=("41234-26-112233X",),
    shipped_on=date(2026, 11, 20),
    stated=Stated(("P-77",)),
)
ASKING = Asking(
    Kind.STRATEGIC_GOODS,
    "application-1",
    "request-1",
    QUESTION,
    on=date(2026, 11, 22),
    at=datetime(2026, 11, 22, 9, tzinfo=UTC),
)
HIT = {
    "rule": "control",
    "ours": "850440",
    "theirs": "3A001",
    "because": "listed",
    "score": "0.93",
}


@pytest.fixture
def register():
    with listening() as register:
        yield register


def ask(register):
    return HttpConnector(Service(register.url, timeout_seconds=2)).ask(ASKING)


def test_question_carries_every_fact_under_a_request_id(register):
    said = ask(register)

    assert said.judged.verdict is Verdict.CLEAR
    assert (said.source, said.version) == (Source.HTTP, "2026-11-20.1")
    assert register.asked == [
        {
            "contract": "1",
            "request_id": "request-1",
            "kind": "STRATEGIC_GOODS",
            "on": "2026-11-22",
            "question": {
                "agreement": "AKFTA",
                "import_country": "VN",
                "parties": [
                    {
                        "role": "EXPORTER",
                        "name": "HANBIT",
                        "country": "KR",
                        "identifier": "120-81-00001",
                    },
                    {"role": "BUYER", "name": "ORIENT", "country": "VN", "identifier": None},
                ],
                "goods": [
                    {
                        "item_no": 1,
                        "hs": "850440",
                        "description": "CONVERTERS",
                        "trademark": None,
                        "model": None,
                        "amounts": [{"value": "1250.50", "unit": "KGM"}],
                    }
                ],
                "declarations": ["41234-26-112233X"],
                "shipped_on": "2026-11-20",
                "permits": ["P-77"],
            },
        }
    ]


def test_hits_come_back_with_their_facts_and_score(register):
    register.answer = lambda asked: clear(asked, verdict="HIT", hits=[HIT])
    hit = ask(register).judged.hits[0]

    assert (hit.theirs, hit.because, hit.score) == ("3A001", "listed", Decimal("0.93"))


def test_token_is_read_anew_for_each_question(register, tmp_path):
    token = tmp_path / "token"
    connector = HttpConnector(Service(register.url, timeout_seconds=2, token_file=token))
    for secret in ("first", "second"):
        token.write_text(f"{secret}\n")
        connector.ask(ASKING)

    assert register.tokens == ["Bearer first", "Bearer second"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"contract": "2"}, "breaks the contract at /contract"),
        ({"verdict": "FINE"}, "breaks the contract at /verdict"),
        ({"surprise": 1}, "breaks the contract at /surprise"),
        ({"as_of": "2026-11-20T00:00:00"}, "breaks the contract at /as_of"),
        ({"version": ""}, "breaks the contract at /version"),
        ({"verdict": "HIT", "hits": [HIT | {"score": 0.9}]}, "at /hits/0/score"),
        ({"request_id": "another"}, "answers another request"),
        ({"kind": "RECALLED_GOODS"}, "answers about another register"),
        ({"as_of": "2026-11-23T00:00:00Z"}, "is dated in the future"),
        ({"hits": [HIT]}, "names hits and is not a hit"),
        ({"verdict": "HIT"}, "names no hit and is one"),
    ],
)
def test_answer_that_breaks_the_contract_is_unknown(register, changes, reason):
    register.answer = lambda asked: clear(asked, **changes)
    said = ask(register)

    assert said.judged.verdict is Verdict.UNKNOWN
    assert reason in said.judged.why


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>", "breaks the contract at /"),
        (b"x" * (MAX_ANSWER_BYTES + 1), f"exceeds {MAX_ANSWER_BYTES} bytes"),
    ],
)
def test_answer_that_is_no_answer_is_unknown(register, content, reason):
    register.answer = lambda _: content

    assert reason in ask(register).judged.why


@pytest.mark.parametrize("status", [204, 302, 401, 500, 503])
def test_every_other_status_is_unknown(register, status):
    register.status = status
    register.answer = lambda asked: b"" if status == 204 else clear(asked)
    said = ask(register)

    assert (said.judged.verdict, said.judged.why) == (
        Verdict.UNKNOWN,
        f"the service: status {status}",
    )


def test_slow_service_is_unknown_in_time(register):
    register.waits = 0.5
    said = HttpConnector(Service(register.url, timeout_seconds=0.1)).ask(ASKING)

    assert said.judged.why == "the service: no answer in time"


def test_service_that_does_not_listen_is_unknown():
    with listening() as register:
        url = register.url
    said = HttpConnector(Service(url, timeout_seconds=1)).ask(ASKING)

    assert said.judged.why == "the service: no connection"


def test_token_that_cannot_be_read_is_told(register, tmp_path):
    service = Service(register.url, timeout_seconds=1, token_file=tmp_path / "none")
    said = HttpConnector(service).ask(ASKING)

    assert said.judged.verdict is Verdict.UNKNOWN
    assert register.asked == []


def test_other_question_has_another_digest():
    digests = {
        one.digest
        for one in (
            QUESTION,
            replace(QUESTION, import_country="CN"),
            replace(QUESTION, stated=Stated()),
            replace(QUESTION, goods=(replace(QUESTION.goods[0], hs="850450"),)),
        )
    }

    assert len(digests) == 4
    assert replace(QUESTION).digest == QUESTION.digest
