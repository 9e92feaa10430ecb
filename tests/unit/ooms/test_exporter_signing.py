"""Who signs for a company, compared with the signature cards that are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from ooms.exporters.model import Signatory, SignatureCard
from ooms.exporters.signing import hindrance

TODAY = date(2026, 11, 21)
PARK = Signatory("Park Jiwoo", "Director", "Busan")
CARD = SignatureCard("1", "c", "PARK  JIWOO", "", "5d" * 32, date(2026, 1, 1))
REVOKED = replace(CARD, revoked_at=datetime(2026, 6, 1, tzinfo=UTC), revoked_because="he left")


def test_signatory_with_a_card_that_holds_may_sign():
    assert hindrance(PARK, (REVOKED, CARD), on=TODAY) == ""


def test_company_without_any_card_is_not_asked_for_one():
    assert hindrance(PARK, (), on=TODAY) == ""


def test_signatory_of_another_name_than_the_cards_is_told():
    other = replace(CARD, name="Lee Minho")

    assert "no signature card of that name" in hindrance(PARK, (other,), on=TODAY)


def test_revoked_card_says_why_its_holder_signs_no_more():
    assert hindrance(PARK, (REVOKED,), on=TODAY).endswith("was revoked: he left")


def test_card_holds_from_its_first_day_until_before_its_end():
    ended = replace(CARD, valid_until=TODAY)
    coming = replace(CARD, valid_from=date(2026, 11, 22))

    assert "does not hold on 2026-11-21" in hindrance(PARK, (ended,), on=TODAY)
    assert hindrance(PARK, (ended,), on=date(2026, 11, 20)) == ""
    assert "does not hold on 2026-11-21" in hindrance(PARK, (coming,), on=TODAY)
