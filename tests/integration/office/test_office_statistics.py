"""Statistics of both sides, told from the same decisions."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from ooms.access.model import Role
from ooms.jobs import fill_statistics
from ooms.statistics import tables
from ooms.statistics.model import Cell, published
from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined

MONTH = "2026-11"
FIGURES = ("granted", "denied", "suspended")


@pytest.fixture
def used(offices, exporter, officer, importer):
    """A certificate of 500 pieces: granted, denied by rule, granted and then denied, suspended."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    number = issued["number"]
    importer.post("/claims", a_claim(number, "D-1", quantity="100"))
    importer.post("/claims", a_claim(number, "D-2", quantity="900"))
    denied = importer.post("/claims", a_claim(number, "D-3", quantity="100"))
    path = f"/claims/{denied['id']}/lines/1/decisions"
    importer.post(path, {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "other plates"})
    open_ = importer.post("/claims", a_claim(number, "D-4", quantity="50"))
    path = f"/claims/{open_['id']}/lines/1/decisions"
    importer.post(path, {"verdict": "SUSPENDED", "facts": "origin in doubt"})
    importer.post("/claims", a_claim("K001-26-9999999", "D-5"))
    offices.run()
    for office in offices.offices.values():
        fill_statistics(office)
    return issued


def test_figures_are_the_same_on_both_sides(used, officer, importer):
    ours = officer.get("/statistics?side=EXPORT")
    theirs = importer.get("/statistics?side=IMPORT")
    (exported,), (imported,) = ours["cells"], theirs["cells"]

    assert [exported[one] for one in FIGURES] == [imported[one] for one in FIGURES] == [1, 2, 1]
    assert (exported["partner"], imported["partner"]) == ("VN", "KR")
    assert exported["chapter"] == imported["chapter"] == "85"
    assert (exported["issued"], exported["registered"]) == (1, 1)
    assert [(one["reason_class"], one["count"]) for one in ours["refusals"]] == [
        ("LED_EXCEEDED", 1),
        ("OTHER_GOODS", 1),
    ]
    assert [(one["reason_class"], one["count"]) for one in theirs["refusals"]] == [
        ("LED_EXCEEDED", 1),
        ("OTHER_GOODS", 1),
    ]


def test_filling_twice_counts_nothing_twice(offices, used, officer):
    before = officer.get("/statistics")
    again = fill_statistics(offices.offices["KR-KCS"])

    assert again == 0
    assert officer.get("/statistics") == before
    assert before["hours_to_issue"][0]["certificates"] == 1
    assert before["hours_to_issue"][0]["median_hours"] >= 0


@pytest.mark.parametrize(
    ("filters", "cells"),
    [
        ("agreement=AKFTA&partner=VN&chapter=85", 1),
        ("agreement=KVFTA", 0),
        ("partner=CN", 0),
        ("chapter=84", 0),
        ("first_month=2026-11&last_month=2026-11", 1),
        ("first_month=2026-12", 0),
        ("side=IMPORT", 0),
    ],
)
def test_filters_narrow_what_is_counted(used, officer, filters, cells):
    assert len(officer.get(f"/statistics?{filters}")["cells"]) == cells


def test_sheet_has_the_cells_and_a_heading(used, officer):
    answer = officer.try_get("/statistics/csv")
    heading, line = answer.text.splitlines()

    assert heading.startswith("side,agreement,partner,chapter,month,issued")
    assert line.startswith("EXPORT,AKFTA,VN,85,2026-11,1,1,1,2,1")
    assert answer.headers["content-type"].startswith("text/csv")


def test_open_data_hide_small_cells_and_name_their_licence(offices, used):
    shown = offices.clients["KR-KCS"].get("/api/v1/public/statistics").json()
    (cell,) = shown["cells"]

    assert shown["licence"] == "CC-BY-4.0"
    assert set(shown["fields"]) == set(cell)
    assert [cell[one] for one in ("issued", "registered", *FIGURES)] == [None] * 5


def test_summary_adds_the_cells_up_by_each_dimension(used, officer):
    told = officer.get("/statistics/summary?side=EXPORT")
    named = {dimension: [one["name"] for one in sums] for dimension, sums in told["by"].items()}

    assert named == {"agreement": ["AKFTA"], "partner": ["VN"], "chapter": ["85"], "month": [MONTH]}
    for (one,) in told["by"].values():
        assert [one[figure] for figure in ("issued", *FIGURES)] == [1, 1, 2, 1]
        assert not one["is_short"]
    assert told["refusals"] == officer.get("/statistics?side=EXPORT")["refusals"]
    assert told["hours_to_issue"] == officer.get("/statistics?side=EXPORT")["hours_to_issue"]


def test_published_sums_leave_small_cells_out_and_say_so(offices, used):
    client = offices.clients["KR-KCS"]
    (month,) = client.get("/api/v1/public/statistics/summary").json()["by"]["month"]

    assert month["is_short"]
    assert [month[figure] for figure in ("issued", "registered", *FIGURES)] == [0] * 5


def test_registration_that_comes_later_is_counted_in_its_old_cell(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    officer.post("/certificates", {"application_id": application["id"]})
    office = offices.offices["KR-KCS"]
    fill_statistics(office)
    (before,) = officer.get("/statistics")["cells"]
    offices.run()
    fill_statistics(office)
    (after,) = officer.get("/statistics")["cells"]

    assert (before["issued"], before["registered"]) == (1, 0)
    assert (after["issued"], after["registered"]) == (1, 1)


@pytest.mark.parametrize(
    ("hours", "median"),
    [((3,), 3.0), ((3, 8), 5.5), ((3, 3, 8), 3.0), ((1, 2, 4, 9), 3.0), ((5, 5, 5, 5), 5.0)],
)
def test_median_is_the_middle_value_or_the_mean_of_two(offices, officer, hours, median):
    office = offices.offices["KR-KCS"]
    rows = [
        {
            "agreement": "AKFTA",
            "partner": "VN",
            "chapter": "",
            "month": MONTH,
            "hours": float(one),
            "certificates": hours.count(one),
        }
        for one in sorted(set(hours))
    ]
    office.works.do(lambda work: work.transaction.execute(insert(tables.hours), rows))

    (told,) = officer.get("/statistics/summary")["hours_to_issue"]

    assert (told["certificates"], told["median_hours"]) == (len(hours), median)


def test_figure_of_nothing_and_of_enough_is_published():
    cell = Cell("EXPORT", "AKFTA", "VN", "85", "2026-11", 5, 4, 0, 1, 17)
    (shown,) = published([cell])

    figures = (shown.issued, shown.registered, shown.granted, shown.denied, shown.suspended)
    assert figures == (5, None, 0, None, 17)


def test_exporters_see_no_statistics(offices, exporter):
    desk = offices.person("KR-KCS", "desk", Role.PARTNER_DESK)

    assert exporter.try_get("/statistics").status_code == 403
    assert desk.get("/statistics")["cells"] == []
