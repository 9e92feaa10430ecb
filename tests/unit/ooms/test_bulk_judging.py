"""One block of a bulk file: every case as if it were judged alone, and every flaw in its place."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from ooms.agreements import notation
from ooms.determinations.bulk_cases import Overrides
from ooms.determinations.bulk_columns import RESULTS
from ooms.determinations.bulk_judging import Block, Task, judge_block
from ooms.origin.case import read_case
from ooms.origin.determine import determine
from ooms.origin.explain import answer
from tests.bench import bills
from tests.unit.origin.building import EDITIONS, REGISTRY

HEADER = tuple(bills.HEADER.strip().split(","))
AGREEMENTS = ("AKFTA", "KCFTA", "KVFTA")
COLUMNS = (
    *("case", "on", "hs_edition", "exporting_party", "importing_party", "product_hs"),
    *("price_basis", "price_amount", "price_currency", "facts", "material", "material_hs"),
    *("originating", "origin", "value", "proof", "line", "part_of", "proof_agreement"),
    *("proof_from", "proof_until"),
)
PLAIN = {
    "case": "A",
    "on": "2026-11-20",
    "hs_edition": "2022",
    "exporting_party": "KR",
    "importing_party": "VN",
    "product_hs": "850440",
    "price_basis": "FOB",
    "price_amount": "100",
    "price_currency": "USD",
    "material": "board",
    "material_hs": "853400",
    "originating": "no",
    "value": "40",
}


def judge(text, header=HEADER, **task):
    judged = judge_block(Block(text.encode(), 2), Task(header, ",", **task))
    rows = csv.reader(io.StringIO(judged.text))
    return [dict(zip(RESULTS, row, strict=True)) for row in rows], judged.counted


def judge_rows(*rows, agreements=("AKFTA",), **task):
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerows([(PLAIN | row).get(column, "") for column in COLUMNS] for row in rows)
    return judge(text.getvalue(), COLUMNS, agreements=agreements, **task)[0]


def bench_rows(count):
    return "".join("".join(bills.rows(number)) for number in range(count))


def alone(text, agreement, importer):
    """Judge a case of the bench as a document of its own."""
    rows = [dict(zip(HEADER, row, strict=True)) for row in csv.reader(io.StringIO(text))]
    first = rows[0]
    document = {
        "agreement": agreement,
        "on": first["on"],
        "hs_edition": int(first["hs_edition"]),
        "exporting_party": first["exporting_party"],
        "importing_party": importer,
        "product": {"hs": first["product_hs"], "description": first["product_description"]},
        "price": {
            "basis": first["price_basis"],
            "amount": first["price_amount"],
            "currency": first["price_currency"],
        },
        "processes": [first["processes"]],
        "materials": [
            {
                "name": row["material"],
                "hs": row["material_hs"],
                "originating": {"yes": True, "no": False, "": None}[row["originating"]],
                "origin": row["origin"] or None,
                "value": row["value"],
                "weight": row["weight"],
                "kind": row["kind"] or "material",
            }
            for row in rows
        ],
    }
    case = read_case(document, read_rule=notation.read)
    return answer(determine(case, REGISTRY.agreement(agreement), editions=EDITIONS))


@pytest.mark.parametrize("number", range(0, 24, 3))
def test_result_is_that_of_the_case_alone(number):
    text = "".join(bills.rows(number))

    rows, _ = judge(text, agreements=AGREEMENTS)

    for row in rows:
        expected = alone(text, row["agreement"], row["importing_party"])
        value = expected["value"] or {}
        assert row["verdict"] == expected["verdict"]
        assert row["criterion"] == (expected["criterion"] or "")
        assert row["slack"] == value.get("slack", "")
        assert row["minimum_price"] == (value.get("minimum_price") or "")
        assert row["questions"].split(";") == [q["key"] for q in expected["questions"]] or [""]
        assert row["rule_pack"] == expected["rule_pack"]
        assert row["engine"] == expected["engine"]
        assert row["inputs_hash"] == expected["inputs_hash"]


def test_traced_engine_alone_gives_the_same_bytes():
    text, task = bench_rows(40), Task(HEADER, ",", AGREEMENTS)
    block = Block(text.encode(), 2)

    compiled = judge_block(block, task)
    traced = judge_block(block, Task(HEADER, ",", AGREEMENTS, traced_only=True))

    assert compiled.text == traced.text
    assert (compiled.counted["traced"], traced.counted["traced"]) == (0, 120)


def test_all_agreements_are_those_between_the_countries():
    rows = judge_rows({"importing_party": "CN"}, agreements=())

    assert {"APTA", "KCFTA", "RCEP"} <= {row["agreement"] for row in rows}
    assert not {row["agreement"] for row in rows} & {"AKFTA", "KVFTA"}


def test_named_agreement_of_other_countries_is_an_error():
    (row,) = judge_rows({"importing_party": "CN"})

    assert (
        row["verdict"],
        row["error"],
    ) == ("error", "row 2, exporting_party: the countries are not Parties to AKFTA")


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("price_amount", "1e5", "is not a non-negative decimal"),
        ("product_hs", "85O440", "is not an HS code"),
        ("material_hs", "8", "is not an HS code"),
        ("originating", "perhaps", "must be true, false or null"),
        ("exporting_party", "Korea", "is not a two-letter country code"),
        ("on", "20/11/2026", "Invalid isoformat"),
        ("facts", "{", "must be a JSON object"),
        ("part_of", "core", "no line 'core' stands above"),
    ],
)
def test_flaw_names_row_and_column_and_stops_nothing(column, cell, problem):
    before, wrong, after = {"case": "A"}, {"case": "B", column: cell}, {"case": "C"}

    rows = judge_rows(before, wrong, after)

    assert [row["verdict"] for row in rows] == ["originating", "error", "originating"]
    assert rows[1]["error"].startswith(f"row 3, {column}: ")
    assert problem in rows[1]["error"]


def test_row_that_says_something_else_of_the_good_is_an_error():
    (row,) = judge_rows({}, {"price_amount": "90"})

    assert row["error"] == "row 3, price_amount: differs from the case's first row"


def test_cells_of_the_good_may_stand_once():
    repeated = judge_rows({}, {})
    blank = dict.fromkeys(("product_hs", "price_amount", "price_basis", "price_currency"), "")

    assert repeated == judge_rows({}, blank)


def test_quote_left_open_swallows_no_case():
    one, two, three = ("".join(bills.rows(number, lines=1)) for number in range(3))
    broken = two.replace("good 1", '"good 1')

    rows, counted = judge(one + broken + three, agreements=("AKFTA",))

    assert [row["case"] for row in rows] == ["P00000000", "P00000001", "P00000002"]
    assert "row 3" in rows[1]["error"]
    assert (counted["cases"], counted["error"], counted["compiled"]) == (3, 1, 2)


def test_part_of_makes_a_bill_of_two_levels():
    whole = {"material": "core", "material_hs": "850490", "line": "1", "originating": ""}
    part = {"material": "steel", "material_hs": "722511", "part_of": "1", "value": "5"}
    foreign = {"material": "core", "material_hs": "850490", "value": "40"}
    alone_ = judge_rows(foreign)

    (row,) = judge_rows(whole, part)

    assert row["verdict"] == "originating"
    assert Decimal(row["slack"]) > Decimal(alone_[0]["slack"])


def test_expired_proof_leaves_the_line_not_shown():
    shown = {"material_hs": "850490", "originating": "yes", "value": "70", "proof": "S-17"}

    (before,) = judge_rows(shown)
    (after,) = judge_rows(shown, given=Overrides(expired=frozenset({"S-17"})))

    assert (before["verdict"], after["verdict"]) == ("originating", "non_originating")


def test_proof_counts_under_the_agreements_it_names_while_it_holds():
    shown = {
        "material_hs": "850490",
        "originating": "yes",
        "value": "70",
        "proof_agreement": "KVFTA;AKFTA",
        "proof_from": "2026-01-01",
        "proof_until": "2026-12-01",
    }
    (valid,) = judge_rows(shown)
    (another,) = judge_rows(shown | {"proof_agreement": "KVFTA"})
    (late,) = judge_rows(shown, given=Overrides(on=date(2026, 12, 1)))

    assert valid["verdict"] == "originating"
    assert [another["verdict"], late["verdict"]] == ["non_originating"] * 2
