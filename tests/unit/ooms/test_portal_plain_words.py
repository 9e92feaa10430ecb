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
        ("Input should be 'A', 'B' or 'C'", "Choose one of the list."),
        (
            "Input should be a valid date or datetime, input is too short",
            "Write a day that exists: year, month and day.",
        ),
    ],
)
def test_shape_of_a_member_is_told_as_advice(told, read):
    assert plainly(told) == read


def test_sentence_of_the_interface_stays_as_it_is():
    assert plainly("two lines have the same item_no") == "two lines have the same item_no"
