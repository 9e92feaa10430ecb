"""One declaration is told from another that comes under the same number and version."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ooms.claims.declaration import Declaration, fingerprint_of
from tests.claim_cases import ABOUT, LINE

TOLD = Declaration("2026-1", 1, date(2026, 12, 1), (LINE,), ABOUT)


@pytest.mark.parametrize(
    "other",
    [
        replace(TOLD, lines=(replace(LINE, quantity=LINE.quantity + 1),)),
        replace(TOLD, lines=(replace(LINE, quota_licence="L-1"),)),
        replace(TOLD, lines=(replace(LINE, rate=Decimal(0)),)),
        replace(TOLD, lines=(LINE, replace(LINE, line_no=2))),
    ],
    ids=["quantity", "licence", "rate of nothing", "line"],
)
def test_changed_fact_changes_the_fingerprint(other):
    assert fingerprint_of(other) != fingerprint_of(TOLD)


def test_fields_that_nobody_stated_change_no_fingerprint():
    told = Declaration("2026-1", 1, date(2026, 12, 1), ())
    stated = {"declared_on": "2026-12-01", "number": "2026-1", "version": 1}
    expected = json.dumps({"about": {"claim_type": "AT_IMPORT"}} | stated, sort_keys=True)

    assert fingerprint_of(told) == hashlib.sha256(expected.encode()).hexdigest()
