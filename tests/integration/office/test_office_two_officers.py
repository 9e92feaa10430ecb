"""Two officers at one application, by requests that run at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ooms.access.model import Role
from tests.offices import an_application, determined

NEXT_STEP = "look at it again, then decide"


@pytest.fixture
def officers(offices, officer):
    return officer, offices.person("KR-KCS", "lee", Role.OFFICER)


@pytest.fixture
def application(exporter):
    drafted = exporter.post("/applications", an_application(determined(exporter)))
    return exporter.post(f"/applications/{drafted['id']}/submission")


def at_once(*steps):
    with ThreadPoolExecutor(len(steps)) as pool:
        return [one.result() for one in [pool.submit(step) for step in steps]]


def test_one_of_two_officers_gets_an_application(officers, application):
    path = f"/applications/{application['id']}"
    taken = at_once(*(lambda one=one: one.try_post(f"{path}/review") for one in officers * 3))
    refused = [one.json() for one in taken if one.status_code != 200]
    (winner,) = [one.json()["officer_id"] for one in taken if one.status_code == 200]

    assert len(refused) == 5
    assert {one["code"] for one in refused} == {"RUL-STATE"}
    assert all(one["detail"].endswith(NEXT_STEP) for one in refused)
    assert officers[0].get(path)["officer_id"] == winner


def test_officer_who_came_second_cannot_decide(officers, application):
    path = f"/applications/{application['id']}"
    first, second = officers
    first.post(f"{path}/review")
    decisions = at_once(
        lambda: first.try_post(f"{path}/decision", {"decision": "APPROVED"}),
        lambda: second.try_post(f"{path}/decision", {"decision": "APPROVED"}),
    )

    assert decisions[0].status_code == 200
    assert decisions[1].status_code in (403, 409)
    assert decisions[1].json()["code"] in ("AUT-ROLE", "RUL-STATE")
    assert first.get(path)["state"] == "APPROVED"


def test_one_application_gets_one_certificate_however_often_asked(officers, application):
    path = f"/applications/{application['id']}"
    first, second = officers
    first.post(f"{path}/review")
    first.post(f"{path}/decision", {"decision": "APPROVED"})
    body = {"application_id": application["id"]}
    asked = at_once(*(lambda one=one: one.try_post("/certificates", body) for one in officers * 2))
    refused = [one.json() for one in asked if one.status_code != 201]

    assert len(refused) == 3
    assert {one["code"] for one in refused} == {"RUL-STATE"}
    assert all(one["detail"].endswith(NEXT_STEP) for one in refused)
    assert len(second.get("/certificates")["items"]) == 1
