"""The pages of advance rulings, without a browser: from the application to the objection."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from tests.integration.portal.desks import Desk, words_of
from tests.offices import COMPANY

ASKED = {
    "applicant.name": COMPANY["name"],
    "applicant.country": "KR",
    "applicant.standing": "EXPORTER",
    "goods.holder": COMPANY["name"],
    "goods.agreement": "AKFTA",
    "goods.partner": "KR",
    "goods.hs6": "850440",
    "goods.description": "STATIC CONVERTERS, MODEL SC-500",
    "goods.processes": "assembly\ntesting",
    "goods.materials.0.hs": "853400",
    "goods.materials.0.origin": "JP",
    "subject": "ORIGIN",
    "question": "Does assembly from Japanese boards confer origin?",
}
RULED = {
    "rule.origin": "KR",
    "rule.criterion": "CTH",
    "rule.text": "The converters originate in Korea.",
    "rule.reasons": "All foreign materials change their heading.",
}


@pytest.fixture
def exporter(offices):
    return Desk(offices.company())


@pytest.fixture
def officer(offices):
    return Desk(offices.person("KR-KCS", "kim", Role.OFFICER))


@pytest.fixture
def applied(exporter):
    answer = exporter.send("/rulings/new", ASKED)
    assert answer.status_code == 303, words_of(answer.text)
    return answer.headers["Location"].partition("?")[0]


def test_application_with_holes_is_shown_again_with_its_flaws(exporter):
    answer = exporter.send("/rulings/new", ASKED | {"goods.hs6": "85", "question": ""})

    assert answer.status_code == 422
    assert 'href="#goods-hs6"' in answer.text
    assert "STATIC CONVERTERS, MODEL SC-500" in answer.text


def test_ruling_is_completed_ruled_published_and_objected_to(exporter, officer, applied):
    officer.do(f"{applied}/ask", {"ask.text": "the bill of materials", "ask.days": "10"})
    waiting = words_of(exporter.open(applied))
    exporter.do(f"{applied}/complete", {"complete.answer": "it comes with this"})
    officer.do(f"{applied}/rule", RULED)
    shown = {"publish.description": "Static converters", "publish.text": "They originate."}
    officer.do(f"{applied}/publish", shown)
    exporter.do(f"{applied}/object", {"object.text": "The criterion is WO."})
    page = words_of(exporter.open(applied))

    assert "To be completed by the applicant" in waiting
    assert "The converters originate in Korea." in page
    assert "Published on" in page
    assert "by another officer than who ruled" in page
    assert "They originate." in words_of(officer.open("/public/rulings?words=converters"))


def test_refused_step_opens_its_form_again_with_what_is_wrong(officer, applied):
    answer = officer.send(f"{applied}/ask", {"ask.text": "", "ask.days": "10"})

    assert answer.status_code == 422
    assert 'href="#ask-text"' in answer.text
    assert '<details class="govuk-details" open>' in answer.text


def test_ruling_is_revoked_without_a_new_answer(officer, applied):
    officer.send(f"{applied}/rule", RULED)
    gone = {"change.ground": "LAW_CHANGED", "change.reason": "the rule changed"}
    officer.send(f"{applied}/change", gone)

    assert "The ruling is revoked." in words_of(officer.open(applied))


def test_company_withdraws_and_the_list_says_so(exporter, officer, applied):
    exporter.send(f"{applied}/withdraw")

    assert "Withdrawn" in words_of(exporter.open("/rulings?state=WITHDRAWN"))
    assert "850440" in words_of(officer.open("/rulings"))
