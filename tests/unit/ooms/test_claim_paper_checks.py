"""The checks of a claim on papers: invoices, persons, the way of the goods, first certificates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ooms.agreements.registry import load_shipped
from ooms.claims.checks import back_to_back, invoice, parties, transport
from ooms.claims.declaration import IssuerType, Journey, Person, Span, Transshipment
from ooms.claims.facts import Storage
from ooms.claims.held import FirstReference, HeldItem, Invoiced, Leg, Named, Taken
from ooms.claims.model import Outcome
from tests.claim_cases import ABOUT, FACTS, HELD, a_case, stated, with_item

FOREIGN = replace(HELD, third_country_invoice=True, third_countries=("HK",))


def said_of(check, case):
    said = check(case)
    return (said.outcome, said.code) if said else None


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), (Outcome.PASS, "")),
        (a_case(invoice=None), None),
        (a_case(invoice="hb 1"), (Outcome.PASS, "")),
        (a_case(invoice="HB-2"), (Outcome.QUERY, "REF-INVOICE")),
        (a_case(invoices=("HB-1", "HB-2")), (Outcome.QUERY, "REF-INVOICE")),
        (a_case(FOREIGN, about=stated(third_country_invoice=True)), (Outcome.PASS, "")),
        (
            a_case(FOREIGN, about=stated(third_country_invoice=False)),
            (Outcome.QUERY, "REF-THIRD-COUNTRY"),
        ),
        (
            a_case(FOREIGN, about=stated(third_country_invoice=True, third_country="SG")),
            (Outcome.QUERY, "REF-THIRD-COUNTRY"),
        ),
        (
            a_case(about=stated(third_country_invoice=True)),
            (Outcome.QUERY, "REF-THIRD-COUNTRY"),
        ),
    ],
)
def test_invoices_stand_on_the_certificate(case, expected):
    assert said_of(invoice.check, case) == expected


def dated(*days, **line):
    return a_case(invoice_dates={f"HB-{no}": one for no, one in enumerate(days, start=1)}, **line)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (dated(date(2026, 11, 18)), (Outcome.PASS, "")),
        (dated(date(2026, 11, 17)), (Outcome.QUERY, "REF-INVOICE-DATE")),
        (dated(date(2026, 11, 18), invoice="hb 1"), (Outcome.PASS, "")),
        # Another number is told before another date.
        (dated(date(2026, 11, 17), invoices=("HB-2",)), (Outcome.QUERY, "REF-INVOICE")),
    ],
)
def test_dates_of_invoices_are_those_of_the_certificate(case, expected):
    assert said_of(invoice.check, case) == expected


def test_exchanged_day_and_month_of_an_invoice_are_suspected():
    held = with_item(invoices=(Invoiced("HB-1", date(2026, 4, 3)),))

    said = invoice.check(a_case(held, invoice_dates={"HB-1": date(2026, 3, 4)}))

    assert said is not None
    assert said.detail == (
        "invoice HB-1 is declared of 2026-03-04, certified of 2026-04-03; "
        "day and month may be exchanged"
    )
    assert (said.facts["declared_dates"], said.facts["certified_dates"]) == (
        "2026-03-04",
        "2026-04-03",
    )


def test_either_of_two_invoices_of_one_number_may_be_meant():
    held = with_item(
        invoices=tuple(Invoiced("HB-1", date(2026, 11, day)) for day in (17, 18)),
    )

    assert said_of(invoice.check, a_case(held, invoice_dates={"HB-1": date(2026, 11, 17)})) == (
        Outcome.PASS,
        "",
    )


def about(**changes):
    return replace(ABOUT, **changes)


TRADER, MAKER = Person("SAIGON TRADING JSC"), Person("DAEHAN PRECISION CO., LTD")


@pytest.mark.parametrize(
    ("held", "declared", "expected"),
    [
        (HELD, {}, (Outcome.PASS, "")),
        (HELD, {"exporter": "HANBIT ELECTRONIC LTD"}, (Outcome.PASS, "")),
        (HELD, {"exporter": "ANOTHER LTD"}, (Outcome.QUERY, "REF-EXPORTER")),
        (replace(HELD, consignee=Named("Saigon Trading")), {}, (Outcome.PASS, "")),
        (replace(HELD, consignee=Named("HANOI MART")), {}, (Outcome.QUERY, "REF-CONSIGNEE")),
        (
            replace(HELD, exporter_party=Named(HELD.exporter, "CN")),
            {},
            (Outcome.QUERY, "REF-ADDRESS"),
        ),
    ],
)
def test_persons_are_those_of_the_certificate(held, declared, expected):
    assert said_of(parties.check, a_case(held, **declared)) == expected


def test_legal_form_and_case_are_minor_discrepancies():
    said = parties.check(a_case(exporter="Hanbit Electronics Inc"))

    assert said is not None
    assert said.outcome is Outcome.PASS
    assert "exporter: minor discrepancy: legal form" in said.detail
    assert "Article 21(5)" in said.facts["source_exporter"]


@pytest.mark.parametrize(
    ("masked", "expected"),
    [(False, (Outcome.QUERY, "REF-PRODUCER")), (True, (Outcome.PASS, ""))],
)
def test_masked_producer_is_not_held_against_the_declared_one(masked, expected):
    held = replace(HELD, producers=(Named("SOMEBODY ELSE"),), producer_masked=masked)

    assert said_of(parties.check, a_case(held, about=about(producer=MAKER))) == expected


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("124-81-00998", (Outcome.PASS, "")),
        ("1248100998", (Outcome.PASS, "")),
        ("124-81-00999", (Outcome.QUERY, "REF-EXPORTER")),
        ("", (Outcome.QUERY, "REF-EXPORTER")),
    ],
)
def test_same_registration_proves_a_name_in_other_letters(identifier, expected):
    party = Named(HELD.exporter, "KR", "124-81-00998")
    declared = Person("한빛전자 주식회사", identifier)
    held = replace(HELD, exporter_party=party)

    case = a_case(held, about=about(exporter=declared), exporter=None)

    assert said_of(parties.check, case) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (IssuerType.PRODUCER, (Outcome.QUERY, "REF-ADDRESS")),
        (IssuerType.EXPORTER, (Outcome.PASS, "")),
    ],
)
def test_address_of_whoever_made_the_proof_out_counts(author, expected):
    held = replace(HELD, producers=(Named("SHENZHEN PARTS", "CN"),))

    case = a_case(held, about=stated(issuer_type=author))

    assert said_of(parties.check, case) == expected


def by_way_of(country, *, papers=(), left_on=None, bill=""):
    way = Transshipment(country, arrived_on=date(2026, 11, 22), left_on=left_on, papers=papers)
    journey = Journey(departed_on=date(2026, 11, 20), transshipments=(way,), through_bill=bill)
    return about(journey=journey)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), None),
        (a_case(about=about(journey=Journey(departed_on=HELD.shipped_on))), (Outcome.PASS, "")),
        (a_case(about=by_way_of("HK")), (Outcome.QUERY, "RUL-TRANSIT-PAPERS")),
        (a_case(about=by_way_of("HK", papers=("transit paper",))), (Outcome.PASS, "")),
        (a_case(about=by_way_of("HK", bill="BL-1")), (Outcome.PASS, "")),
        (a_case(about=by_way_of("SG")), (Outcome.PASS, "")),
        (
            a_case(
                replace(HELD, legs=(Leg("HK", "TRANSSHIPMENT"),)),
                about=about(journey=Journey(departed_on=HELD.shipped_on)),
            ),
            (Outcome.QUERY, "RUL-TRANSIT-UNDECLARED"),
        ),
        (
            a_case(about=about(journey=Journey(departed_on=date(2026, 12, 24)))),
            (Outcome.QUERY, "REF-DEPARTURE"),
        ),
    ],
)
def test_country_outside_is_passed_with_papers_only(case, expected):
    assert said_of(transport.check, case) == expected


@pytest.mark.parametrize(
    ("left_on", "agreement", "expected"),
    [
        (date(2027, 2, 22), "KCFTA", (Outcome.PASS, "")),
        (date(2027, 2, 23), "KCFTA", (Outcome.FAIL, "RUL-STORED-TOO-LONG")),
        (date(2027, 2, 23), "AKFTA", (Outcome.QUERY, "RUL-STORED-TOO-LONG")),
    ],
)
def test_agreement_says_how_grave_a_long_stay_is(left_on, agreement, expected):
    stay = by_way_of("HK", papers=("customs paper",), left_on=left_on)
    facts = replace(FACTS, storage=Storage(3))

    case = a_case(about=stay, facts=facts, agreement=agreement)

    assert said_of(transport.check, case) == expected


STORM = Span(date(2027, 2, 20), date(2027, 3, 2), "typhoon")


@pytest.mark.parametrize(
    ("left_on", "delayed", "expected"),
    [
        (date(2027, 5, 22), (STORM,), (Outcome.PASS, "")),
        (date(2027, 5, 23), (STORM,), (Outcome.FAIL, "RUL-STORED-TOO-LONG")),
        # A storm before the goods came there held nothing up.
        (
            date(2027, 2, 23),
            (Span(date(2026, 11, 1), date(2026, 11, 21), "typhoon"),),
            (Outcome.FAIL, "RUL-STORED-TOO-LONG"),
        ),
    ],
)
def test_force_majeure_on_the_way_lets_goods_stay_longer(left_on, delayed, expected):
    stay = by_way_of("HK", papers=("customs paper",), left_on=left_on)
    stay = replace(stay, journey=replace(stay.journey, delayed=delayed))
    (rule,) = {one.transport for one in load_shipped().agreement("KCFTA").rule_sets}
    assert rule is not None
    assert rule.storage_months is not None

    facts = replace(FACTS, storage=Storage(rule.storage_months, rule.delayed_storage_months))
    case = a_case(about=stay, facts=facts, agreement="KCFTA")

    assert said_of(transport.check, case) == expected


FIRST = replace(
    HELD,
    number="ID-1",
    number_key="ID1",
    issuing_country="ID",
    valid_until=date(2027, 6, 30),
    items=(HeldItem(3, "850440", "CONVERTERS", {"C62": Decimal(100)}, ()),),
)


def passed_on(quantity, *, valid_until=date(2027, 6, 30), **changes):
    taken = Taken(1, 3, Decimal(quantity), "C62")
    reference = FirstReference("ID-1", "ID1", "ID", date(2027, 6, 30), (taken,))
    second = replace(
        HELD,
        origin_country="ID",
        is_back_to_back=True,
        firsts=(reference,),
        valid_until=valid_until,
    )
    return replace(second, **changes)


@pytest.mark.parametrize(
    ("held", "first", "expected"),
    [
        (HELD, FIRST, None),
        (passed_on(100), FIRST, (Outcome.PASS, "")),
        (passed_on(101), FIRST, (Outcome.FAIL, "LED-FIRST-EXCEEDED")),
        (passed_on(100, firsts=()), FIRST, (Outcome.FAIL, "LIN-FIRST-MISSING")),
        (passed_on(100, origin_country="KR"), FIRST, (Outcome.FAIL, "LIN-FIRST-OUTSIDE")),
        (passed_on(100, issuing_country="CN"), FIRST, (Outcome.FAIL, "LIN-FIRST-OUTSIDE")),
        (
            passed_on(100, valid_until=date(2027, 7, 1)),
            FIRST,
            (Outcome.FAIL, "RUL-FIRST-EXPIRED"),
        ),
        (
            passed_on(100),
            replace(FIRST, state="CANCELLED"),
            (Outcome.FAIL, "LIN-FIRST-STATE"),
        ),
    ],
)
def test_back_to_back_stands_on_first_certificates(held, first, expected):
    case = a_case(held, facts=replace(FACTS, firsts=(first,)))

    assert said_of(back_to_back.check, case) == expected


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ((Taken(1, 3, Decimal(60), "C62"), Taken(2, 3, Decimal(40), "C62")), (Outcome.PASS, "")),
        (
            (Taken(1, 3, Decimal(60), "C62"), Taken(2, 3, Decimal(41), "C62")),
            (Outcome.FAIL, "LED-FIRST-EXCEEDED"),
        ),
        # The same goods in two units are one quantity.
        ((Taken(1, 3, Decimal(60), "C62"), Taken(1, 3, Decimal(60), "C62")), (Outcome.PASS, "")),
    ],
)
def test_items_take_from_one_first_item_together(taken, expected):
    second = passed_on(1)
    held = replace(second, firsts=(replace(second.firsts[0], taken=taken),))

    case = a_case(held, facts=replace(FACTS, firsts=(FIRST,)))

    assert said_of(back_to_back.check, case) == expected


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("KR", (Outcome.PASS, "")),
        ("ID", (Outcome.PASS, "")),
        ("SG", (Outcome.QUERY, "REF-BACK-TO-BACK")),
    ],
)
def test_country_between_is_the_certified_one(country, expected):
    about = stated(back_to_back=True, back_to_back_country=country)

    assert said_of(back_to_back.check, a_case(passed_on(1), about=about)) == expected


def test_declaration_and_certificate_agree_on_back_to_back():
    case = a_case(about=stated(back_to_back=True))

    assert said_of(back_to_back.check, case) == (Outcome.QUERY, "REF-BACK-TO-BACK")
