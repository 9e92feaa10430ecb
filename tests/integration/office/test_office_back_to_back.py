"""Back-to-back: what Korea passes on of a Vietnamese certificate, and never more than it holds."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.access.repository import AccessRows
from ooms.errors import UnfitError
from tests.builders import an_original_from, pieces, weight
from tests.offices import an_application
from tests.papers import text_of

AT_ONCE = 8
SEEN = {"finding": "PASSED", "detail": "the original was seen"}


class PassingOn:
    """Korea, with a certificate from Viet Nam for 100 pieces that weigh 400 kg."""

    def __init__(self, offices):
        self.offices = offices
        self.exporter = offices.company()
        self.officer = offices.person("KR-KCS", "kim", Role.OFFICER)

    def receive(self, number="VN-26-0009001", **changes):
        """Let Viet Nam send a first certificate."""
        first = an_original_from("VN", number_raw=number)
        (item,) = first.items
        lot = (weight("400"), pieces(100))
        first = an_original_from(
            "VN", number_raw=number, items=(replace(item, quantities=lot),), **changes
        )
        node = self.offices.world.nodes["VN-CUSTOMS"]
        with node.database.begin() as transaction:
            node.gateway.issue(first, to="KR-KCS", within=transaction)
        self.offices.run()
        return first

    def content(self, count, kilograms, *, country="ID", first=None, **changes):
        """State what is passed on: so many pieces of so many kilograms."""
        first = first or {"number": "VN-26-0009001", "country": "VN"}
        measures = [
            {"kind": "NUMBER", "value": str(count), "unit": "C62"},
            {"kind": "GROSS_WEIGHT", "value": str(kilograms), "unit": "KGM"},
        ]
        stated = an_application(
            {"id": "", "agreement": "AKFTA", "importing_party": country},
            kind="BACK_TO_BACK",
            first_certificates=[first | {"import_declaration": "11111-26-000001M"}],
        )
        line = stated["lines"][0] | {
            "quantities": measures,
            "takes": [{"first": 1, "item_no": 1, "quantities": measures}],
        }
        del line["determination_id"]
        return stated | {"lines": [line]} | changes

    def approved(self, content, *, papers=False):
        application = self.exporter.post("/applications", content)
        path = f"/applications/{application['id']}"
        self.exporter.post(f"{path}/submission")
        self.officer.post(f"{path}/review")
        if papers:
            self.officer.post(f"{path}/checks/PAPERS", SEEN)
        return self.officer.post(f"{path}/decision", {"decision": "APPROVED"})

    def issue(self, content, **more):
        application = self.approved(content, **more)
        return self.officer.post("/certificates", {"application_id": application["id"]})

    def try_issue(self, content, **more):
        application = self.approved(content, **more)
        return self.officer.try_post("/certificates", {"application_id": application["id"]})

    def left(self, number="VN-26-0009001"):
        """Return how many pieces are left."""
        (found,) = self.officer.get(f"/first-certificates?number={number}")["items"]
        return next(Decimal(one["left"]) for one in found["left"] if one["unit"] == "C62")

    def kim(self):
        office = self.offices.offices["KR-KCS"]
        found = office.works.read(
            lambda work: AccessRows(work.transaction).credentials(self.officer.login)
        )
        assert found is not None
        return found[0]


@pytest.fixture
def korea(offices_with_indonesia):
    return PassingOn(offices_with_indonesia)


def test_part_of_a_first_certificate_is_passed_on(korea):
    first = korea.receive()
    issued = korea.issue(korea.content(40, 160))
    korea.offices.run()
    shown = korea.officer.get(f"/certificates/{issued['id']}")
    (there,) = korea.offices.world.nodes["ID-INSW"].gateway.find_received(issued["number"])
    (reference,) = shown["document"]["references"]

    assert shown["exchange"]["state"] == "REGISTERED"
    assert shown["document"]["issuance_kind"] == "BACK_TO_BACK"
    assert shown["document"]["origin_country"] == "VN"
    assert (reference["relation"], reference["number_raw"]) == ("BACK_TO_BACK_OF", first.number_raw)
    assert [one["quantity"]["value"] for one in reference["quantities_taken"]] == ["40", "160"]
    assert shown["valid_until"] <= first.valid_until.isoformat()
    assert there.certificate.references[0].number_raw == first.number_raw
    assert korea.left() == 60


def test_paper_ticks_its_box_and_names_the_first_certificate(korea):
    korea.receive()
    issued = korea.issue(korea.content(40, 160))
    answer = korea.exporter.try_get(f"/certificates/{issued['id']}/document")
    paper = text_of(answer.content, 0)

    assert "Back-to-back; original proof of origin No. VN-26-0009001 dated 1 Sep 2026" in paper
    assert "✓ Back-to-Back CO" in paper


def test_more_than_is_left_is_refused_with_what_is_left(korea):
    korea.receive()
    korea.issue(korea.content(70, 280))
    answer = korea.try_issue(korea.content(31, 124))

    assert (answer.status_code, answer.json()["code"]) == (422, "RUL-KIND")
    (flaw,) = answer.json()["errors"]
    assert flaw["code"] == "LED-FIRST-EXCEEDED"
    assert "has 120 KGM, 30 C62 left" in flaw["detail"]
    assert korea.left() == 30


def test_kilograms_go_with_the_pieces_that_are_taken(korea):
    korea.receive()
    only_pieces = korea.content(50, 200)
    pieces_of_it = only_pieces["lines"][0]["quantities"][:1]
    only_pieces["lines"][0]["takes"][0]["quantities"] = pieces_of_it
    only_pieces["lines"][0]["quantities"] = pieces_of_it
    korea.issue(only_pieces)
    only_weight = korea.content(50, 201)
    weight_of_it = only_weight["lines"][0]["quantities"][1:]
    only_weight["lines"][0]["takes"][0]["quantities"] = weight_of_it
    only_weight["lines"][0]["quantities"] = weight_of_it
    answer = korea.try_issue(only_weight)

    assert answer.json()["errors"][0]["code"] == "LED-FIRST-EXCEEDED"


def test_issues_at_once_never_take_more_than_there_is(korea):
    korea.receive()
    office, kim = korea.offices.offices["KR-KCS"], korea.kim()
    waiting = [korea.approved(korea.content(30, 120)) for _ in range(AT_ONCE)]

    def issue(application):
        try:
            return office.works.do(
                lambda work: office.certificates.issue(work, application["id"], by=kim).number
            )
        except UnfitError as error:
            return error.flaws[0].code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(issue, waiting))

    assert told.count("LED-FIRST-EXCEEDED") == AT_ONCE - 3
    assert korea.left() == 10
    assert sorted(one for one in told if one.startswith("K001")) == [
        f"K001-26-{serial:07d}" for serial in (1, 2, 3)
    ]


def test_cancelled_certificate_gives_back_what_it_took(korea):
    korea.receive()
    issued = korea.issue(korea.content(100, 400))
    korea.offices.run()
    asked = korea.exporter.post(
        f"/certificates/{issued['id']}/applications",
        {"kind": "CANCELLATION", "cause": {"code": "NOT_SHIPPED", "text": "no buyer"}},
    )
    path = f"/applications/{asked['id']}"
    korea.exporter.post(f"{path}/submission")
    korea.officer.post(f"{path}/review")
    korea.officer.post(f"{path}/decision", {"decision": "APPROVED"})
    korea.officer.post("/certificates", {"application_id": asked["id"]})
    before = korea.left()
    korea.offices.run()
    (found,) = korea.officer.get("/first-certificates?number=VN-26-0009001")["items"]

    assert (before, korea.left()) == (0, 100)
    directions = [one["direction"] for one in found["entries"] if one["unit"] == "C62"]
    assert directions == ["TAKEN", "RETURNED"]


def test_replacement_takes_over_and_gives_the_rest_back(korea):
    korea.receive()
    issued = korea.issue(korea.content(100, 400))
    korea.offices.run()
    smaller = korea.content(80, 320)
    asked = korea.exporter.post(
        f"/certificates/{issued['id']}/applications",
        {
            "kind": "REPLACEMENT",
            "cause": {"code": "WRONGLY_ISSUED", "text": "twenty stay here"},
            "content": smaller | {"kind": "NEW"},
        },
    )
    path = f"/applications/{asked['id']}"
    korea.exporter.post(f"{path}/submission")
    korea.officer.post(f"{path}/review")
    korea.officer.post(f"{path}/decision", {"decision": "APPROVED"})
    new = korea.officer.post("/certificates", {"application_id": asked["id"]})
    while_pending = korea.left()
    korea.offices.run()
    document = korea.officer.get(f"/certificates/{new['id']}")["document"]

    assert (while_pending, korea.left()) == (0, 20)
    assert {one["relation"] for one in document["references"]} == {"REPLACES", "BACK_TO_BACK_OF"}
    assert new["issued_on"] == issued["issued_on"]
    assert korea.officer.get(f"/certificates/{issued['id']}")["state"] == "REPLACED"


def test_withdrawn_application_had_taken_nothing(korea):
    korea.receive()
    korea.issue(korea.content(10, 40))
    application = korea.approved(korea.content(90, 360))
    korea.exporter.post(f"/applications/{application['id']}/withdrawal", {"reason": "not now"})
    office = korea.offices.offices["KR-KCS"]
    rows = office.works.read(
        lambda work: work.transaction.execute(
            text("SELECT count(*) FROM ooms_first_draw")
        ).scalar_one()
    )

    assert korea.left() == 90
    assert rows == 2  # pieces and kilograms of the one that was issued


def test_first_certificate_on_paper_waits_for_the_officer(korea):
    lot = [{"kind": "NUMBER", "value": "100", "unit": "C62"}]
    stated = {
        "number": "TH-26-77",
        "country": "TH",
        "issued_on": "2026-09-01",
        "valid_until": "2027-08-31",
        "issuer": "Department of Foreign Trade",
        "exporter": "SIAM PARTS CO., LTD.",
        "paper_items": [
            {
                "item_no": 1,
                "hs": "850440",
                "hs_edition": 2022,
                "criterion": "CTH",
                "quantities": lot,
            }
        ],
    }
    content = korea.content(100, 400, first=stated)
    content["lines"][0]["takes"][0]["quantities"] = lot
    content["lines"][0]["quantities"] = lot
    unseen = korea.try_issue(content)
    issued = korea.issue(content, papers=True)

    assert unseen.json()["code"] == "RUL-CHECKS"
    assert "TH-26-77" in unseen.json()["errors"][0]["detail"]
    assert korea.officer.get(f"/certificates/{issued['id']}")["document"]["origin_country"] == "TH"
    assert korea.left("TH2677") == 0


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"number": "VN-26-0009999"}, "RUL-FIRST-CERTIFICATE", "was not received here"),
        ({"country": "TH"}, "RUL-FIRST-CERTIFICATE", "was not received here"),
    ],
)
def test_first_certificate_has_to_be_known_here(korea, change, code, words):
    korea.receive()
    first = {"number": "VN-26-0009001", "country": "VN"} | change
    application = korea.exporter.post("/applications", korea.content(10, 40, first=first))
    shown = korea.exporter.get(f"/applications/{application['id']}/lint")

    (finding,) = shown["findings"]
    assert finding["code"] == code
    assert words in finding["detail"]


def test_expired_first_certificate_carries_nothing(korea):
    korea.receive()
    korea.offices.world.clock.advance(days=300)
    korea.exporter = korea.offices.log_in("KR-KCS", "hanbit")
    application = korea.exporter.post("/applications", korea.content(10, 40))
    shown = korea.exporter.get(f"/applications/{application['id']}/lint")

    assert "expired on" in shown["findings"][0]["detail"]


def test_line_never_shows_more_than_it_takes(korea):
    korea.receive()
    content = korea.content(10, 40)
    content["lines"][0]["quantities"][0]["value"] = "11"
    content["lines"][0]["takes"] = korea.content(10, 40)["lines"][0]["takes"]
    application = korea.exporter.post("/applications", content)
    shown = korea.exporter.get(f"/applications/{application['id']}/lint")

    assert [one["code"] for one in shown["findings"]] == ["LED-FIRST-UNIT"]
    assert "shows 11 C62, takes 10" in shown["findings"][0]["detail"]


def test_agreement_without_back_to_back_refuses_the_kind(korea):
    korea.receive()
    content = korea.content(10, 40) | {"agreement": "KICEPA", "form_type": "KI"}
    application = korea.exporter.post("/applications", content)
    shown = korea.exporter.get(f"/applications/{application['id']}/lint")

    assert [one["code"] for one in shown["findings"]] == ["RUL-KIND"]
