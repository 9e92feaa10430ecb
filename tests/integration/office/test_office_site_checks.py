"""On-site checks: grounds, notice, the longer clock, postponement, and the report."""

import pytest

from ooms.access.model import Role
from ooms.access.repository import AccessRows
from tests.offices import an_application, determined

PLAN = {"ground": "PAPERS_NOT_ENOUGH", "scope": "stock ledger", "visit_on": "2026-11-26"}


@pytest.fixture
def reviewed(exporter, officer):
    """An application under review; today is Saturday, 21 November 2026."""
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    return path


def test_visit_gives_the_office_ten_working_days(offices, officer, reviewed):
    check = officer.post(f"{reviewed}/site-checks", PLAN)
    waiting = officer.get(reviewed)
    report = {"outcome": "CONFORM", "text": "the ledger agrees"}
    too_early = officer.try_post(f"{reviewed}/site-checks/report", report)
    offices.world.clock.advance(days=5)
    officer = offices.log_in("KR-KCS", officer.login)
    done = officer.post(f"{reviewed}/site-checks/report", report)

    assert (check["state"], check["due_on"]) == ("SCHEDULED", None)
    assert waiting["state"] == "ON_SITE_CHECK"
    assert (waiting["clock"]["kind"], waiting["clock"]["due_on"]) == ("ISSUE_ON_SITE", "2026-12-04")
    assert too_early.status_code == 422
    assert (done["state"], done["report"]["outcome"]) == ("DONE", "CONFORM")
    assert officer.get(reviewed)["state"] == "UNDER_REVIEW"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"visit_on": "2026-11-25"}, "RUL-PERIOD"), ({"ground": "CURIOSITY"}, "REF-CODE")],
)
def test_visit_needs_a_ground_and_five_days_notice(officer, reviewed, changes, code):
    refused = officer.try_post(f"{reviewed}/site-checks", PLAN | changes)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == code
    assert officer.get(reviewed)["state"] == "UNDER_REVIEW"


def test_suspicion_of_fraud_needs_no_notice_ahead(officer, reviewed):
    today = PLAN | {"ground": "SUSPECTED_FRAUD", "visit_on": "2026-11-21"}

    assert officer.post(f"{reviewed}/site-checks", today)["visit_on"] == "2026-11-21"


@pytest.mark.parametrize(("granted", "visit_on"), [(True, "2026-11-30"), (False, "2026-11-26")])
def test_postponement_is_asked_for_and_decided(exporter, officer, reviewed, granted, visit_on):
    officer.post(f"{reviewed}/site-checks", PLAN)
    wish = {"to": "2026-11-30", "reason": "the plant stands still"}
    asked = exporter.post(f"{reviewed}/site-checks/postponement", wish)
    twice = exporter.try_post(f"{reviewed}/site-checks/postponement", wish)
    decision = {"granted": granted}
    decided = officer.post(f"{reviewed}/site-checks/postponement-decision", decision)

    assert asked["postponement"] == wish | {"decide_by": "2026-11-24"}
    assert twice.status_code == 409
    assert (decided["state"], decided["visit_on"]) == ("SCHEDULED", visit_on)


def test_chamber_gets_its_visit_within_seven_working_days(offices, exporter, officer):
    supervisor = offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    kim = offices.offices["KR-KCS"].works.read(
        lambda work: AccessRows(work.transaction).credentials("kim")
    )
    assert kim is not None
    place = {"code": "BUSAN", "name": "Busan Chamber", "kind": "CHAMBER", "cities": ["Busan"]}
    supervisor.post("/issuing-offices", place)
    supervisor.post("/posts", {"user_id": kim[0].id, "office": "BUSAN"})
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    too_late = officer.try_post(f"{path}/site-checks", PLAN | {"visit_on": "2026-12-02"})
    check = officer.post(f"{path}/site-checks", PLAN)

    assert too_late.json()["errors"][0]["code"] == "RUL-PERIOD"
    assert check["due_on"] == "2026-12-01"


def test_application_without_a_visit_has_nothing_to_report(officer, reviewed):
    missing = officer.try_post(
        f"{reviewed}/site-checks/report", {"outcome": "CONFORM", "text": "nothing"}
    )

    assert (missing.status_code, missing.json()["code"]) == (404, "REF-UNKNOWN")
