"""Who gets a case, what a refusal calls to mind, and how training adds up: all of it pure."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ooms.officers.model import (
    Assignment,
    Case,
    IssuingPlace,
    OfficeKind,
    Post,
    Training,
    assign,
    credits_of,
)
from ooms.refusals.model import Because, Good, Refusal, warning

SEOUL = IssuingPlace("SEOUL", "Seoul Customs", OfficeKind.CUSTOMS)
BUSAN = IssuingPlace("BUSAN", "Busan Chamber", OfficeKind.CHAMBER, ("Busan", "Ulsan"))
CASE = Case("busan", "AKFTA", frozenset({"85"}))
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def post(user_id, office="BUSAN", **changes):
    return Post(user_id, office, **{"most_open": 10} | changes)


@pytest.mark.parametrize(
    ("posts", "load", "expected"),
    [
        ([post("ahn"), post("bae")], {"ahn": 3, "bae": 1}, "bae"),
        ([post("ahn"), post("bae")], {"ahn": 1, "bae": 1}, "ahn"),
        ([post("ahn", agreements=("KCFTA",)), post("bae")], {"bae": 9}, "bae"),
        ([post("ahn", chapters=("84",)), post("bae", chapters=("84", "85"))], {}, "bae"),
        ([post("ahn", is_present=False), post("bae")], {}, "bae"),
        ([post("ahn", most_open=2), post("bae")], {"ahn": 2, "bae": 8}, "bae"),
        ([post("ahn", office="SEOUL")], {}, None),
        ([post("ahn", most_open=1)], {"ahn": 1}, None),
    ],
    ids=["load", "tie", "agreement", "chapter", "absent", "full", "elsewhere", "nobody"],
)
def test_case_goes_to_the_competent_officer_with_least(posts, load, expected):
    assert assign(CASE, (SEOUL, BUSAN), posts, load=load) == Assignment("BUSAN", expected)


def test_city_of_no_office_goes_where_the_rest_goes():
    case = Case("Daegu", "AKFTA", frozenset({"85"}))

    assert assign(case, (BUSAN, SEOUL), (), load={}) == Assignment("SEOUL", None)
    assert assign(case, (BUSAN,), (), load={}) is None


def test_goods_in_two_chapters_need_competence_for_both():
    case = Case("Busan", "AKFTA", frozenset({"84", "85"}))

    assert assign(case, (BUSAN,), [post("ahn", chapters=("85",))], load={}) == Assignment(
        "BUSAN", None
    )


def refusal(**changes):
    facts: dict[str, Any] = {
        "id": "r",
        "application_id": "a",
        "exporter_id": "hanbit",
        "goods": frozenset({Good.of(agreement="AKFTA", hs="850440", maker="Hanbit  Co.")}),
        "reason_code": "NOT_ORIGINATING",
        "reason": "modules were bought",
        "office": "SEOUL",
        "proposed_by": "kim",
        "confirmed_by": "choi",
        "refused_at": NOW,
    }
    return Refusal(**facts | changes)


@pytest.mark.parametrize(
    ("exporter_id", "hs", "maker", "expected"),
    [
        ("hanbit", "850440", "HANBIT CO.", {Because.SAME_EXPORTER, Because.SAME_GOODS}),
        ("daehan", "8504409000", "hanbit co.", {Because.SAME_GOODS}),
        ("hanbit", "840999", "HANBIT CO.", {Because.SAME_EXPORTER}),
        ("daehan", "850440", "OTHER CO.", set()),
    ],
)
def test_warning_says_what_two_applications_share(exporter_id, hs, maker, expected):
    goods = frozenset({Good.of(agreement="AKFTA", hs=hs, maker=maker)})

    assert warning(refusal(), exporter_id=exporter_id, goods=goods).because == expected


def test_training_counts_in_its_own_year_only():
    def held(day, hours, subject="LAW"):
        return Training("t", "kim", day, Decimal(hours), subject, "course", "choi", NOW)

    found = credits_of(
        "kim",
        [
            held(date(2025, 12, 31), "8"),
            held(date(2026, 1, 1), "12.5"),
            held(date(2026, 12, 31), "20", "ISSUING"),
        ],
        year=2026,
        wanted=40,
    )

    assert (found.hours, found.missing) == (Decimal("32.5"), Decimal("7.5"))
    assert found.by_subject == {"LAW": Decimal("12.5"), "ISSUING": Decimal(20)}
