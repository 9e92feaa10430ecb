"""What would take a company off the list: so many more applications, or errors."""

from decimal import Decimal

import pytest

from ooms.listings.model import Tally

FIVE = Decimal(5)


def a_tally(applications: int, errors: int) -> Tally:
    return Tally("e", 2026, applications, {str(one): ("CORRECTED",) for one in range(errors)})


@pytest.mark.parametrize(
    ("applications", "errors", "needed", "left"),
    [(100, 5, 0, 0), (100, 6, 20, 0), (100, 2, 0, 3), (10, 1, 10, 0), (0, 0, 0, 0), (19, 0, 0, 0)],
)
def test_outlook_is_exact_at_the_edge_of_the_share(applications, errors, needed, left):
    tally = a_tally(applications, errors)

    assert tally.clean_needed(FIVE) == needed
    assert tally.errors_left(FIVE) == left
    assert not a_tally(applications + needed, errors).is_above(FIVE)


def test_share_that_does_not_divide_evenly_is_rounded_up():
    needed = a_tally(10, 1).clean_needed(Decimal(3))

    assert needed == 24
    assert a_tally(9 + needed, 1).is_above(Decimal(3))
