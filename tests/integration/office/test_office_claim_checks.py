"""Claims as clearance systems hand them in: whole declarations, files, late certificates, lists."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from eodes.store.tables import outgoing
from ooms.claims.schemas import ClaimIn
from tests.offices import an_application, approved, determined

PERSONS = {
    "importer": {"name": "ORIENT POWER TRADING", "identifier": "0101234567", "country": "VN"},
    "exporter": {"name": "Hanbit Electronics", "country": "KR"},
}


@pytest.fixture
def issue(exporter, officer):
    """Issue a certificate of 500 pieces, not yet on its way."""

    def issued(**changes):
        application = approved(exporter, officer, an_application(determined(exporter), **changes))
        return officer.post("/certificates", {"application_id": application["id"]})

    return issued


@pytest.fixture
def certificate(offices, issue):
    """A certificate that Viet Nam has registered."""
    made = issue()
    offices.run()
    return made


def a_line(number, **changes):
    line = {
        "line_no": 1,
        "certificate_number": number,
        "item_no": 1,
        "hs": "85044090",
        "quantity": "200",
        "unit": "C62",
        "agreement": "AKFTA",
    }
    return line | changes


def a_declaration(*lines, number="D-1", **changes):
    return {"declaration_number": number, "lines": list(lines)} | PERSONS | changes


def decided(claim):
    return [(one["decision"], one["reason_code"]) for one in claim["lines"]]


def checks(claim):
    return {one["check"]: one for one in claim["lines"][0]["checks"]}


def test_whole_declaration_passes_every_check_that_applies(importer, certificate):
    line = a_line(
        certificate["number"],
        hs_edition=2022,
        criterion="CTH",
        description="Static converters, model SC-500",
        model="SC-500",
        packages=50,
        invoices=["HB-2026-1120"],
        value="19300.00",
        currency="USD",
        origin="KR",
        unit="PCE",
    )
    claim = importer.post(
        "/claims",
        a_declaration(
            line,
            office="HAI PHONG",
            journey={
                "export_country": "KR",
                "export_port": "KRPUS",
                "departed_on": "2026-11-20",
                "transshipments": [{"country": "HK", "port": "HKHKG", "papers": ["through bill"]}],
            },
            proofs=[
                {
                    "certificate_number": certificate["number"].replace("-", ""),
                    "issued_on": certificate["issued_on"],
                    "issuer": "SEOUL MAIN CUSTOMS",
                    "back_to_back": False,
                    "third_country_invoice": False,
                    "divided": True,
                    "divided_no": 1,
                    "net_weight": "500",
                    "total_net_weight": "1250.5",
                }
            ],
        ),
    )

    assert decided(claim) == [("GRANTED", "")]
    said = checks(claim)
    assert {one["outcome"] for one in said.values()} == {"PASS"}
    assert set(said) >= {"found", "authenticity", "agreement", "validity", "issue_timing"}
    assert set(said) >= {"classification", "description", "quantity", "invoice", "parties"}
    assert set(said) >= {"criterion", "transport", "duplicate", "restrictions"}
    assert "minor discrepancy: legal form" in said["parties"]["detail"]
    assert "minor discrepancy: unit" in said["quantity"]["detail"]


def test_dates_and_values_are_held_against_the_certificate(importer, certificate):
    def claimed(number, *, dated="2026-11-20", **changes):
        stated = {"invoice": "HB-2026-1120", "invoice_dates": {"HB-2026-1120": dated}}
        line = a_line(certificate["number"], **stated, currency="USD", **changes)
        return importer.post("/claims", a_declaration(line, number=number))

    of_another_day = claimed("D-1", dated="2026-11-02", value="20000")
    first = claimed("D-2", value="50000")
    together = claimed("D-3", value="10000", quantity="100")
    received = importer.get(f"/claims/certificates?number={certificate['number']}")
    (item,) = received["items"][0]["items"]

    assert decided(of_another_day) == [("REFERRED", "REF-INVOICE-DATE")]
    assert of_another_day["lines"][0]["invoice_dates"] == {"HB-2026-1120": "2026-11-02"}
    assert decided(first) == [("GRANTED", "")]
    assert decided(together) == [("REFERRED", "LED-VALUE")]
    assert checks(together)["quantity"]["facts"]["value_elsewhere"] == "50000.00 USD"
    assert item["dated_invoices"][0] == {
        "number": "HB-2026-1120",
        "dated": "2026-11-20",
        "total": "48250.00",
        "currency": "USD",
    }


def test_date_of_an_invoice_that_nobody_names_is_refused(importer):
    line = a_line("K001-26-0000001", invoice="HB-1", invoice_dates={"HB-2": "2026-11-20"})
    refused = importer.try_post("/claims", a_declaration(line))

    assert refused.status_code == 422
    assert "an invoice that the line does not name" in refused.text


def test_several_specifications_have_values_of_their_own():
    line = {"line_no": 1, "hs": "850440", "value": "900", "currency": "USD"}
    uses = {"certificate_number": "K001-26-0000001", "item_no": 1, "quantity": "5", "unit": "C62"}
    only = {"spec_no": 1, "invoice": "HB-1"} | uses
    other = {"spec_no": 2, "invoice": "HB-2", "value": "300"} | uses
    dates = {"HB-1": "2026-11-20", "HB-2": "2026-11-21"}
    alone = line | {"specifications": [only]}
    both = line | {"specifications": [only, other], "invoice_dates": dates}

    (whole,) = ClaimIn.model_validate(a_declaration(alone)).lines[0].uses()
    first, second = ClaimIn.model_validate(a_declaration(both)).lines[0].uses()

    assert [one.value for one in (whole, first, second)] == [Decimal(900), None, Decimal(300)]
    assert list(second.invoice_dates) == ["HB-2"]


def test_specifications_of_one_line_draw_on_several_certificates(offices, importer, issue):
    numbers = [issue()["number"], issue()["number"]]
    offices.run()
    line = {"line_no": 1, "hs": "850440", "agreement": "AKFTA"}
    line["specifications"] = [
        {
            "spec_no": turn,
            "certificate_number": number,
            "item_no": 1,
            "quantity": "500",
            "unit": "C62",
        }
        for turn, number in enumerate(numbers, start=1)
    ]
    # The known seed draws line 1.2 of D-1 for the random sample.
    claim = importer.post("/claims", a_declaration(line, number="D-3"))
    more = importer.post("/claims", a_declaration(a_line(numbers[0], quantity="1"), number="D-2"))

    assert [(one["line_no"], one["spec_no"]) for one in claim["lines"]] == [(1, 1), (1, 2)]
    assert decided(claim) == [("GRANTED", ""), ("GRANTED", "")]
    assert decided(more) == [("DENIED", "LED-EXCEEDED")]


def test_late_certificate_opens_the_check_by_itself(offices, officer, importer, issue):
    made = issue()
    waiting = importer.post("/claims", a_declaration(a_line(made["number"])))
    offices.run()
    offices.run()  # news that is told again changes nothing
    claim = importer.get(f"/claims/{waiting['id']}")
    shown = officer.get(f"/certificates/{made['id']}")

    assert decided(waiting) == [("AWAITING", "LIN-AWAITED")]
    assert waiting["lines"][0]["awaited_until"] == "2027-01-05"
    assert decided(claim) == [("GRANTED", "")]
    assert claim["lines"][0]["awaited_until"] is None
    assert shown["use"][0]["percent"] == "40"


def test_certificate_after_the_wait_opens_the_check_still(offices, importer, issue):
    made = issue()
    waiting = importer.post("/claims", a_declaration(a_line(made["number"])))
    office = offices.offices["VN-CUSTOMS"]
    offices.world.clock.advance(days=46)
    office.works.do(office.claims.end_waits)
    linh = offices.log_in("VN-CUSTOMS", "linh")
    in_vain = linh.get(f"/claims/{waiting['id']}")
    offices.run()
    claim = linh.get(f"/claims/{waiting['id']}")

    assert decided(in_vain) == [("REFERRED", "LIN-AWAITED")]
    assert decided(claim) == [("GRANTED", "")]


def test_held_replacement_is_checked_again_after_its_original(offices, officer, importer, issue):
    original = issue()
    reason = {"reason_code": "CORRECTED", "reason": "marks were misspelled"}
    new = officer.post(f"/certificates/{original['id']}/corrections", reason)
    world = offices.world
    world.nodes["KR-KCS"].seal()
    with world.nodes["KR-KCS"].database.begin() as connection:
        first = select(outgoing.c.message_id).order_by(outgoing.c.channel_seq).limit(1)
        late = outgoing.c.message_id == first.scalar_subquery()
        when = world.clock.now() + timedelta(hours=1)
        connection.execute(outgoing.update().where(late).values(due_at=when))
    offices.run()
    held = importer.post("/claims", a_declaration(a_line(new["number"])))
    world.clock.advance(hours=2)
    offices.run()
    offices.run()
    linh = offices.log_in("VN-CUSTOMS", "linh")
    claim = linh.get(f"/claims/{held['id']}")

    assert decided(held) == [("REFERRED", "LIN-HELD")]
    assert decided(claim) == [("GRANTED", "")]


def test_wait_in_vain_is_left_to_an_officer(offices, importer):
    waiting = importer.post("/claims", a_declaration(a_line("K001-26-7777777")))
    office = offices.offices["VN-CUSTOMS"]
    offices.world.clock.advance(days=44)
    too_early = office.works.do(office.claims.end_waits)
    offices.world.clock.advance(days=2)
    ended = office.works.do(office.claims.end_waits)
    again = office.works.do(office.claims.end_waits)
    linh = offices.log_in("VN-CUSTOMS", "linh")
    claim = linh.get(f"/claims/{waiting['id']}")

    assert (too_early, ended, again) == (0, 1, 0)
    assert decided(claim) == [("REFERRED", "LIN-AWAITED")]


def test_same_invoice_under_another_certificate_is_asked_about(offices, importer, issue):
    numbers = [issue()["number"], issue()["number"]]
    offices.run()
    first = importer.post("/claims", a_declaration(a_line(numbers[0])))
    second = importer.post("/claims", a_declaration(a_line(numbers[1]), number="D-2"))

    assert decided(first) == [("GRANTED", "")]
    assert decided(second) == [("REFERRED", "DUP-INVOICE")]
    assert checks(second)["duplicate"]["facts"]["other_certificate"] == numbers[0]


def test_item_that_another_importer_uses_is_asked_about(importer, certificate):
    importer.post("/claims", a_declaration(a_line(certificate["number"])))
    other = importer.post(
        "/claims",
        a_declaration(a_line(certificate["number"]), number="D-2", importer={"name": "HANOI MART"}),
    )

    assert ("duplicate", "DUP-IMPORTER") in [
        (one["check"], one["code"]) for one in other["lines"][0]["checks"]
    ]
    assert decided(other) == [("REFERRED", "REF-CONSIGNEE")]


def test_small_consignments_are_added_up(importer):
    def small(number, value):
        line = a_line("", agreement="KVFTA", value=value, currency="USD")
        return importer.post("/claims", a_declaration(line, number=number))

    assert decided(small("D-1", "400")) == [("GRANTED", "")]
    assert decided(small("D-2", "201")) == [("REFERRED", "RUL-WAIVER-SPLIT")]
    assert decided(small("D-3", "601")) == [("DENIED", "RUL-WAIVER-EXCEEDED")]


def test_lines_of_one_small_consignment_are_added_up(importer):
    line = a_line("", agreement="KVFTA", value="301", currency="USD")
    split = importer.post("/claims", a_declaration(line, line | {"line_no": 2}, number="D-1"))

    assert decided(split) == [("REFERRED", "RUL-WAIVER-SPLIT")] * 2


def test_restricted_exporter_is_routed_until_it_ends(importer, certificate):
    restriction = importer.post(
        "/claims/restrictions",
        {"role": "EXPORTER", "name": "Hanbit Electronics", "ground": "two false proofs"},
    )
    routed = importer.post("/claims", a_declaration(a_line(certificate["number"])))
    importer.post(f"/claims/restrictions/{restriction['id']}/end", {"reason": "released"})
    free = importer.post("/claims", a_declaration(a_line(certificate["number"]), number="D-2"))
    (listed,) = importer.get("/claims/restrictions")["items"]

    assert decided(routed) == [("REFERRED", "RUL-RESTRICTED")]
    assert decided(free) == [("GRANTED", "")]
    assert listed["ended"] is True


def handed_in(importer, name, content, *, key):
    return importer.client.post(
        "/api/v1/claims/files",
        files={"file": (name, content)},
        headers=importer.headers | {"Idempotency-Key": key},
    )


def test_own_list_of_issuing_bodies_lies_beside_the_node(offices):
    office = offices.offices["VN-CUSTOMS"]
    row = '[[issuer]]\ncountry = "KR"\nname = "Seoul Main Customs"\nsource = "a notice"\n'
    (office.folder / office.settings.claims.issuers_file).write_text(row, "utf-8")

    vars(office).pop("claim_terms", None)  # read once, at the office's start

    assert [one.name for one in office.claim_terms.issuers.rows] == ["Seoul Main Customs"]


def test_file_takes_each_declaration_for_itself(importer, certificate):
    good = a_declaration(a_line(certificate["number"]))
    bad = a_declaration(a_line(certificate["number"], quantity="0"), number="D-2")
    content = "\n".join([json.dumps(good), "{", json.dumps(bad), ""])
    first = handed_in(importer, "claims.ndjson", content, key="file-1").json()
    again = handed_in(importer, "claims.ndjson", content, key="file-2").json()

    assert (first["accepted"], first["refused"]) == (1, 2)
    assert [one["rows"] for one in first["declarations"]] == [[1], [2], [3]]
    assert first["declarations"][0]["decisions"] == {"1": "GRANTED"}
    assert first["declarations"][1]["flaws"][0]["code"] == "SCH-JSON"
    assert "more than nothing" in first["declarations"][2]["flaws"][0]["detail"]
    assert again == first


def test_rows_of_a_declaration_belong_together(importer, certificate):
    number = certificate["number"]
    head = "declaration_number,version,importer,line_no,certificate_number,item_no,hs,quantity,unit"
    rows = [
        f"{head},invoice,invoice_dated",
        f"D-1,1,ORIENT POWER TRADING,1,{number},1,850440,100,C62,HB-2026-1120,2026-11-20",
        f"D-1,1,,2,{number},9,850440,1,C62,,",
        f"D-2,1,ORIENT POWER TRADING,1,{number},1,850440,50,C62,HB-2026-1120,2026-11-02",
    ]
    report = handed_in(importer, "claims.csv", "\n".join(rows), key="csv-1").json()

    assert [one["rows"] for one in report["declarations"]] == [[2, 3], [4]]
    assert report["declarations"][0]["decisions"] == {"1": "GRANTED", "2": "DENIED"}
    assert report["declarations"][1]["decisions"] == {"1": "REFERRED"}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("claims.pdf", b"", "is named .ndjson"),
        ("claims.ndjson", b"\xff", "is not UTF-8"),
        ("claims.csv", b"declaration_number,color\n", "unknown columns color"),
    ],
)
def test_file_of_another_kind_is_refused_whole(importer, name, content, problem):
    answer = handed_in(importer, name, content, key=name)

    assert answer.status_code == 422
    assert problem in answer.text


def test_examining_a_claim_draws_nothing(offices, importer, certificate):
    office = offices.offices["VN-CUSTOMS"]
    body = ClaimIn.model_validate(a_declaration(a_line(certificate["number"], quantity="500")))
    examined = office.works.read(
        lambda work: office.claims.examine(work, body.value(today=work.today))
    )
    claim = importer.post("/claims", body.model_dump(mode="json"))

    assert [one.decision for one in examined] == ["GRANTED"]
    assert decided(claim) == [("GRANTED", "")]
