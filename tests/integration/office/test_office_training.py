"""The desk of training: exercises on cases, and an office that is emptied for the next class."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from ooms.people.model import console
from ooms.training.loader import load_exercises
from ooms.training.world import NoTrainingError
from tests.integration.databases import BACKENDS
from tests.integration.office.conftest import opened
from tests.offices import COMPANY, KOREAN, Offices, an_application, approved, determined

KOREA = "KR-KCS"


@pytest.fixture(params=BACKENDS)
def practice(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, KOREA, office=KOREAN["office"] | {"training": True})


@pytest.fixture
def trainer(practice):
    return practice.person(KOREA, "trainer", Role.OPERATOR)


def issued(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    return officer.post("/certificates", {"application_id": application["id"]})


def registered(practice, staff):
    """The company of the next class, and somebody of it."""
    made = staff.post("/exporters", COMPANY)
    return practice.person(KOREA, "hanbit", Role.EXPORTER, exporter_id=made["id"])


def test_exercise_names_its_case_once_it_is_placed(practice, trainer):
    exporter = practice.company()
    drafted = exporter.post(
        "/applications", {"agreement": "AKFTA", "form_type": "AK", "import_country": "VN"}
    )
    before = exporter.get("/account/exercises")["items"][0]

    trainer.post("/training/samples", {"samples": {"draft-with-holes": drafted["id"]}})
    after = exporter.get("/account/exercises")["items"][0]

    assert (before["code"], before["page"], before["look"]) == ("COMPLETE_DRAFT", "", "")
    assert after["page"] == f"/company/applications/{drafted['id']}"
    assert exporter.get(after["look"])[after["member"]] not in after["ends"]


def test_sample_that_no_exercise_is_done_on_is_refused(trainer):
    refused = trainer.try_post("/training/samples", {"samples": {"lunch": "x"}})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/samples/lunch"


def test_real_office_has_no_exercises_and_takes_no_samples(offices):
    operator = offices.person(KOREA, "operator", Role.OPERATOR)
    office = offices.offices[KOREA]

    assert operator.try_get("/account/exercises").status_code == 404
    refused = operator.try_post("/training/samples", {"samples": {"notice-of-error": "x"}})
    with pytest.raises(NoTrainingError):
        office.works.do(lambda work: office.training.reset(work, by=console()))

    assert (refused.status_code, refused.json()["code"]) == (409, "SYS-NO-TRAINING")


def test_reset_leaves_the_trail_the_numbers_and_the_staff(practice, trainer):
    exporter, officer = practice.company(), practice.person(KOREA, "kim", Role.OFFICER)
    first = issued(exporter, officer)
    office = practice.offices[KOREA]

    deleted = office.works.do(lambda work: office.training.reset(work, by=console()))
    staff = practice.log_in(KOREA, trainer.login)
    companies = staff.get("/exporters")["items"]
    logins = {one["login"] for one in staff.get("/users")["items"]}
    entries = office.works.read(verify_chain)

    assert deleted > 0
    assert companies == []
    assert logins == {"trainer", "kim", "clerk-of-hanbit"}
    assert entries > 0

    officer = practice.log_in(KOREA, "kim")
    again = registered(practice, staff)
    assert issued(again, officer)["number"] > first["number"]


def test_every_exercise_is_on_a_sample_and_ends_somewhere():
    every = load_exercises().exercises

    assert len({one.code for one in every}) == len(every)
    assert all(one.ends and one.sample for one in every)
