"""What everybody may look up without signing in: agreements, rules, codes, the formula."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

PUBLIC = "/api/v1/public"


@pytest.fixture
def public(offices) -> TestClient:
    client: TestClient = offices.clients["KR-KCS"]
    return client


def test_agreements_tell_how_far_their_rules_were_verified(public):
    told = public.get(f"{PUBLIC}/agreements").json()
    akfta = next(one for one in told["items"] if one["code"] == "AKFTA")

    assert told["country"] == "KR"
    assert akfta["is_ours"]
    assert "VN" in akfta["parties"]
    assert akfta["reach"][0]["verified"] <= akfta["reach"][0]["rules"]


def test_rule_of_a_code_stands_in_notation_and_words(public):
    asked = {"agreement": "AKFTA", "hs": "8504.40"}
    english = public.get(f"{PUBLIC}/rules", params=asked).json()["items"]
    korean = public.get(f"{PUBLIC}/rules", params=asked | {"language": "ko"}).json()["items"]

    assert english
    assert english[0]["rule"] == korean[0]["rule"]
    assert english[0]["words"] != korean[0]["words"]
    assert english[0]["source"]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"agreement": "NOWHERE", "hs": "850440"}, "/agreement"),
        ({"agreement": "AKFTA", "hs": "a box"}, "/hs"),
    ],
)
def test_rule_that_cannot_be_looked_up_names_its_field(public, asked, pointer):
    answer = public.get(f"{PUBLIC}/rules", params=asked)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_reasons_hold_codes_of_office_partners_and_the_border(public):
    told = public.get(f"{PUBLIC}/reasons").json()
    codes = {one["code"]: one for one in told["codes"]}

    assert {"AUT-ROLE", "AUT-SENDER"} <= set(codes)
    assert all(one["means"] and one["then"] for one in codes.values())
    assert {one["code"] for one in told["refusal"]} >= {"NOT_ORIGINATING", "TOO_LATE"}
    assert all(one["words"] for one in told["denial"])


def test_formula_of_the_lists_is_published_with_its_sources(public):
    told = public.get(f"{PUBLIC}/score").json()
    first = told["on_site"][0]

    assert (first["kind"], first["figure"]) == ("ERROR_RATE", "5")
    assert "Notice 30" in first["source"]
    assert {one["code"] for one in told["removals"]} >= {"CLEAN_ON_SITE", "CONTEST_UPHELD"}


def test_look_ups_of_the_handbook_are_limited_for_each_address(public):
    answers = [public.get(f"{PUBLIC}/score").status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]


def test_certificate_is_told_to_nobody_without_its_code(public):
    asked = {"number": "K001-26-0000001", "code": "AAAAAAAAAAAAAAAA"}

    told = public.get(f"{PUBLIC}/certificates", params=asked).json()

    assert told == {"certificate": None, "training": False}
