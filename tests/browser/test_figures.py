"""Officers see what was issued, used and denied: as charts, as tables, as a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import expect

from ooms.bootstrap import opened
from ooms.demo.nodes import RunningNode
from ooms.jobs import fill_statistics
from ooms.statistics import tables
from tests.browser.people import Portal, Reader
from tests.journeys.walk import KVFTA, Walk

KOREA = "KR-KCS"
#: A year of items: agreement, partner, chapter, how many in the first month, and how many more in
#: each that follows.
TRADE = (
    ("AKFTA", "VN", "85", 40, 3),
    ("KVFTA", "VN", "84", 24, -1),
    ("KCFTA", "CN", "87", 61, 2),
    ("RCEP", "CN", "29", 12, 1),
    ("CPTPP", "VN", "61", 2, 0),
)
MONTHS = tuple(f"2025-{month:02}" for month in range(11, 13)) + tuple(
    f"2026-{month:02}" for month in range(1, 11)
)
OUTCOMES = ("GRANTED",) * 7 + ("DENIED",) * 2 + ("SUSPENDED",)


@pytest.fixture(scope="module")
def a_year(nodes: dict[str, RunningNode]) -> str:
    """One certificate, and a year of counted items beside it, as the office keeps them."""
    with closing(Walk(nodes, KVFTA)) as walk:
        certificate = str(walk.ready_to_apply().issued()["id"])
    issues = tuple(_issues(certificate))
    with opened(nodes[KOREA].config, environment={}) as (_, office):
        office.works.do(lambda work: work.transaction.execute(tables.issue.insert(), issues))
        uses = tuple(_uses(issues))
        office.works.do(lambda work: work.transaction.execute(tables.use.insert(), uses))
        fill_statistics(office)
    return certificate


def _issues(certificate: str) -> Iterator[dict[str, Any]]:
    numbers = count(2)
    for agreement, partner, chapter, first, more in TRADE:
        for place, month in enumerate(MONTHS):
            for _ in range(first + more * place):
                yield {
                    "certificate_id": certificate,
                    "item_no": next(numbers),
                    "agreement": agreement,
                    "partner": partner,
                    "chapter": chapter,
                    "month": month,
                    "hours": 20 + place,
                }


def _uses(issues: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    for place, item in enumerate(issues):
        outcome = OUTCOMES[place % len(OUTCOMES)]
        yield {name: item[name] for name in item if name != "hours"} | {
            "sender": "VN-CUSTOMS",
            "message_id": f"use-{place}",
            "place": 0,
            "declaration_number": f"D-{place}",
            "outcome": outcome,
            "reason_class": "CRITERION" if outcome == "DENIED" else "",
            "ordinal": place,
        }


def test_figures_of_a_year_are_charts_with_tables_below(portal: Portal, a_year: str):
    officer = portal.person(KOREA, "supervisor")
    officer.open("/figures")

    assert officer.page.locator("svg.office-bars").count() == 3
    rows = officer.page.get_by_role("region", name="Items by agreement").get_by_role("row")
    expect(rows.filter(has_text="KCFTA")).to_contain_text("864")
    within(officer, "svg.office-bars text")
    officer.look("figures-year")


def test_filters_are_kept_in_the_address(portal: Portal, a_year: str):
    officer = portal.person(KOREA, "supervisor", scripts=False)
    officer.open("/figures?agreement=akfta&first_month=2026-01&last_month=2026-03")

    rows = officer.page.get_by_role("region", name="Items by month").get_by_role("row")
    assert rows.count() == 4
    expect(rows.nth(1)).to_contain_text("46")


def test_figures_are_handed_out_as_a_sheet(portal: Portal, a_year: str):
    officer = portal.person(KOREA, "supervisor")
    officer.open("/figures?agreement=KCFTA")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Download these figures (CSV)").click()
    told = tuple(csv.DictReader(io.StringIO(download.value.path().read_text())))

    assert {one["agreement"] for one in told} == {"KCFTA"}
    assert sum(int(one["issued"]) for one in told) == 864


def test_public_figures_hide_small_cells_and_say_so(portal: Portal, a_year: str):
    anybody = portal.guest(KOREA)
    anybody.open("/public/figures")

    assert anybody.page.locator("svg.office-bars").count() == 2
    rows = anybody.page.get_by_role("region", name="Items by agreement").get_by_role("row")
    expect(rows.filter(has_text="CPTPP")).to_contain_text("at least")
    within(anybody, "svg.office-bars text")
    anybody.look("public-figures-year")
    with anybody.page.expect_download() as download:
        anybody.page.get_by_role("link", name="Download all figures (CSV)").click()
    told = tuple(csv.DictReader(io.StringIO(download.value.path().read_text())))
    hidden = [one for one in told if one["agreement"] == "CPTPP"]
    document = anybody.page.request.get(f"{anybody.address}/public/figures.json").json()

    assert {one["issued"] for one in hidden} == {""}
    assert document["smallest_cell"] > TRADE[-1][3]


def test_month_that_is_none_is_told_at_its_field(portal: Portal):
    officer = portal.person(KOREA, "supervisor")
    officer.open("/figures?first_month=soon")

    officer.says("There is a problem")
    assert officer.page.title().startswith("Error:")


def within(reader: Reader, texts: str) -> None:
    """See that no words of a chart stick out of it, and none lie over others."""
    boxes = reader.page.eval_on_selector_all(
        texts,
        """found => found.map(one => {
            const box = one.getBBox(), whole = one.ownerSVGElement.viewBox.baseVal;
            return {words: one.textContent, chart: one.ownerSVGElement.getAttribute(
                'aria-labelledby'), left: box.x, right: box.x + box.width, top: box.y,
                bottom: box.y + box.height, width: whole.width, height: whole.height};
        })""",
    )
    out = [one for one in boxes if one["right"] > one["width"] + 1 or one["left"] < -1]
    out += [one for one in boxes if one["bottom"] > one["height"] + 1 or one["top"] < -1]
    over = [
        (one["words"], other["words"])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one["chart"] == other["chart"] and _overlap(one, other)
    ]
    assert out == []
    assert over == []


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    across: float = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down: float = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 1 and down > 2
