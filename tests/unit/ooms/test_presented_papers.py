"""A paper beside the register: what the seal says, held against what was received."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from ooms.claims.held import Certified, Held, HeldItem
from ooms.documents.code import cut
from ooms.documents.model import Answer, Checked, Summary, SummaryItem
from ooms.documents.presented import Presented

DAY, END = date(2026, 11, 20), date(2027, 11, 20)
LONG = "HANBIT ELECTRONICS AND PRECISION INSTRUMENTS CO., LTD."
HELD = Held(
    issuing_country="KR",
    agreement="KVFTA",
    number="K001-26-0000001",
    number_key="K001260000001",
    partner="KR-KCS",
    state="AVAILABLE",
    issued_on=DAY,
    valid_from=DAY,
    valid_until=END,
    exporter=LONG,
    import_country="VN",
    items=(HeldItem(1, "901850", "INSTRUMENTS", {}, (), criterion=Certified("CTH", "CTC")),),
)
SEALED = Summary(
    authority="KR-KCS",
    agreement="KVFTA",
    form_type="VK",
    number="K001 26 0000001",
    issuer="K001",
    issued_on=DAY,
    valid_until=END,
    import_country="VN",
    sealed_at=datetime(2026, 11, 20, tzinfo=UTC),
    xml_sha256=b"",
    exporter=cut(LONG),
    item_count=1,
    items=(SummaryItem("9018500000", "CTH", Decimal(500), "C62"),),
)


class Received:
    """A register that holds one certificate."""

    def __init__(self, held):
        self.held = held

    def find_all(self, numbers, *, within):
        assert within == "open"
        return dict.fromkeys(numbers, (self.held,))


def compared(*, held=HELD, summary=SEALED, authentic=Answer.YES):
    checked = Checked(authentic, Answer.UNKNOWN, Answer.YES, (), "", summary)
    work: Any = SimpleNamespace(transaction="open")
    return Presented(Received(held)).compare(work, checked)


def test_paper_that_says_what_was_registered_is_the_same():
    (found,) = compared()

    assert found.is_same, found.compared


@pytest.mark.parametrize(
    ("what", "changes"),
    [
        ("exporter", {"exporter": "SHADOW LTD."}),
        ("valid_until", {"valid_until": DAY}),
        ("items.1.hs", {"items": (replace(HELD.items[0], hs="850440"),)}),
        ("item_count", {"items": (HELD.items[0], replace(HELD.items[0], item_no=2))}),
    ],
)
def test_what_was_registered_otherwise_is_named(what, changes):
    (found,) = compared(held=replace(HELD, **changes))

    assert [one.what for one in found.compared if not one.same] == [what]


def test_small_code_is_compared_by_number_and_days_alone():
    (found,) = compared(summary=replace(SEALED, item_count=0, items=(), exporter=""))

    assert found.is_same
    assert "exporter" not in [one.what for one in found.compared]


def test_number_under_a_seal_that_is_not_believed_is_not_looked_up():
    assert compared(authentic=Answer.NO) == ()


def test_certificate_of_another_agreement_is_not_the_papers():
    assert compared(held=replace(HELD, agreement="AKFTA")) == ()
