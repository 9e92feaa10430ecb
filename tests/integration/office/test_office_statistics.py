"""Statistics of both sides, told from the same decisions."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from ooms.jobs import fill_statistics
from ooms.statistics.model import Cell, published
from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined

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


def test_figure_of_nothing_and_of_enough_is_published():
    cell = Cell("EXPORT", "AKFTA", "VN", "85", "2026-11", 5, 4, 0, 1, 17)
    (shown,) = published([cell])

    figures = (shown.issued, shown.registered, shown.granted, shown.denied, shown.suspended)
    assert figures == (5, None, 0, None, 17)


def test_exporters_see_no_statistics(offices, exporter):
    desk = offices.person("KR-KCS", "desk", Role.PARTNER_DESK)

    assert exporter.try_get("/statistics").status_code == 403
    assert desk.get("/statistics")["cells"] == []
