"""Numbers: one series for each office and agreement, no gap and no double, fifty at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from eodes.store.database import Database
from ooms.access.model import Role
from ooms.access.repository import AccessRows
from ooms.errors import NotSendableError
from tests.offices import an_application, approved, determined

AT_ONCE = 50
HARBOR = {"code": "B020", "name": "Busan Customs", "kind": "CUSTOMS", "cities": ["Busan"]}
CHAMBER = {
    "code": "C310",
    "name": "Incheon Chamber of Commerce",
    "kind": "CHAMBER",
    "cities": ["Incheon"],
    "place": "INCHEON",
}


@pytest.fixture
def supervisor(offices):
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


def issued_at_once(offices, applications):
    """Issue with a connection each, and return the numbers, or the errors, as they come."""
    office = offices.offices["KR-KCS"]
    # A pool of their own, as another process has: fifty connections that all want the series,
    # while the first pool stays free for what the gateway looks up beside them.
    beside = Database(
        offices.world.nodes["KR-KCS"].database.url.render_as_string(hide_password=False)
    )
    works = replace(office.works, database=beside)

    def kim(work):
        known = AccessRows(work.transaction).credentials("kim")
        assert known is not None
        return known[0]

    def issue(application):
        try:
            issued = works.do(
                lambda work: office.certificates.issue(work, application["id"], by=kim(work))
            )
        except NotSendableError as error:
            return error.code
        return issued.number

    with ThreadPoolExecutor(len(applications)) as pool:
        answers = list(pool.map(issue, applications))
    beside.dispose()
    return answers


def test_fifty_parallel_issues_take_fifty_consecutive_numbers(
    offices, exporter, officer, supervisor
):
    supervisor.post("/issuing-offices", HARBOR)
    determination = determined(exporter)
    content = an_application(determination)
    applications = [approved(exporter, officer, content) for _ in range(AT_ONCE)]

    numbers = sorted(issued_at_once(offices, applications))

    assert numbers == [f"B020-26-{serial:07d}" for serial in range(1, AT_ONCE + 1)]


def test_two_offices_at_once_have_series_of_their_own(offices, exporter, officer, supervisor):
    supervisor.post("/issuing-offices", HARBOR)
    supervisor.post("/issuing-offices", CHAMBER)
    neighbor = offices.company("miraero", tax_id="121-81-00009", city="Incheon")
    applications = [
        approved(one, officer, an_application(determined(one))) for one in (exporter, neighbor) * 5
    ]

    numbers = sorted(issued_at_once(offices, applications))

    assert numbers == [
        f"{code}-26-{serial:07d}" for code in ("B020", "C310") for serial in range(1, 6)
    ]


def test_issue_that_fails_among_others_leaves_no_gap(offices, exporter, officer, supervisor):
    supervisor.post("/issuing-offices", HARBOR)
    content = an_application(determined(exporter))
    line = {name: value for name, value in content["lines"][0].items() if name != "packages"}
    unsendable = content | {"lines": [line]}
    applications = [
        approved(exporter, officer, unsendable if place % 3 == 1 else content)
        for place in range(12)
    ]

    answers = issued_at_once(offices, applications)

    assert answers.count("RUL-NOT-SENDABLE") == 4
    assert sorted(answers)[:8] == [f"B020-26-{serial:07d}" for serial in range(1, 9)]


def test_certificate_bears_the_name_and_place_of_its_office(offices, exporter, officer, supervisor):
    supervisor.post("/issuing-offices", CHAMBER | {"cities": []})
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    issuance = officer.get(f"/certificates/{issued['id']}")["document"]["issuance"]

    assert issued["number"] == "C310-26-0000001"
    assert issuance["body"]["code"] == "C310"
    assert issuance["body"]["name"] == "Incheon Chamber of Commerce"
    assert issuance["certification_place"] == "INCHEON"


def test_offices_whose_numbers_would_look_alike_are_refused(supervisor):
    supervisor.post("/issuing-offices", HARBOR)
    refused = supervisor.try_post("/issuing-offices", HARBOR | {"code": "B0-20"})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/code"
