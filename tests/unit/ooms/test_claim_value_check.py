"""The check of quantities on values: what an item is worth in all, beside what was certified."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ooms.claims.checks import quantity
from ooms.claims.facts import OtherUse
from ooms.claims.held import Invoiced
from ooms.claims.model import Decision, Outcome
from ooms.kernel.money import Money
from tests.claim_cases import FACTS, ITEM, NUMBER, a_case, with_item

CERTIFIED = with_item(fob=Money(Decimal(1000), "USD"))


def dollars(amount):
    return Money(Decimal(amount), "USD")


def worth(amount, held=CERTIFIED, *, currency="USD", **case):
    return a_case(held, value=Decimal(amount), currency=currency, **case)


def invoiced(*totals):
    return with_item(
        invoices=tuple(Invoiced("HB-1", date(2026, 11, 18), total) for total in totals)
    )


def elsewhere(*worths, decision=Decision.GRANTED):
    uses = tuple(
        OtherUse("D-2", 1, NUMBER, "AKFTA", 1, "850440", decision=decision, worth=one)
        for one in worths
    )
    return replace(FACTS, same_item=uses)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (worth("1000"), (Outcome.PASS, "")),
        # A tenth more may be freight and insurance.
        (worth("1100.00"), (Outcome.PASS, "")),
        (worth("1100.01"), (Outcome.QUERY, "LED-VALUE")),
        (worth("900", facts=elsewhere(dollars("200"))), (Outcome.PASS, "")),
        (worth("900", facts=elsewhere(dollars("200.01"))), (Outcome.QUERY, "LED-VALUE")),
        (worth("900", facts=elsewhere(Money(Decimal(900), "EUR"))), (Outcome.PASS, "")),
        (worth("2000", invoiced(dollars("1500"), dollars("400"))), (Outcome.PASS, "")),
        (worth("2100", invoiced(dollars("1500"), dollars("400"))), (Outcome.QUERY, "LED-VALUE")),
        (worth("2100", invoiced(dollars("1500"), None)), (Outcome.PASS, "")),
        (worth("2100", with_item()), (Outcome.PASS, "")),
        (worth("2100", quantity=Decimal(501)), (Outcome.FAIL, "LED-EXCEEDED")),
    ],
)
def test_no_more_value_than_was_certified_in_all(case, expected):
    said = quantity.check(case)

    assert said is not None
    assert (said.outcome, said.code) == expected


def test_lines_before_count_with_what_they_are_worth():
    case = replace(worth("600"), worth_before=(dollars("501"), Money(Decimal(9), "EUR")))

    said = quantity.check(case)

    assert said is not None
    assert said.detail == (
        "worth 1101.00 USD in all, certified 1000 USD; with freight and insurance "
        "at most 1100.00 USD"
    )
    assert said.facts["value_before"] == "501.00 USD"


def test_uses_without_a_value_are_counted_and_shown():
    said = quantity.check(worth("900", facts=elsewhere(dollars("50"), None)))

    assert said is not None
    assert said.outcome is Outcome.PASS
    assert (said.facts["value_elsewhere"], said.facts["uses_without_value"]) == ("50.00 USD", "1")


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (worth("5000", currency="EUR"), "declared in EUR, certified in USD"),
        (
            worth("5000", replace(CERTIFIED, third_country_invoice=True)),
            "a third country's trader invoiced",
        ),
    ],
)
def test_values_that_cannot_be_compared_say_why(case, why):
    said = quantity.check(case)

    assert said is not None
    assert said.outcome is Outcome.PASS
    assert said.detail.endswith(f"; value not compared: {why}")
    assert "certified_value" not in said.facts


def test_certified_value_is_free_on_board_before_any_invoice():
    item = replace(ITEM, fob=dollars("5"), invoices=(Invoiced("HB-1", date(2026, 11, 18)),))

    assert item.worth == dollars("5")
