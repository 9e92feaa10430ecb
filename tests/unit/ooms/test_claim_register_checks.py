"""The checks of a claim on registers: double use, waivers, restrictions, risks, rulings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ooms.claims.checks import advance_ruling, duplicate, plausibility, restrictions, waiver
from ooms.claims.declaration import Declaration, ProofType
from ooms.claims.facts import Limit, LimitKind, OtherUse, Routed, Ruling, WaivedBefore
from ooms.claims.goods import GoodsLists, Listed, Listing
from ooms.claims.model import Outcome
from ooms.claims.ports import Asked
from ooms.claims.risks import goods_of
from tests.claim_cases import ABOUT, FACTS, HELD, LINE, NUMBER, TERMS, a_case, stated


def said_of(check, case):
    said = check(case)
    return (said.outcome, said.code) if said else None


OTHER = OtherUse("D-9", 1, NUMBER, "AKFTA", 1, "850440", office="HAI PHONG")


def used(**changes):
    return replace(FACTS, same_item=(replace(OTHER, **changes),))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), (Outcome.PASS, "")),
        (a_case(facts=used(importer="Saigon Trading")), (Outcome.PASS, "")),
        (a_case(facts=used(importer="HANOI MART")), (Outcome.QUERY, "DUP-IMPORTER")),
        (a_case(facts=used(), about=stated(divided=False)), (Outcome.QUERY, "DUP-NOT-DIVIDED")),
        (a_case(facts=used(), about=stated(divided=True)), (Outcome.PASS, "")),
    ],
)
def test_item_is_shared_by_one_importer_only(case, expected):
    assert said_of(duplicate.check, case) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Outcome.PASS, "")),
        ({"certificate_number": "K001-26-0000002"}, (Outcome.QUERY, "DUP-INVOICE")),
        ({"agreement": "RCEP"}, (Outcome.QUERY, "DUP-INVOICE")),
        ({"certificate_number": "K001-26-0000002", "hs6": "640399"}, (Outcome.PASS, "")),
    ],
)
def test_invoice_proves_the_same_goods_once(changes, expected):
    facts = replace(FACTS, same_invoice=(replace(OTHER, **changes),))

    assert said_of(duplicate.check, a_case(facts=facts)) == expected


BEFORE = WaivedBefore("D-8", date(2026, 11, 28), Decimal(500), "USD")
WAIVED = replace(ABOUT, proofs=(replace(stated().proofs[0], kind=ProofType.WAIVED),))


def small(value, *, currency="USD", agreement="KCFTA", before=(), ruling=None):
    return a_case(
        None,
        about=WAIVED,
        facts=replace(FACTS, waived_before=before, ruling=ruling),
        agreement=agreement,
        value=None if value is None else Decimal(value),
        currency=currency,
    )


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), None),
        (small(700), (Outcome.PASS, "")),
        (small("700.01"), (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")),
        (small(601, agreement="KVFTA"), (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")),
        (small(200, before=(BEFORE,)), (Outcome.PASS, "")),
        (small(201, before=(BEFORE,)), (Outcome.QUERY, "RUL-WAIVER-SPLIT")),
        (small(100, currency="EUR"), (Outcome.QUERY, "RUL-WAIVER-UNKNOWN")),
        (small(None), (Outcome.QUERY, "RUL-WAIVER-UNKNOWN")),
        (small(100, agreement="KRIN"), (Outcome.QUERY, "RUL-WAIVER-UNKNOWN")),
    ],
)
def test_small_consignment_needs_no_proof_unless_split(case, expected):
    assert said_of(waiver.check, case) == expected


def in_korea(value, *, agreement="KRIN", **facts):
    case = small(value, agreement=agreement, **facts)
    line = replace(case.line, origin="IN")
    return replace(case, line=line, facts=replace(case.facts, country="KR"))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (in_korea(1000), (Outcome.PASS, "")),
        (in_korea("1000.01"), (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")),
        (in_korea(601, before=(BEFORE,)), (Outcome.QUERY, "RUL-WAIVER-SPLIT")),
        # The agreement's own value goes before the country's.
        (in_korea(701, agreement="KCFTA"), (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")),
        (in_korea(100, agreement=None), (Outcome.QUERY, "RUL-WAIVER-UNKNOWN")),
    ],
)
def test_country_has_a_value_where_the_agreement_has_none(case, expected):
    assert said_of(waiver.check, case) == expected


RULED = Ruling("AR-1", "KCS", "IN")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (in_korea(5000, ruling=RULED), (Outcome.PASS, "")),
        (in_korea(5000, ruling=replace(RULED, origin="CN")), (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")),
        (small(5000, ruling=RULED), (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")),
    ],
)
def test_goods_that_were_ruled_on_need_no_proof_in_korea(case, expected):
    assert said_of(waiver.check, case) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [("", (Outcome.PASS, "")), ("of one maker", (Outcome.QUERY, "RUL-WAIVER-PART"))],
)
def test_goods_on_the_list_of_a_country_need_no_proof(part, expected):
    row = Listed(
        "KRIN", "KR", Listing.NO_PROOF, "8504", "converters", "notice", verified=True, part=part
    )
    case = in_korea(5000)

    listed = replace(case, terms=replace(case.terms, goods=GoodsLists.of((row,))))

    assert said_of(waiver.check, case) == (Outcome.FAIL, "RUL-WAIVER-EXCEEDED")
    assert said_of(waiver.check, listed) == expected


def limited(*kinds):
    limits = tuple(Limit(kind, "HANBIT", f"R-{no}") for no, kind in enumerate(kinds))
    return a_case(facts=replace(FACTS, limits=limits))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (limited(), (Outcome.PASS, "")),
        (limited(LimitKind.DOUBTED_CERTIFICATE), (Outcome.PASS, "")),
        (limited(LimitKind.RESTRICTED), (Outcome.ROUTE, "RUL-RESTRICTED")),
        (limited(LimitKind.NEGATIVE_RESULT), (Outcome.ROUTE, "RUL-NEGATIVE-RESULT")),
        (
            limited(LimitKind.OPEN_VERIFICATION, LimitKind.SUSPENDED),
            (Outcome.ROUTE, "RUL-SUSPENDED"),
        ),
    ],
)
def test_registers_route_and_the_gravest_is_told(case, expected):
    assert said_of(restrictions.check, case) == expected


@pytest.mark.parametrize(
    ("routed", "expected"),
    [
        (None, None),
        (Routed("SCORE", (), is_picked=False), (Outcome.PASS, "")),
        (Routed("SCORE", ("price per kg",), is_picked=True), (Outcome.ROUTE, "RUL-SELECTED")),
    ],
)
def test_selection_of_risks_routes_and_never_denies(routed, expected):
    assert said_of(plausibility.check, a_case(facts=replace(FACTS, routed=routed))) == expected


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("KR", (Outcome.ACCEPT, "RUL-RULED")),
        ("CN", (Outcome.QUERY, "RUL-RULED-OTHERWISE")),
    ],
)
def test_ruling_on_the_same_goods_is_accepted(origin, expected):
    facts = replace(FACTS, ruling=Ruling("AR-1", "KCS", origin))

    assert said_of(advance_ruling.check, a_case(HELD, facts=facts)) == expected


@pytest.mark.parametrize(
    ("quantity", "unit", "kilograms"),
    [
        ("100", "C62", "250.1"),
        ("100", "PCE", "250.1"),
        ("250.1", "KG", "250.1"),
        ("0.2501", "TNE", "250.1"),
        ("5", "MTR", None),
    ],
)
def test_risk_weighs_pieces_by_the_certified_weight(quantity, unit, kilograms):
    line = replace(LINE, quantity=Decimal(quantity), unit=unit)
    declaration = Declaration("D-1", 1, date(2026, 12, 1), (line,))

    goods = goods_of(Asked(declaration, line, HELD), terms=TERMS)

    assert goods.net_kg == (None if kilograms is None else Decimal(kilograms))
