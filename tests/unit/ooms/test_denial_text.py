"""The notice to an importer, the closed list of grounds, and the periods around a claim."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from eodes.forms.register import Calendars
from ooms.claims.loader import load_terms
from ooms.decisions.denial_text import told
from ooms.decisions.grounds import RemedyKind, UnknownGroundError
from ooms.decisions.law import ClockKind
from ooms.decisions.loader import load_grounds, load_law
from ooms.decisions.model import About, RemedyTold, Security, Verdict, Why
from ooms.errors import UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue
from ooms.verifications import loader as verifications

GROUNDS = load_grounds()
CALENDARS = Calendars.load()
KOREA = load_law("KR", calendar=CALENDARS.of("KR"))
VIETNAM = load_law("VN", calendar=CALENDARS.of("VN"))
ABOUT = About("10511-26-000001", "K001-26-0000001", "K001260000001", "KVFTA", "KR", 1, "850440")
WHY = Why(
    "EXPIRED",
    "RUL_EXPIRED",
    "claimed on 2027-11-21, valid until 2027-11-20",
    basis=("Korea-Viet Nam FTA 3.16(3)",),
    remedies=(RemedyTold("OBJECTION", date(2027, 12, 21), "Act 17(7)"),),
)


def notice(verdict=Verdict.DENIED, *, why=WHY, language="en", security=None):
    return told(
        verdict,
        ABOUT,
        place=(3, 0),
        quantity="200 C62",
        why=why,
        words=catalogue(language),
        security=security,
    )


def test_denial_tells_ground_facts_basis_remedy_and_deadline():
    first, *others = notice().splitlines()

    assert first.startswith("Preference under KVFTA is denied for line 3 of declaration 10511-")
    assert "(item 1 of certificate K001-26-0000001, 200 C62)" in first
    assert others == [
        "Ground: the certificate was not valid any more when preference was claimed.",
        "Facts: claimed on 2027-11-21, valid until 2027-11-20",
        "Legal basis: Korea-Viet Nam FTA 3.16(3).",
        "An objection may be made in writing until 2027-12-21 (Act 17(7)).",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_denial_tells_the_same_facts_in_every_language(language):
    text = notice(language=language)

    for fact in ("KVFTA", "10511-26-000001", "2027-12-21", "Act 17(7)", "3.16(3)", "200 C62"):
        assert fact in text
    assert "{" not in text


def test_release_on_security_names_amount_and_reference():
    why = Why("", "", "", basis=("Act 21(3)",), verification="V-1")
    text = notice(Verdict.SECURED, why=why, security=Security(Decimal("1250.50"), "USD", "B-77"))

    assert "1250.50 USD, reference B-77" in text
    assert "Verification: V-1." in text
    assert "Ground" not in text


@pytest.mark.parametrize("code", sorted(GROUNDS.by_code))
def test_every_ground_has_basis_words_remedy_and_deadline(code):
    ground = GROUNDS.by_code[code]
    country = ground.countries[0] if ground.countries else "VN"
    agreement = ground.agreements[0] if ground.agreements else "AKFTA"

    assert ground.based_on(agreement=agreement, country=country)
    assert RemedyKind.OBJECTION in ground.remedies
    assert ground.wire.replace("_", "").isalnum()
    assert len(ground.wire) <= 35
    for language in LANGUAGES:
        assert catalogue(language)[ground.key]
    for remedy in ground.remedies:
        assert KOREA.clock(ClockKind(remedy)).length


def test_grounds_of_verifications_are_told_in_their_own_words():
    english = catalogue("en")
    titles = {one.code: one.title for one in verifications.load_grounds().every}

    differing = {
        code
        for code, title in titles.items()
        if english[GROUNDS.by_code[code].key].lower() != title.lower()
    }

    assert differing == set()


def test_every_finding_that_denies_leads_to_a_ground():
    terms = load_terms()
    denying = {code for (code, _), one in terms.severities.items() if one.outcome == "FAIL"}

    assert {code for code in denying if GROUNDS.of_check(code) is None} == set()


def test_dispute_about_the_classification_is_no_ground():
    assert not [one for one in GROUNDS.by_code.values() if "REF-HS" in one.checks]


def test_treaty_stands_before_what_stands_in_for_it():
    ground = GROUNDS.by_code["EXPIRED"]

    named = [one.source for one in ground.based_on(agreement="KVFTA", country="KR")]
    stand_in = ground.based_on(agreement="AKFTA", country="VN")

    assert named == ["Enforcement Decree 4(5) and 5(2)", "Korea-Viet Nam FTA 3.16(3)"]
    assert [one.verified for one in stand_in] == [False]


def test_ground_of_korean_law_is_none_elsewhere():
    with pytest.raises(UnknownGroundError):
        GROUNDS.find("KR-35-4", agreement="AKFTA", country="VN")


@pytest.mark.parametrize(
    ("kind", "agreement", "start", "last"),
    [
        (ClockKind.LATE_CLAIM, "", "2025-11-24", "2026-11-24"),
        # From 29 February the year begins on 1 March and ends with February.
        (ClockKind.LATE_CLAIM, "", "2028-02-29", "2029-02-28"),
        # From 28 February it begins on 1 March as well: 29 February 2028 is its last day.
        (ClockKind.LATE_CLAIM, "", "2027-02-28", "2028-02-29"),
        # The last day is a Saturday: the next working day counts.
        (ClockKind.LATE_CLAIM, "", "2025-11-21", "2026-11-23"),
        (ClockKind.RECLASSIFIED_CLAIM, "", "2026-11-20", "2027-01-04"),
        # The end of February is a Sunday, and 1 March a holiday.
        (ClockKind.REFUND_DECISION, "", "2026-12-31", "2027-03-02"),
        (ClockKind.OBJECTION, "", "2026-11-23", "2026-12-23"),
        (ClockKind.OBJECTION_DECISION, "", "2026-11-24", "2026-12-24"),
        (ClockKind.COMPLETION, "AKFTA", "2026-11-20", "2027-01-04"),
        (ClockKind.COMPLETION, "KVFTA", "2026-11-20", "2026-12-21"),
        (ClockKind.COMPLETION, "KCFTA", "2026-11-20", "2027-01-05"),
        (ClockKind.COMPLETION, "KRIN", "2026-11-20", "2027-01-05"),
    ],
)
def test_periods_around_a_claim_end_on_these_days(kind, agreement, start, last):
    due = KOREA.due(kind, date.fromisoformat(start), agreement=agreement)

    assert due.on == date.fromisoformat(last)
    assert due.source
    assert due.verified


def test_country_without_its_own_law_says_so():
    due = VIETNAM.due(ClockKind.OBJECTION, date(2026, 11, 20))

    assert due.on == date(2026, 12, 20)
    assert not due.verified


def test_office_sets_a_completion_between_its_bounds():
    clock = KOREA.clock(ClockKind.COMPLETION)

    assert clock.chosen(5) == 5
    assert clock.chosen(None) == 45
    with pytest.raises(UnfitError):
        clock.chosen(46)
