"""The published formula of the lists, and the sample that follows from a seed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.listings.model import (
    Approved,
    Entry,
    Fact,
    FactKind,
    Ground,
    ListKind,
    OnSiteRule,
    Tally,
    WaiverGrounds,
    digest_of,
    is_sampled,
    on_site_entries,
    waiver_entries,
)

RULE = OnSiteRule(Decimal(5), 2)
GROUNDS = WaiverGrounds(("AA", "AAA"), date(2025, 11, 22), date(2026, 11, 22))
AT = datetime(2026, 11, 22, tzinfo=UTC)


def tally(applications, errors, *, year=2025, exporter="e-1"):
    which = {f"app-{no}": ("COMPLETION",) for no in range(errors)}
    return Tally(exporter, year, applications, which)


def fact(kind, happened_on, *, code="", exporter="e-1", valid_until=None, withdrawn_at=None):
    return Fact(
        "f", exporter, kind, code, happened_on, "seen", "o-1", AT, valid_until, withdrawn_at
    )


@given(st.integers(0, 5000), st.data())
def test_list_takes_whoever_is_strictly_above_the_limit(applications, data):
    errors = data.draw(st.integers(0, applications))
    entries = on_site_entries(RULE, year=2026, tallies=(tally(applications, errors),), facts=())

    is_above = applications > 0 and Fraction(errors, applications) > Fraction(5, 100)
    assert [one.ground for one in entries] == ([Ground.ERROR_RATE] if is_above else [])


@pytest.mark.parametrize(
    ("applications", "errors", "words"),
    [
        (120, 7, "applications 120, errors 7, 5.8 %, above 5 % (2025)"),
        (120, 6, "applications 120, errors 6, 5.0 %, not above 5 % (2025)"),
        (0, 0, "applications 0, errors 0, 0.0 %, not above 5 % (2025)"),
    ],
)
def test_company_reads_its_figures_in_plain_words(applications, errors, words):
    assert tally(applications, errors).words(Decimal(5)) == words


def test_figures_of_another_year_list_nobody():
    tallies = (tally(10, 10, year=2024), tally(10, 10, year=2026))

    assert on_site_entries(RULE, year=2026, tallies=tallies, facts=()) == ()


def test_two_convictions_of_last_year_list_a_company():
    first, second = (
        fact(FactKind.CONVICTION, date(2025, month, 1), code="ACT_44") for month in (3, 9)
    )
    older = fact(FactKind.CONVICTION, date(2024, 9, 1), code="ACT_44")
    withdrawn = fact(FactKind.CONVICTION, date(2025, 9, 1), code="ACT_45", withdrawn_at=AT)

    (listed,) = on_site_entries(RULE, year=2026, tallies=(), facts=(first, second))
    assert (listed.ground, listed.detail) == (
        Ground.CONVICTIONS,
        "2 convictions in 2025: ACT_44, ACT_44",
    )
    for facts in ((first,), (first, older), (first, withdrawn)):
        assert on_site_entries(RULE, year=2026, tallies=(), facts=facts) == ()


def test_judgment_counts_until_its_last_year():
    judged = fact(FactKind.JUDGMENT, date(2025, 6, 1), valid_until=date(2026, 3, 1))

    (listed,) = on_site_entries(RULE, year=2026, tallies=(), facts=(judged,))
    assert (listed.ground, listed.detail) == (Ground.JUDGMENT, "seen")
    assert on_site_entries(RULE, year=2027, tallies=(), facts=(judged,)) == ()


@pytest.mark.parametrize(
    ("stated", "ground"),
    [
        (fact(FactKind.AEO, date(2024, 1, 1), code="AA"), Ground.AEO),
        (fact(FactKind.AEO, date(2024, 1, 1), code="A"), None),
        (fact(FactKind.AEO, date(2024, 1, 1), code="AA", valid_until=date(2026, 11, 21)), None),
        (fact(FactKind.CLEAN_VERIFICATION, date(2025, 11, 22)), Ground.CLEAN_VERIFICATION),
        (fact(FactKind.CLEAN_VERIFICATION, date(2025, 11, 21)), None),
        (fact(FactKind.CONVICTION, date(2026, 1, 1), code="ACT_44"), None),
    ],
)
def test_waiver_follows_grade_and_clean_verification(stated, ground):
    entries = waiver_entries(GROUNDS, approved=(), facts=(stated,), listed=frozenset())

    assert [one.ground for one in entries] == ([ground] if ground else [])


def test_nobody_is_waived_who_is_checked_on_site():
    approved = (Approved("e-1", "N-1"), Approved("e-2", "N-2", "AKFTA", "850440"))

    (left,) = waiver_entries(GROUNDS, approved=approved, facts=(), listed=frozenset({"e-1"}))

    assert (left.exporter_id, left.ground) == ("e-2", Ground.ITEM_APPROVAL)
    assert left.covers("AKFTA", "8504409000")
    assert not left.covers("KVFTA", "850440")


@given(st.text(max_size=40), st.text(max_size=40))
def test_sample_follows_from_application_and_seed_alone(application, seed):
    first = is_sampled(application, seed=seed, percent=Decimal(5))

    assert first == is_sampled(application, seed=seed, percent=Decimal(5))
    assert is_sampled(application, seed=seed, percent=Decimal(100))
    assert not is_sampled(application, seed=seed, percent=Decimal(0))
    assert not first or is_sampled(application, seed=seed, percent=Decimal(6))


def test_sample_is_about_as_large_as_its_rate():
    drawn = sum(is_sampled(f"app-{no}", seed="s", percent=Decimal(5)) for no in range(20_000))

    assert 900 < drawn < 1100


@given(st.permutations(["e-1", "e-2", "e-3"]))
def test_digest_hangs_on_what_is_said_not_on_its_order(order):
    entries = [Entry(one, Ground.AEO, "AEO AA") for one in order]
    digest = digest_of(ListKind.REVIEW_WAIVER, 2026, entries)

    assert digest == digest_of(ListKind.REVIEW_WAIVER, 2026, sorted(entries, key=str))
    assert digest != digest_of(ListKind.REVIEW_WAIVER, 2027, entries)
    assert digest != digest_of(ListKind.REVIEW_WAIVER, 2026, entries[:2])
