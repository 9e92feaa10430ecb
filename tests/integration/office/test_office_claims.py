"""Claims: checked line by line, drawn from a ledger that never goes below nothing."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import text

from tests.offices import an_application, approved, determined

AT_ONCE = 20


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


def a_claim(number, declaration="10511-26-000001", version=1, **line):
    claimed = {
        "line_no": 1,
        "certificate_number": number,
        "item_no": 1,
        "hs": "850440",
        "quantity": "200",
        "unit": "C62",
    }
    return {
        "declaration_number": declaration,
        "version": version,
        "lines": [claimed | line],
    }


def outcome(claim, line=0):
    line = claim["lines"][line]
    return line["decision"], line["reason_code"]


def of_quantities(number, *quantities, declaration="10511-26-000001", version=1):
    """A declaration whose lines all use the first item of a certificate."""
    body = a_claim(number, declaration, version)
    (line,) = body["lines"]
    lines = [
        line | {"line_no": place, "quantity": quantity}
        for place, quantity in enumerate(quantities, start=1)
    ]
    return body | {"lines": lines}


def draws(offices):
    office = offices.offices["VN-CUSTOMS"]
    words = text("SELECT kind, quantity, unit FROM ooms_ledger_draw ORDER BY id")
    return office.works.read(lambda work: [tuple(one) for one in work.transaction.execute(words)])


def test_parallel_claims_draw_no_more_than_was_certified(offices, importer, issued):
    def claim(turn):
        return importer.try_post(
            "/claims", a_claim(issued["number"], f"DECL-{turn:02d}", quantity="30")
        )

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(claim, range(AT_ONCE)))

    assert {one.status_code for one in answers} == {201}
    decided = [outcome(one.json()) for one in answers]
    assert decided.count(("GRANTED", "")) == 16  # of 500 pieces, 30 each
    assert decided.count(("DENIED", "LED-EXCEEDED")) == 4


def test_parallel_claims_of_two_lines_never_overdraw(offices, importer, issued):
    def claim(turn):
        body = of_quantities(issued["number"], "20", "15", declaration=f"DECL-{turn:02d}")
        return importer.try_post("/claims", body)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(claim, range(AT_ONCE)))

    assert {one.status_code for one in answers} == {201}
    granted = [
        Decimal(line["quantity"])
        for one in answers
        for line in one.json()["lines"]
        if line["decision"] == "GRANTED"
    ]
    assert 500 - 15 < sum(granted) <= 500
    assert sum(Decimal(quantity) for _kind, quantity, _unit in draws(offices)) == sum(granted)


def test_lines_of_one_item_are_served_in_their_order(offices, importer, issued):
    claim = importer.post("/claims", of_quantities(issued["number"], "300", "250", "200"))
    over = next(one for one in claim["lines"][1]["checks"] if one["check"] == "quantity")

    assert [outcome(claim, line) for line in range(3)] == [
        ("GRANTED", ""),
        ("DENIED", "LED-EXCEEDED"),
        ("GRANTED", ""),  # a line that is denied takes nothing from those behind it
    ]
    assert "50 C62 too much" in over["detail"]
    assert (over["facts"]["lines_before"], over["facts"]["left"]) == ("300", "200")
    drawn = [(kind, Decimal(quantity)) for kind, quantity, _unit in draws(offices)]
    assert drawn == [("DRAWN", Decimal(300)), ("DRAWN", Decimal(200))]


def test_line_for_an_officer_keeps_its_place_before_others(importer, issued):
    body = of_quantities(issued["number"], "300", "250")
    body["lines"][0]["hs"] = "850490"

    claim = importer.post("/claims", body)

    assert [outcome(claim, line) for line in range(2)] == [
        ("REFERRED", "REF-HS"),
        ("DENIED", "LED-EXCEEDED"),
    ]


def test_later_version_draws_its_lines_of_one_item_anew(offices, importer, issued):
    importer.post("/claims", of_quantities(issued["number"], "300", "200"))
    amended = importer.post("/claims", of_quantities(issued["number"], "100", "50", version=2))
    rest = importer.post("/claims", a_claim(issued["number"], "D-2", quantity="350"))

    assert [outcome(amended, line) for line in range(2)] == [("GRANTED", "")] * 2
    assert outcome(rest) == ("GRANTED", "")
    kinds = [kind for kind, _quantity, _unit in draws(offices)]
    assert kinds == ["DRAWN"] * 2 + ["RETURNED"] * 2 + ["DRAWN"] * 3


def test_examination_decides_as_a_claim_and_keeps_nothing(offices, importer, issued):
    examined = importer.try_post("/claims/examination", a_claim(issued["number"])).json()
    routed = text("SELECT count(*) FROM ooms_risk_decision")
    office = offices.offices["VN-CUSTOMS"]

    assert outcome(examined) == ("GRANTED", "")
    assert draws(offices) == []
    assert importer.get("/claims")["items"] == []
    assert office.works.read(lambda work: work.transaction.scalar(routed)) == 0
    assert outcome(importer.post("/claims", a_claim(issued["number"]))) == ("GRANTED", "")


def test_pieces_and_kilograms_draw_from_the_same_goods(offices, importer, issued):
    half = importer.post("/claims", a_claim(issued["number"], "D-1", quantity="250"))
    other_half = importer.post(
        "/claims", a_claim(issued["number"], "D-2", quantity="625.25", unit="KGM")
    )
    one_more = importer.post("/claims", a_claim(issued["number"], "D-3", quantity="1"))
    offices.run()

    assert outcome(half) == outcome(other_half) == ("GRANTED", "")
    assert outcome(one_more) == ("DENIED", "LED-EXCEEDED")


def in_pieces_and_kilograms(number, pieces, kilograms, declaration="D-1"):
    """A declaration with a line in pieces and one in kilograms, both of the same item."""
    body = of_quantities(number, pieces, kilograms, declaration=declaration)
    body["lines"][0]["unit"] = "PCE"  # as declarations write it; the office knows it as C62
    body["lines"][1]["unit"] = "KG"
    return body


def test_lines_in_different_units_are_told_as_one_use(offices, officer, importer, issued):
    number = issued["number"]
    claim = importer.post("/claims", in_pieces_and_kilograms(number, "100", "250.1"))
    importer.post("/claims", a_claim(number, "D-2", quantity="250.1", unit="KGM"))
    offices.run()
    shown = officer.get(f"/certificates/{issued['id']}")
    told = [one["facts"] for one in shown["notes"] if one["kind"] == "certificate.used"]
    ledger = importer.get(f"/ledger/KR/AKFTA/{number}")

    assert [outcome(claim, line) for line in range(2)] == [("GRANTED", "")] * 2
    assert [
        [(each["quantity"]["value"], each["quantity"]["unit"]) for each in one["decisions"]]
        for one in told
    ] == [[("200", "C62")], [("250.1", "KGM")]]
    assert [(one["granted"], one["unit"], one["percent"]) for one in shown["use"]] == [
        ("300", "C62", "60")
    ]
    assert ledger["items"][0]["used_percent"] == "60"


def test_denial_of_the_line_in_kilograms_leaves_the_pieces(offices, officer, importer, issued):
    claim = importer.post("/claims", in_pieces_and_kilograms(issued["number"], "100", "250.1"))
    denied = {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "other goods"}
    importer.post(f"/claims/{claim['id']}/lines/2/decisions", denied)
    offices.run()
    shown = officer.get(f"/certificates/{issued['id']}")

    assert [(one["granted"], one["percent"]) for one in shown["use"]] == [("100", "20")]


def test_certificate_used_up_at_once_is_reported_as_used(offices, officer, importer, issued):
    importer.post("/claims", a_claim(issued["number"], quantity="500"))
    offices.run()
    shown = officer.get(f"/certificates/{issued['id']}")

    assert shown["exchange"]["state"] == "USED"
    assert shown["use"][0]["percent"] == "100"


def test_draw_that_leaves_nothing_is_told_as_granted(offices, officer, importer, issued):
    importer.post("/claims", a_claim(issued["number"], "D-1", quantity="250"))
    importer.post("/claims", a_claim(issued["number"], "D-2", quantity="250"))
    offices.run()
    shown = officer.get(f"/certificates/{issued['id']}")
    told = [one["facts"] for one in shown["notes"] if one["kind"] == "certificate.used"]

    assert [one["decisions"][0]["outcome"] for one in told] == ["PARTLY", "GRANTED"]
    assert shown["use"][0]["percent"] == "100"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"certificate_number": "K001-26-9999999"}, ("DENIED", "LIN-UNKNOWN")),
        ({"certificate_number": "KOO1-26-0000001"}, ("REFERRED", "LIN-LOOKALIKE")),
        ({"item_no": 2}, ("DENIED", "LIN-ITEM")),
        ({"unit": "MTR"}, ("DENIED", "LED-UNIT")),
        ({"quantity": "500.0001"}, ("DENIED", "LED-EXCEEDED")),
        ({"hs": "850490"}, ("REFERRED", "REF-HS")),
        ({"exporter": "SOMEBODY ELSE LTD"}, ("REFERRED", "REF-EXPORTER")),
        ({"invoice": "OTHER-1"}, ("REFERRED", "REF-INVOICE")),
        ({"agreement": "KVFTA"}, ("DENIED", "LIN-UNKNOWN")),
    ],
)
def test_each_check_decides_by_what_it_finds(importer, issued, line, expected):
    claim = importer.post("/claims", a_claim(issued["number"], **line))

    assert outcome(claim) == expected


def test_claim_after_the_validity_is_denied(offices, importer, issued):
    last_day = importer.post(
        "/claims", a_claim(issued["number"], "D-1") | {"declared_on": "2027-11-20"}
    )
    day_after = importer.post(
        "/claims", a_claim(issued["number"], "D-2") | {"declared_on": "2027-11-21"}
    )

    assert outcome(last_day) == ("GRANTED", "")
    assert outcome(day_after) == ("DENIED", "RUL-EXPIRED")


@pytest.mark.parametrize(
    ("declared_on", "expected"),
    [("2026-11-20", ("GRANTED", "")), ("2026-11-19", ("REFERRED", "RUL-NOT-YET-VALID"))],
)
def test_certificate_of_the_east_is_valid_once_its_day_began(
    importer, issued, declared_on, expected
):
    claim = importer.post("/claims", a_claim(issued["number"]) | {"declared_on": declared_on})

    assert issued["issued_on"] == "2026-11-21"
    assert outcome(claim) == expected


def test_same_version_again_is_the_same_claim(offices, importer, issued):
    first = importer.post("/claims", a_claim(issued["number"]))
    again = importer.post("/claims", a_claim(issued["number"]))
    changed = importer.try_post("/claims", a_claim(issued["number"], quantity="300"))

    assert again["id"] == first["id"]
    assert changed.status_code == 409
    assert len(draws(offices)) == 1


def test_later_version_gives_back_what_the_first_drew(offices, importer, issued):
    importer.post("/claims", a_claim(issued["number"], quantity="400"))
    second = importer.post("/claims", a_claim(issued["number"], version=2, quantity="500"))
    too_late = importer.try_post("/claims", a_claim(issued["number"], version=1, quantity="7"))

    assert outcome(second) == ("GRANTED", "")
    assert draws(offices) == [
        ("DRAWN", "400", "C62"),
        ("RETURNED", "400", "C62"),
        ("DRAWN", "500", "C62"),
    ]
    assert too_late.status_code == 409


def test_officer_decides_what_the_checks_left_open(offices, officer, importer, issued):
    claim = importer.post("/claims", a_claim(issued["number"], hs="850490"))
    path = f"/claims/{claim['id']}/lines/1/decision"
    decided = importer.post(path, {"decision": "GRANTED", "reason": "same goods, other heading"})
    twice = importer.try_post(path, {"decision": "DENIED", "reason": "changed my mind"})
    offices.run()

    assert outcome(decided) == ("GRANTED", "OFFICER")
    assert twice.status_code == 409
    assert officer.get(f"/certificates/{issued['id']}")["exchange"]["state"] == "USED_PARTLY"
