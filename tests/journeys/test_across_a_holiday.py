"""The form's clock across a holiday: in one process, since a served office takes the real clock."""

import pytest

from tests.offices import an_application, approved, determined

SHIPPED = "2026-12-23"
#: Wednesday of the shipment, Thursday, then, after Christmas and a weekend, Monday.
THIRD_WORKING_DAY, FOURTH_WORKING_DAY = "2026-12-28", "2026-12-29"
REASON = {"retroactive_reason": "Application delayed by an involuntary error"}


@pytest.fixture
def issue_on(offices, exporter, officer):
    """Ship before Christmas, wait until a day, and issue."""

    def issue(day, **changes):
        content = an_application(determined(exporter), shipped_on=SHIPPED, **changes)
        content["transport"]["departure_date"] = SHIPPED
        clock = offices.world.clock
        while clock.now().date().isoformat() < day:
            clock.advance(days=1)
        applicant = offices.log_in("KR-KCS", exporter.login)
        reviewer = offices.log_in("KR-KCS", officer.login)
        application = approved(applicant, reviewer, content)
        body = {"application_id": application["id"]}
        answer = reviewer.try_post("/certificates", body)
        offices.run()
        return answer, applicant

    return issue


def test_last_day_of_the_window_lies_behind_the_holiday(issue_on):
    issued, applicant = issue_on(THIRD_WORKING_DAY)
    seen = applicant.get(f"/certificates/{issued.json()['id']}")

    assert seen["issued_on"] == THIRD_WORKING_DAY
    assert seen["document"]["retroactive"] is False
    assert "remarks" not in seen["document"]
    assert seen["exchange"]["state"] == "REGISTERED"


def test_day_after_the_window_is_marked_and_registered(issue_on):
    issued, applicant = issue_on(FOURTH_WORKING_DAY, **REASON)
    seen = applicant.get(f"/certificates/{issued.json()['id']}")

    assert seen["issued_on"] == FOURTH_WORKING_DAY
    assert seen["document"]["retroactive"] is True
    assert [one["code"] for one in seen["document"]["remarks"]] == ["ISSUED_RETROACTIVELY"]
    assert seen["exchange"]["state"] == "REGISTERED"


def test_day_after_the_window_needs_a_reason(issue_on):
    refused, applicant = issue_on(FOURTH_WORKING_DAY)

    assert refused.status_code == 422
    assert applicant.get("/certificates")["items"] == []
