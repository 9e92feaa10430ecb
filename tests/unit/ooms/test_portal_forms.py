"""Forms: fields make bodies, flaws find fields, and other sites send nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from ooms.portal.choices import countries
from ooms.portal.client import Document, Flaw, Refused
from ooms.portal.forms import Form, name_of
from ooms.portal.origin_check import is_from_here
from ooms.portal.rendering import environment
from ooms.portal.visit import inside

_NAMES = st.text(alphabet="abcdefgh_", min_size=1, max_size=6)
_TEXTS = st.text(min_size=1, max_size=9).map(str.strip).filter(bool)
_DOCUMENTS = st.recursive(
    _TEXTS,
    lambda inner: st.one_of(
        st.dictionaries(_NAMES, inner, min_size=1, max_size=3),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@given(st.dictionaries(_NAMES, _DOCUMENTS, max_size=4))
def test_form_of_a_document_gives_the_document_back(document):
    assert Form.of(document).body() == document


def test_empty_fields_are_left_out_and_gaps_in_rows_are_closed():
    form = Form.read([("lines.0.hs", "850440"), ("lines.1.hs", " "), ("lines.4.hs", "853400")])

    assert form.body("lines") == {"lines": [{"hs": "850440"}, {"hs": "853400"}]}


def test_flaw_of_the_interface_finds_its_field():
    problem = {
        "code": "LIN-HS",
        "detail": "the application has flaws",
        "errors": [{"pointer": "/lines/0/hs", "detail": "is no HS code", "code": "LIN-HS"}],
    }
    form = Form.of({"lines": [{"hs": "85"}]}).refuse(Refused(422, problem))

    assert form.flaw_of("lines.0.hs") == "is no HS code"
    assert form.flaws() == (("lines.0.hs", Flaw("/lines/0/hs", "is no HS code", "LIN-HS")),)
    assert name_of("/lines/0/hs") == "lines.0.hs"


def test_flaw_of_a_group_leads_to_its_first_field():
    problem = {"errors": [{"pointer": "/supplier", "detail": "Field required", "code": "SCH-BODY"}]}
    form = Form.of({}).refuse(Refused(422, problem))
    for name, label in (("kind", "Kind"), ("supplier.name", "Name"), ("supplier.city", "City")):
        form.called(name, label)

    assert [name for name, _ in form.flaws()] == ["supplier.name"]
    assert form.flaw_of("supplier.name") == "Field required"


def test_group_is_not_told_beside_its_first_field():
    flaws = [
        {"pointer": pointer, "detail": "Field required", "code": "SCH-BODY"}
        for pointer in ("/supplier/name", "/supplier")
    ]
    form = Form.of({}).refuse(Refused(422, {"errors": flaws}))
    form.called("supplier.name", "Name")

    assert [name for name, _ in form.flaws()] == ["supplier.name"]


def test_refusal_without_fields_is_told_about_the_whole_form():
    problem = {"code": "RUL-STATE", "detail": "it was decided meanwhile"}
    form = Form.of({}).refuse(Refused(409, problem))

    assert form.flaws() == (("", Flaw("", "it was decided meanwhile", "RUL-STATE")),)


def test_form_shown_again_gets_a_fresh_key():
    form = Form.of({})

    assert form.refuse(Refused(422, {})).key != form.key


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://office"}, False),
        ({"origin": "http://office"}, True),
        ({"origin": "http://elsewhere"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_forms_of_this_office_are_taken(headers, is_ours):
    sent = [
        (name.encode(), value.encode()) for name, value in ({"host": "office"} | headers).items()
    ]

    assert is_from_here(Request({"type": "http", "headers": sent})) is is_ours


@pytest.mark.parametrize("away", ["//elsewhere", "/\\elsewhere", "https://elsewhere", "", "/a\nb"])
def test_way_back_never_leads_away(away):
    assert inside(away, "/account") == "/account"
    assert inside("/company/applications?state=DRAFT", "/account").startswith("/company")


def test_missing_member_of_a_document_is_an_error_and_no_blank():
    page = environment("en").from_string("{{ application.stat }}")

    with pytest.raises(Exception, match="has no attribute 'stat'"):
        page.render(application=Document(state="DRAFT"))


def test_what_is_filled_in_is_escaped():
    page = environment("en").from_string("{{ name }} {{ _('<b>') }}")

    assert "<b>" not in page.render(name="<b>")


def test_environment_of_a_language_is_made_once():
    assert environment("ko") is environment("ko")


def test_day_of_a_moment_is_the_day_at_the_office():
    page = environment("en").from_string("{{ '2026-11-22T18:30:00Z' | day }}")

    assert page.render(zone="Asia/Seoul") == "23 November 2026"
    assert page.render(zone="Asia/Kolkata") == "23 November 2026"
    assert page.render(zone="Europe/Berlin") == "22 November 2026"


def test_moment_names_the_city_of_its_zone():
    page = "{{ '2026-11-22T18:30:00Z' | moment }}"

    told = environment("ko").from_string(page).render(zone="Asia/Seoul")
    assert told == "2026년 11월 23일 03:30 (서울)"


def test_places_made_up_for_tests_are_no_countries():
    chosen = dict(countries("en"))

    assert {"KR", "TZ", "XK"} <= chosen.keys()
    assert not {"EU", "QO", "XA", "XB", "ZZ"} & chosen.keys()
    assert len(chosen) == 250


def test_day_and_country_are_written_in_the_language():
    page = "{{ '2026-11-15' | day }}, {{ 'KE' | country }}"

    assert environment("sw").from_string(page).render() == "15 Novemba 2026, Kenya"
    assert environment("ko").from_string(page).render() == "2026년 11월 15일, 케냐"


@pytest.mark.parametrize(
    ("given", "written"), [("48250.00", "48,250.00"), ("500", "500"), ("0.10", "0.10")]
)
def test_number_keeps_every_digit_that_was_given(given, written):
    assert environment("en").from_string("{{ given | number }}").render(given=given) == written


@pytest.mark.parametrize(
    ("language", "written"), [("en", "37.5%"), ("fr", "37,5\xa0%"), ("ko", "37.5%")]
)
def test_share_is_written_as_percent_of_its_language(language, written):
    share = environment(language).filters["share"]

    assert share("0.3750") == written
    assert share("1.0000") == written.replace("37,5", "100").replace("37.5", "100")
    assert share(None) == ""


def test_field_left_empty_is_told_to_lack_and_not_to_be_misspelled():
    flaws = [
        {"pointer": f"/{name}", "detail": "String should match pattern '^[A-Z]+$'", "code": "X"}
        for name in ("empty", "wrong")
    ]

    refused = Form({"wrong": "x"}).refuse(Refused(422, {"errors": flaws}))

    assert refused.flaw_of("empty") == "Field required"
    assert refused.flaw_of("wrong").startswith("String should match pattern")
