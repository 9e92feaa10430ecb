"""What is wrong with a field is told to people in words that say what to do."""

from __future__ import annotations

import pytest

from ooms.portal.plain_words import plainly


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Field required", "Fill this in."),
        ("String should have at least 1 character", "Fill this in."),
        ("Tuple should have at least 1 item after validation, not 0", "Name at least one."),
        ("String should have at most 35 characters", "Write at most 35 characters."),
        ("Input should be greater than or equal to 1", "Write a number of 1 or more."),
        ("is none of AK, VK", "Choose one of these: AK, VK."),
        ("HS 2022 has no code 9999", "The Harmonized System of 2022 has no code 9999."),
        ("Input should be 'A', 'B' or 'C'", "Choose one of the list."),
        (
            "String should match pattern '^[0-9]{6,12}$'",
            "Write the tariff code with 6 to 12 digits.",
        ),
        ("String should match pattern '^[A-Z]{2}$'", "Write the country with its two letters."),
        ("String should match pattern '^([A-Z]{2})?$'", "Write the country with its two letters."),
        ("String should match pattern '^[A-Z]{3}$'", "Write the currency with its three letters."),
        (
            "'1,000' is not a non-negative decimal number with at most 15 whole digits",
            (
                "'1,000' is no number here: write digits, with a point before decimals and "
                "nothing between thousands."
            ),
        ),
        (
            "the letter is not posted, so it cannot become REQUESTED; look at it again",
            "Print and seal the letter, post it and note its posting; then this can go.",
        ),
        (" is no ground under AKFTA here; see /decisions/grounds", "Choose one of the list."),
        (
            "the importer is not asked yet (Directive 12), so it cannot become DRAFT",
            "Ask the importer for papers first (Directive 12).",
        ),
        (
            "COMPLETION lasts from 5 to 10 days (Rules 10(8): days)",
            "Write from 5 to 10 days (Rules 10(8): days).",
        ),
        (
            "Input should be a valid date or datetime, input is too short",
            "Write a day that exists: year, month and day.",
        ),
    ],
)
def test_shape_of_a_member_is_told_as_advice(told, read):
    assert plainly(told) == read


def test_sentence_of_the_interface_stays_as_it_is():
    assert plainly("the visit is on 2026-11-30 only") == "the visit is on 2026-11-30 only"
