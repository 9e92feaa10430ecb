"""The queue of the office: oldest first, whose it is, how many days are left, what changed."""

import pytest

from ooms.access.model import Role
from tests.offices import an_application, determined


@pytest.fixture
def waiting(exporter):
    """Two applications that were handed in one after the other."""
    case = determined(exporter)
    made = [exporter.post("/applications", an_application(case)) for _ in range(2)]
    for one in made:
        exporter.post(f"/applications/{one['id']}/submission")
    return [one["id"] for one in made]


def ids(page):
    return [one["id"] for one in page["items"]]


def test_queue_begins_with_the_oldest_and_goes_on(officer, waiting):
    first = officer.get("/applications/queue?limit=1")
    then = officer.get(f"/applications/queue?limit=1&cursor={first['next']}")

    assert ids(first) + ids(then) == waiting
    shown = first["items"][0]
    assert (shown["state"], shown["officer"]) == ("SUBMITTED", None)
    assert (shown["due_on"], shown["days_left"], shown["is_paused"]) == ("2026-11-25", 4, False)
    assert shown["exporter"]
    assert shown["goods"]


def test_taken_application_is_its_officers_and_nobodys_no_more(offices, officer, waiting):
    officer.post(f"/applications/{waiting[0]}/review")
    other = offices.person("KR-KCS", "another", Role.OFFICER)

    assert ids(officer.get("/applications/queue?whose=MINE")) == waiting[:1]
    assert ids(officer.get("/applications/queue?whose=UNASSIGNED")) == waiting[1:]
    assert ids(other.get("/applications/queue?whose=MINE")) == []
    assert ids(officer.get("/applications/queue?state=UNDER_REVIEW")) == waiting[:1]
    assert ids(officer.get("/applications/queue?agreement=KCFTA")) == []
    (mine,) = officer.get("/applications/queue?whose=MINE")["items"]
    names = {one["user_id"]: one["name"] for one in officer.get("/officers")["items"]}
    assert mine["officer"] == names[mine["officer_id"]]


def test_queue_tells_what_is_overdue_by_how_much(offices, officer, waiting):
    assert ids(officer.get("/applications/queue?overdue=true")) == []
    offices.world.clock.advance(days=5)
    officer = offices.log_in("KR-KCS", officer.login)
    late = officer.get("/applications/queue?overdue=true")["items"]

    assert [(one["id"], one["days_left"]) for one in late] == [(one, -1) for one in waiting]


def test_company_sees_only_its_own_in_the_queue(offices, exporter, waiting):
    rival = offices.company("rival", name="RIVAL CO.", tax_id="120-81-00002")

    assert ids(exporter.get("/applications/queue")) == waiting
    assert ids(rival.get("/applications/queue")) == []


def test_completion_is_shown_as_what_changed(exporter, officer, waiting):
    path = f"/applications/{waiting[0]}"
    officer.post(f"{path}/review")
    unasked = officer.get(f"{path}/changes")["items"]
    lacks = [{"box": "3", "reason_code": "BOX_EMPTY", "text": "name the city"}]
    officer.post(f"{path}/completions", {"lacks": lacks})
    content = exporter.get(path)["content"]
    buyer = content["buyer"] | {"city": "Nha Trang"}
    exporter.post(f"{path}/content", content | {"buyer": buyer, "retroactive_reason": "late"})
    exporter.post(f"{path}/submission", {"answer": "named"})

    assert unasked == []
    assert officer.get(f"{path}/changes")["items"] == [
        {
            "pointer": "/buyer/city",
            "before": content["buyer"]["city"] or "",
            "now": "Nha Trang",
        },
        {"pointer": "/retroactive_reason", "before": "", "now": "late"},
    ]
