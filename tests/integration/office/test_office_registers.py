"""Registers: every number stands in them, and a closed day stays as it was closed."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from ooms.jobs import close_days
from ooms.registers.model import digest_of
from tests.offices import an_application, approved, determined

BLOCK = {"office": "K001", "agreement": "AKFTA", "count": 2, "reason": "a planned outage"}


@pytest.fixture
def supervisor(offices):
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


def issued(exporter, officer, **changes):
    application = approved(exporter, officer, an_application(determined(exporter), **changes))
    return officer.post("/certificates", {"application_id": application["id"]})


def next_day(offices, *people):
    offices.world.clock.advance(days=1)
    return [offices.log_in("KR-KCS", one.login) for one in people]


def test_register_shows_what_form_two_wants(exporter, officer):
    certificate = issued(exporter, officer)
    (line,) = officer.get("/registers/issued")["items"]

    assert line["number"] == certificate["number"]
    assert line["applicant"] == "HANBIT ELECTRONICS CO., LTD."
    assert line["importer"] == "ORIENT POWER TRADING"
    assert line["export_declarations"] == ["41234-26-112233X"]
    assert (line["hs6"], line["agreement"], line["criterion"]) == ("850440", "AKFTA", "CTH")
    assert line["goods"] == "STATIC CONVERTERS, MODEL SC-500"


def test_hole_stands_in_the_register_as_spoiled_with_its_reason(exporter, officer, supervisor):
    block = supervisor.post("/number-blocks", BLOCK)
    spoiled = {"number": "K001-26-0000001", "fate": "SPOILED", "reason": "ink was spilled"}
    officer.post(f"/number-blocks/{block['id']}/numbers-without", spoiled)
    issued(exporter, officer)
    answer = officer.try_get("/registers/issued.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [(one["number"], one["state"], one["reason"]) for one in rows] == [
        ("K001-26-0000001", "SPOILED", "ink was spilled"),
        ("K001-26-0000003", "ISSUED", ""),
    ]


def test_cell_that_a_spreadsheet_would_compute_is_text(exporter, officer):
    content = an_application(determined(exporter))
    line = content["lines"][0] | {"description": '=HYPERLINK("http://example.org")'}
    application = approved(exporter, officer, content | {"lines": [line]})
    officer.post("/certificates", {"application_id": application["id"]})
    (row,) = csv.DictReader(io.StringIO(officer.try_get("/registers/issued.csv").text))

    assert row["goods"].startswith("'=HYPERLINK")


def test_filters_narrow_the_register(exporter, officer):
    issued(exporter, officer)

    assert officer.get("/registers/issued?agreement=KVFTA")["items"] == []
    assert officer.get("/registers/issued?since=2026-11-22")["items"] == []
    assert len(officer.get("/registers/issued?since=2026-11-21&import_country=VN")["items"]) == 1


def test_day_is_closed_with_its_acts_totals_and_numbers(offices, exporter, officer):
    old = issued(exporter, officer)
    issued(exporter, officer)
    offices.run()
    officer.post(f"/certificates/{old['id']}/corrections", {"reason": "wrong marks"})
    (officer,) = next_day(offices, officer)
    closed = close_days(offices.offices["KR-KCS"])
    daily = officer.get("/registers/daily/K001/2026-11-21")

    assert closed == 1
    assert daily["document"]["totals"]["issued"] == 2
    assert daily["document"]["totals"]["corrected"] == 1
    assert daily["digest"] == digest_of(daily["document"])
    (numbers,) = daily["document"]["numbers"]
    assert (numbers["first"], numbers["last"], numbers["missing"]) == (1, 3, [])


def test_number_that_nobody_accounts_for_is_told(offices, exporter, officer):
    issued(exporter, officer)
    office = offices.offices["KR-KCS"]
    office.works.do(
        lambda work: work.transaction.execute(
            text("UPDATE ooms_number_series SET last = 3 WHERE issuer = 'K001'")
        )
    )
    issued(exporter, officer)
    (officer,) = next_day(offices, officer)
    close_days(office)
    (numbers,) = officer.get("/registers/daily/K001/2026-11-21")["document"]["numbers"]

    assert numbers["missing"] == [2, 3]


def test_lists_of_days_are_chained_and_closed_once(offices, exporter, officer):
    issued(exporter, officer)
    next_day(offices)
    (officer,) = next_day(offices, officer)
    office = offices.offices["KR-KCS"]
    closed, again = close_days(office), close_days(office)
    first, second = officer.get("/registers/daily?office=K001&since=2026-11-21&until=2026-11-22")[
        "items"
    ]

    assert (closed, again) == (2, 0)
    assert second["document"]["previous"] == first["digest"]
    assert second["document"]["totals"] == {}
    assert office.works.read(verify_chain) > 0
    trail = offices.person("KR-KCS", "auditor", Role.AUDITOR).get("/audit?what=register.closed")
    assert {one["facts"]["digest"] for one in trail["items"]} == {first["digest"], second["digest"]}


def test_day_that_is_not_over_has_no_list(offices, exporter, officer):
    issued(exporter, officer)
    close_days(offices.offices["KR-KCS"])
    today = date(2026, 11, 21)

    assert officer.try_get(f"/registers/daily/K001/{today}").status_code == 404
