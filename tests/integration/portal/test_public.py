"""The public pages and the figures, without a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.offices import PASSWORD, Offices

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS")


@pytest.fixture
def public(offices: Offices) -> TestClient:
    return offices.clients["KR-KCS"]


def test_public_pages_open_without_an_account(public):
    paths = ("rules", "reasons", "score", "rulings", "approved", "figures", "accessibility")
    answers = {path: public.get(f"/public/{path}").status_code for path in paths}

    assert set(answers.values()) == {200}, answers


def test_rule_of_a_code_is_shown_in_words_and_notation(public):
    page = public.get("/public/rules", params={"agreement": "AKFTA", "hs": "850440"}).text

    assert "In words" in page
    assert "RVC" in page


def test_rule_of_a_code_costs_one_look_up(offices, public):
    limit = public.app.state.rate_limit
    asked = {"agreement": "AKFTA", "hs": "850440"}

    before = sum(limit._counts.values())
    public.get("/public/rules", params=asked)

    assert sum(limit._counts.values()) - before == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "There is no chapter 77."),
        ("ko", "제77류가 없습니다."),
        ("fr", "Il n&#39;y a pas de chapitre 77."),
        ("sw", "Hakuna sura ya 77."),
    ],
)
def test_flaw_of_a_field_is_told_in_the_readers_language(public, language, said):
    asked = {"agreement": "AKFTA", "hs": "770000"}
    page = public.get("/public/rules", params=asked, headers={"Accept-Language": language})

    assert page.status_code == 422
    assert page.text.count(said) == 2  # at the head of the page, and at the field


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ko", "요청한 사람의 역할에 이 권한이 없습니다."),
        ("sw", "Jukumu la mwombaji halina haki hii."),
    ],
)
def test_refusal_is_explained_in_the_readers_language(offices, public, language, said):
    offices.person("KR-KCS", "border", Role.IMPORT_OFFICER)
    public.post("/sign-in", data={"login": "border", "password": PASSWORD}, headers=HERE)
    page = public.get("/desk/queue", headers={"Accept-Language": language})

    assert page.status_code == 403
    assert f'lang="{language}">{said}' in page.text
    # What the code means says all; the interface's sentence names the role for programs.
    assert "the role IMPORT_OFFICER may not" not in page.text


def test_codes_are_published_in_the_readers_language(public):
    page = public.get("/public/reasons?code=AUT-ROLE", headers={"Accept-Language": "ko"}).text

    assert "요청한 사람의 역할에 이 권한이 없습니다." in page
    assert "lacks the right" not in page


def test_digits_that_are_no_code_are_told_at_their_field(public):
    answer = public.get("/public/rules", params={"agreement": "AKFTA", "hs": "box"})

    assert answer.status_code == 422
    assert 'href="#hs"' in answer.text


def test_reason_code_is_found_by_its_beginning(public):
    page = public.get("/public/reasons", params={"code": "aut-role"}).text

    assert 'id="AUT-ROLE"' in page
    assert "AUT-PASSWORD" not in page


def test_codes_are_listed_by_family_and_told_on_request(public):
    whole = public.get("/public/reasons").text
    family = public.get("/public/reasons?code=LED-").text

    assert 'href="/public/reasons?code=LED-"' in whole
    assert 'id="LED-EXCEEDED"' not in whole
    assert 'id="LED-EXCEEDED"' in family
    assert 'id="RUL-' not in family


def test_number_that_nobody_has_is_not_found(public):
    page = public.get("/public/approved", params={"number": "X-1", "on": "2026-11-15"})

    assert page.status_code == 200
    assert "Not found" in page.text


def test_open_data_comes_as_csv_and_json(public):
    sheet, document = public.get("/public/figures.csv"), public.get("/public/figures.json")

    assert sheet.text.startswith("side,agreement,partner")
    assert document.json()["licence"] == "CC-BY-4.0"


def test_figures_are_for_those_who_may_see_them(offices, public):
    offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    public.post("/sign-in", data={"login": "choi", "password": PASSWORD}, headers=HERE)

    assert public.get("/figures").status_code == 200
    assert public.get("/figures", params={"first_month": "soon"}).status_code == 422
    assert public.get("/figures.csv").text.startswith("side,agreement")


def test_language_of_the_reader_reaches_the_rules(public):
    asked = {"agreement": "AKFTA", "hs": "850440"}
    english = public.get("/public/rules", params=asked).text
    korean = public.get("/public/rules", params=asked, headers={"Accept-Language": "ko"}).text

    assert 'lang="ko"' in korean
    assert english != korean


def test_half_a_question_about_a_certificate_is_told_what_lacks(public):
    asked = public.get("/verify", params={"number": "K001-26-0000001", "code": ""})
    nothing = public.post("/verify/document", headers=HERE)
    words = public.post("/verify/document", files={"file": ("a.docx", b"PK")}, headers=HERE)

    assert asked.status_code == 422
    assert "Code on the certificate: Fill this in." in asked.text
    assert 'value="K001-26-0000001"' in asked.text
    assert "Choose a file" in nothing.text
    assert "Nothing was read that proves anything." in words.text


def test_search_of_rulings_says_how_a_code_is_written(public):
    wrong = public.get("/public/rulings", params={"hs": "abc"})
    dotted = public.get("/public/rulings", params={"hs": "8504.40"})

    assert (wrong.status_code, dotted.status_code) == (422, 200)
    assert "Write two to six digits." in wrong.text
    assert 'href="#hs"' in wrong.text


def test_each_rule_set_of_an_agreement_is_named(public):
    told = public.get("/public/rules").text

    assert told.count("<strong>PEM-TN</strong> ") == 3
    sets = ("convention-2012", "transitional", "revised-2023")
    assert all(f"Rule set {one}" in told for one in sets)
