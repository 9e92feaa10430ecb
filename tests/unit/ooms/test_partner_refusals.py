"""What counts as a refusal, and how it is matched to what lint finds."""

import pytest

from ooms.documents.coverage import covered, lacking
from ooms.languages.catalogues import LANGUAGES, catalogue
from ooms.lint.words import means, remedy
from ooms.partner_refusals.model import Count, Reason, Record, reasons_in

RECORD = Record(
    "VN-CUSTOMS",
    90,
    1200,
    43,
    (Count(Reason("RUL-C13-BOX", "7"), 30), Count(Reason("REF-INVOICE"), 13)),
)


def test_refused_message_names_every_code_and_box():
    refusals = [{"code": "RUL-C13-BOX", "box": "7"}, {"code": "RUL-C06-HS", "box": ""}]

    found = reasons_in({"state": "REJECTED_BUSINESS", "code": "x", "refusals": refusals})

    assert found == (Reason("RUL-C13-BOX", "7"), Reason("RUL-C06-HS"))


def test_denied_items_of_one_message_count_once_a_reason():
    denied = {"outcome": "DENIED", "reason_code": "LED_EXCEEDED"}
    suspended = {"outcome": "SUSPENDED"}
    granted = {"outcome": "GRANTED", "reason_code": "NONE"}

    found = reasons_in({"decisions": [denied, denied, suspended, granted]})

    assert found == (Reason("LED-EXCEEDED"), Reason("UNNAMED"))


@pytest.mark.parametrize("facts", [{}, {"state": "REGISTERED", "code": "x"}, {"decisions": "no"}])
def test_other_news_is_no_refusal(facts):
    assert reasons_in(facts) == ()


@pytest.mark.parametrize(
    ("reason", "count"),
    [
        (Reason("RUL-C13-BOX", "7"), 30),
        (Reason("RUL-C13-BOX", "4"), 0),
        (Reason("RUL-C13-BOX"), 30),
        (Reason("REF-INVOICE", "10"), 13),
        (Reason("RUL-C06-HS", "7"), 0),
    ],
)
def test_finding_meets_refusals_of_its_code_and_box(reason, count):
    assert RECORD.refused_for(reason) == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_that_nobody_knows_is_told_in_every_language(language):
    words = catalogue(language)

    assert means("XYZ-UNHEARD", words) == words["finding.other.means"]
    assert remedy("RUL-C13-BOX", words) == words["finding.rul_c13_box.do"]


def test_font_has_latin_and_hangul_but_no_hanja():
    assert lacking("Café ếạ 한빛 ABC") == ""
    assert lacking("漢字 AB 漢") == "漢字"
    assert len(covered()) > 10_000
