"""Claims after release that come like any other: their period runs, and ends by decisions."""

from datetime import date, timedelta

import pytest

from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined

#: Today in Viet Nam.
TODAY = date(2026, 11, 21)
LATE = {"claim_type": "LATE", "released_on": "2026-03-02"}


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


def listed(person, query=""):
    return {one["claim_id"]: one for one in person.get(f"/late-claims{query}")["items"]}


def test_late_claim_among_others_has_the_same_clock(importer, issued):
    body = a_claim(issued["number"], "D-1", hs="850490") | LATE
    among_others = importer.post("/claims", body)
    of_its_own = importer.post(
        "/late-claims",
        {"since": "2026-03-02", "claim": a_claim(issued["number"], "D-2", hs="850490")},
    )
    rows = listed(importer)

    one, other = rows[among_others["id"]], rows[of_its_own["claim_id"]]
    same = ("kind", "since", "received_on", "last_day", "in_time", "decide_by", "ended_on")
    assert {name: one[name] for name in same} == {name: other[name] for name in same}
    assert one["decide_by"] == "2027-01-21"
    assert "D-1" in one["texts"]["en"]


def test_claim_at_import_has_no_clock(importer, issued):
    importer.post("/claims", a_claim(issued["number"]) | {"released_on": "2026-03-02"})

    assert listed(importer) == {}


def test_clock_ends_with_the_decision_on_the_last_line(importer, issued):
    (line,) = a_claim(issued["number"])["lines"]
    lines = [line, line | {"line_no": 2, "hs": "850490", "quantity": "100"}]
    claim = importer.post("/claims", a_claim(issued["number"]) | LATE | {"lines": lines})
    before = listed(importer, "?only_open=true")

    importer.post(
        f"/claims/{claim['id']}/lines/2/decisions", {"verdict": "GRANTED", "facts": "looked at"}
    )
    after = listed(importer)[claim["id"]]

    assert list(before) == [claim["id"]]
    assert (after["ended_on"], after["ended_by"]) == (TODAY.isoformat(), "DECIDED")
    assert listed(importer, "?only_open=true") == {}


def test_clock_of_what_a_rule_decides_ends_at_once(importer, issued):
    claim = importer.post("/claims", a_claim(issued["number"]) | LATE)

    assert listed(importer)[claim["id"]]["ended_by"] == "DECIDED"


def test_later_version_goes_on_with_the_clock(offices, importer, issued):
    first = importer.post("/claims", a_claim(issued["number"], hs="850490") | LATE)
    offices.world.clock.advance(seconds=5 * 86_400)
    person = offices.log_in("VN-CUSTOMS", "linh")
    second = person.post("/claims", a_claim(issued["number"], version=2, hs="850491") | LATE)
    rows = listed(person)

    assert rows[first["id"]]["ended_by"] == "WITHDRAWN"
    assert rows[second["id"]]["ended_by"] is None
    assert rows[second["id"]]["received_on"] == TODAY.isoformat()
    assert rows[second["id"]]["decide_by"] == rows[first["id"]]["decide_by"]


def test_overdue_is_what_is_open_after_its_last_day(offices, importer, issued):
    claim = importer.post("/claims", a_claim(issued["number"], hs="850490") | LATE)
    last = date.fromisoformat(listed(importer)[claim["id"]]["decide_by"])

    offices.world.clock.advance(seconds=(last - TODAY).days * 86_400)
    on_the_day = listed(offices.log_in("VN-CUSTOMS", "linh"), "?overdue=true")
    offices.world.clock.advance(seconds=timedelta(days=1).total_seconds())
    after = listed(offices.log_in("VN-CUSTOMS", "linh"), "?overdue=true")

    assert on_the_day == {}
    assert list(after) == [claim["id"]]


def test_late_claim_of_a_release_to_come_is_refused(importer, issued):
    body = a_claim(issued["number"]) | LATE | {"released_on": "2026-11-22"}
    answer = importer.try_post("/claims", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "RUL-PERIOD"
    assert importer.get("/claims")["items"] == []
