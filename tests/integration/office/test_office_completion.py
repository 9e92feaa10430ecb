"""Clocks and completion: stopped while the exporter completes, ended when he does not."""

import pytest

from ooms.access.model import Role
from tests.offices import an_application, determined

LACKS = [{"box": "3", "reason_code": "BOX_EMPTY", "text": "name the vessel"}]


@pytest.fixture
def submitted(exporter, officer):
    """An application that the officer has taken; today is Saturday, 21 November 2026."""
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    return path


def days_pass(offices, days, *people):
    offices.world.clock.advance(days=days)
    return [offices.log_in("KR-KCS", one.login) for one in people]


def test_submitted_application_is_due_in_three_working_days(officer, submitted):
    clock = officer.get(submitted)["clock"]

    assert clock == {
        "kind": "ISSUE",
        "started_on": "2026-11-21",
        "due_on": "2026-11-25",
        "is_paused": False,
        "pauses": [],
        "calendar": "KR",
        "unknown_holidays": [],
        "source": "Rules 10(6)2, days off by 10(7)",
        "verified": True,
    }


def test_overdue_applications_are_listed_until_decided(offices, officer, submitted):
    on_time = officer.get("/applications/overdue")["items"]
    (officer,) = days_pass(offices, 5, officer)
    late = officer.get("/applications/overdue")["items"]
    officer.post(
        f"{submitted}/decision",
        {"decision": "REFUSED", "reason": "no papers", "reason_code": "PAPERS"},
    )
    still_late = officer.get("/applications/overdue")["items"]

    assert on_time == []
    assert [one["state"] for one in late] == ["UNDER_REVIEW"]
    assert [one["state"] for one in still_late] == ["REFUSAL_PROPOSED"]


def test_clock_stands_still_while_the_exporter_completes(offices, exporter, officer, submitted):
    asked = officer.post(f"{submitted}/completions", {"lacks": LACKS, "days": 7})
    exporter, officer = days_pass(offices, 6, exporter, officer)
    content = exporter.get(submitted)["content"] | {"retroactive_reason": "late papers"}
    exporter.post(f"{submitted}/content", content)
    back = exporter.post(f"{submitted}/submission", {"answer": "the vessel is named"})
    (request,) = exporter.get(f"{submitted}/completions")["items"]

    assert (asked["clock"]["is_paused"], asked["clock"]["due_on"]) == (True, None)
    assert back["state"] == "UNDER_REVIEW"
    assert back["clock"]["due_on"] == "2026-12-02"
    assert back["clock"]["pauses"] == [
        {"since": "2026-11-21", "until": "2026-11-27", "reason": "COMPLETION_REQUESTED"}
    ]
    assert request["lacks"] == LACKS
    assert (request["due_on"], request["outcome"]) == ("2026-11-28", "ANSWERED")
    assert request["answer"] == "the vessel is named"


def test_application_not_completed_in_time_is_returned(offices, exporter, officer, submitted):
    office = offices.offices["KR-KCS"]
    officer.post(f"{submitted}/completions", {"lacks": LACKS, "days": 5})
    exporter, officer = days_pass(offices, 5, exporter, officer)
    on_the_last_day = office.works.do(office.completions.return_lapsed)
    exporter, officer = days_pass(offices, 1, exporter, officer)
    refused = exporter.try_post(f"{submitted}/submission", {"answer": "too late"})
    returned = [office.works.do(office.completions.return_lapsed) for _ in range(2)]
    seen = exporter.get(submitted)

    assert on_the_last_day == 0
    assert (refused.status_code, refused.json()["code"]) == (409, "RUL-PERIOD-ENDED")
    assert returned == [1, 0]
    assert (seen["state"], seen["decision"]["reason_code"]) == ("RETURNED", "COMPLETION_LAPSED")
    assert exporter.get(f"{submitted}/completions")["items"][0]["outcome"] == "LAPSED"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"days": 4}, "RUL-PERIOD"),
        ({"days": 11}, "RUL-PERIOD"),
        ({"lacks": [LACKS[0] | {"reason_code": "BECAUSE"}]}, "REF-CODE"),
        ({"lacks": []}, "SCH-FIELD"),
    ],
)
def test_completion_is_asked_within_the_law_only(officer, submitted, changes, code):
    refused = officer.try_post(f"{submitted}/completions", {"lacks": LACKS} | changes)

    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["errors"][0]["code"] == code
    assert officer.get(submitted)["state"] == "UNDER_REVIEW"


def test_withdrawing_ends_the_request_for_completion(exporter, officer, submitted):
    officer.post(f"{submitted}/completions", {"lacks": LACKS})
    withdrawn = exporter.post(f"{submitted}/withdrawal", {"reason": "sold elsewhere"})
    again = exporter.try_post(f"{submitted}/submission", {"answer": "after all"})

    assert withdrawn["state"] == "WITHDRAWN"
    assert exporter.get(f"{submitted}/completions")["items"][0]["outcome"] == "WITHDRAWN"
    assert (again.status_code, again.json()["code"]) == (409, "RUL-STATE")


def test_released_application_may_be_taken_by_another(offices, officer, submitted):
    lee = offices.person("KR-KCS", "lee", Role.OFFICER)
    before = lee.try_post(f"{submitted}/review")
    not_his = lee.try_post(f"{submitted}/release", {"reason": "give it to me"})
    released = officer.post(f"{submitted}/release", {"reason": "on leave from tomorrow"})
    taken = lee.post(f"{submitted}/review")

    assert (before.status_code, not_his.status_code) == (409, 403)
    assert (released["state"], released["officer_id"]) == ("SUBMITTED", None)
    assert taken["state"] == "UNDER_REVIEW"
    assert taken["clock"] == released["clock"]


def test_procedure_shows_clocks_grounds_and_codes(officer, exporter):
    shown = exporter.get("/procedure")

    assert shown == officer.get("/procedure")
    assert {one["kind"]: one["length"] for one in shown["clocks"]}["ISSUE_ON_SITE"] == 10
    assert "SUSPECTED_FRAUD" in {one["code"] for one in shown["grounds"]}
