"""Outages: numbers set aside, papers registered afterwards, every number accounted for once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ooms.access.model import Role
from tests.offices import an_application, approved, determined

BLOCK = {
    "office": "K001",
    "agreement": "AKFTA",
    "count": 3,
    "reason": "the computing center moves over the weekend",
}
REASON = "issued by hand while the system stood still"


@pytest.fixture
def supervisor(offices):
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


@pytest.fixture
def block(supervisor):
    return supervisor.post("/number-blocks", BLOCK)


def a_paper(application, serial, **changes):
    stated = {
        "number": f"K001-26-{serial:07d}",
        "application_id": application["id"],
        "issued_on": "2026-11-21",
        "reason": REASON,
    }
    return stated | changes


def code_of(answer):
    return answer.status_code, answer.json()["code"]


def test_automatic_numbers_go_on_behind_the_block(exporter, officer, block):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})

    assert (block["first"], block["last"]) == (1, 3)
    assert issued["number"] == "K001-26-0000004"


def test_paper_of_a_three_day_outage_is_sent_once(offices, exporter, officer, block):
    application = approved(exporter, officer, an_application(determined(exporter)))
    offices.world.clock.advance(days=3)
    officer = offices.log_in("KR-KCS", officer.login)
    path = f"/number-blocks/{block['id']}"
    registered = officer.post(f"{path}/certificates", a_paper(application, 2))
    again = officer.try_post(f"{path}/certificates", a_paper(application, 2))
    offices.run()
    certificate = officer.get(f"/certificates/{registered['id']}")
    numbers = officer.get(path)["numbers"]

    assert registered["number"] == "K001-26-0000002"
    assert registered["issued_on"] == "2026-11-21"
    assert registered["issued_at"].startswith("2026-11-24")
    assert again.status_code == 409
    assert certificate["exchange"]["state"] == "REGISTERED"
    assert certificate["document"]["issuance"]["certification_date"] == "2026-11-21"
    assert [one["fate"] for one in numbers] == ["OPEN", "REGISTERED", "OPEN"]


def test_block_closes_when_every_number_is_accounted_for(exporter, officer, block):
    application = approved(exporter, officer, an_application(determined(exporter)))
    path = f"/number-blocks/{block['id']}"
    officer.post(f"{path}/certificates", a_paper(application, 1))
    spoiled = {"number": "K001-26-0000002", "fate": "SPOILED", "reason": "ink was spilled"}
    officer.post(f"{path}/numbers-without", spoiled)
    before = officer.get(path)["closed_at"]
    unused = {"number": "K001-26-0000003", "fate": "UNUSED", "reason": "nobody came"}
    officer.post(f"{path}/numbers-without", unused)

    assert before is None
    assert officer.get(path)["closed_at"] is not None


def test_number_outside_the_block_twice_or_elsewhere_is_refused(
    exporter, officer, supervisor, block
):
    supervisor.post("/issuing-offices", {"code": "C310", "name": "Chamber", "kind": "CHAMBER"})
    elsewhere = approved(exporter, officer, an_application(determined(exporter)))
    path = f"/number-blocks/{block['id']}"
    other_office = officer.try_post(f"{path}/certificates", a_paper(elsewhere, 1))
    outside = officer.try_post(f"{path}/certificates", a_paper(elsewhere, 9))
    void = {"number": "k001 26 0000001", "fate": "SPOILED", "reason": "torn"}
    officer.post(f"{path}/numbers-without", void)
    twice = officer.try_post(f"{path}/certificates", a_paper(elsewhere, 1))

    assert code_of(other_office) == (422, "RUL-BLOCK-SERIES")
    assert code_of(outside) == (422, "RUL-BLOCK-NUMBER")
    assert code_of(twice) == (409, "DUP-BLOCK-NUMBER")


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-22"])
def test_paper_from_before_the_block_or_after_today_is_refused(exporter, officer, block, day):
    application = approved(exporter, officer, an_application(determined(exporter)))
    refused = officer.try_post(
        f"/number-blocks/{block['id']}/certificates", a_paper(application, 1, issued_on=day)
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/issued_on"


def test_same_number_registered_at_once_counts_for_one(exporter, officer, block):
    content = an_application(determined(exporter))
    applications = [approved(exporter, officer, content) for _ in range(4)]
    path = f"/number-blocks/{block['id']}/certificates"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: officer.try_post(path, a_paper(one, 1)), applications))

    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]


def test_paper_that_the_partner_could_not_take_leaves_its_number_open(exporter, officer, block):
    content = an_application(determined(exporter))
    line = {name: value for name, value in content["lines"][0].items() if name != "packages"}
    application = approved(exporter, officer, content | {"lines": [line]})
    path = f"/number-blocks/{block['id']}"
    refused = officer.try_post(f"{path}/certificates", a_paper(application, 1))

    assert code_of(refused) == (422, "RUL-NOT-SENDABLE")
    assert {one["fate"] for one in officer.get(path)["numbers"]} == {"OPEN"}


def test_paper_application_is_entered_reviewed_and_registered(exporter, officer, block):
    determination = determined(exporter)
    entered = officer.post(
        "/paper-applications",
        {
            "exporter_id": determination["exporter_id"],
            "content": an_application(determination),
            "received_on": "2026-11-21",
            "reason": "the portal stood still",
        },
    )
    officer.post(f"/applications/{entered['id']}/decision", {"decision": "APPROVED"})
    registered = officer.post(f"/number-blocks/{block['id']}/certificates", a_paper(entered, 3))

    assert entered["state"] == "UNDER_REVIEW"
    assert registered["number"] == "K001-26-0000003"
    assert exporter.get(f"/applications/{entered['id']}")["state"] == "ISSUED"


def test_paper_application_on_another_companys_goods_is_refused(offices, exporter, officer):
    other = offices.company("miraero", tax_id="121-81-00009")
    determination = determined(exporter)
    body = {
        "exporter_id": determined(other)["exporter_id"],
        "content": an_application(determination),
        "received_on": "2026-11-21",
        "reason": "the portal stood still",
    }
    refused = officer.try_post("/paper-applications", body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/content/lines/0/determination_id"
