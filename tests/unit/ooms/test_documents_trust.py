"""A seal counts on every day on which its key was valid at some time."""

from datetime import UTC, date, datetime

import pytest

from ooms.documents.trust import Issuer

MADE, ENDED = datetime(2026, 11, 22, 13, 50, tzinfo=UTC), datetime(2028, 11, 21, 9, tzinfo=UTC)
ISSUER = Issuer("KR-KCS", b"", MADE, ENDED)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), True),
        (date(2028, 11, 21), True),
        (date(2028, 11, 23), False),
    ],
)
def test_key_seals_from_the_day_it_was_made(day, expected):
    assert ISSUER.was_valid_on(day) is expected


def test_day_that_has_begun_farther_east_counts():
    made = datetime(2026, 11, 21, 11, tzinfo=UTC)
    ended = datetime(2026, 11, 21, 23, tzinfo=UTC)

    assert Issuer("KI-KCS", b"", made, ended).was_valid_on(date(2026, 11, 22))
