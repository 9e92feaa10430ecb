"""Officers read and correct the ledger, and learn why claims are routed as they are."""

from __future__ import annotations

import re
from importlib.resources import files

from tests.browser import test_border as border_story
from tests.browser.people import Portal
from tests.browser.test_border import VIET_NAM, Sold, claimed

sold = border_story.sold


def test_ledger_is_corrected_after_a_look_at_what_would_be(portal: Portal, sold: Sold):
    claimed(portal, sold, "HPH-26-000201")
    officer = portal.person(VIET_NAM, "border")
    page = officer.page
    page.get_by_role("link", name="Ledger of certificates").click()
    page.get_by_label("Number of the certificate").fill(sold.certificate["number"])
    page.get_by_role("button", name="Find", exact=True).click()
    officer.look("border-ledger-search")
    page.get_by_role("link", name=sold.certificate["number"]).click()
    page.get_by_role("link", name="Correct item 1").click()
    page.get_by_label("Quantity").fill("5")
    page.get_by_label("Unit").fill("C62")
    page.get_by_role("button", name="See how it would stand").click()
    officer.says("Afterwards")
    officer.look("border-ledger-correction")
    page.get_by_label("Why").fill("landed under a paper declaration")
    page.get_by_role("button", name="Correct the ledger").click()
    officer.says("The ledger is corrected by one more entry.")
    officer.says("landed under a paper declaration")
    officer.look("border-ledger")
    page.get_by_label("Show the ledger as it stood at the end of this day").fill("2026-01-31")
    page.get_by_role("button", name="Show", exact=True).click()
    officer.says("As it stood at the end of 31 January 2026.")
    officer.says("Nobody has used anything of it.")


def test_routing_is_explained_and_measured_by_its_outcomes(portal: Portal, sold: Sold):
    claimed(portal, sold, "HPH-26-000202")
    officer = portal.person(VIET_NAM, "border")
    page = officer.page
    page.get_by_role("link", name="How claims are routed").click()
    officer.look("border-routing")
    page.get_by_role("link", name=re.compile("HPH-26-000202.*line 1")).click()
    officer.look("border-routing-why")
    page.get_by_label("Line", exact=True).select_option("1.0")
    page.get_by_label("by the decision on the line").check()
    page.get_by_label("Something was wrong").check()
    page.get_by_label("In words", exact=True).fill("They were shrimps.")
    page.get_by_role("button", name="Keep what became of it").click()
    officer.says("It is kept what became of the line.")
    officer.open("/border/routing/report")
    officer.says("How often a look found something wrong")
    officer.look("border-routing-report")
    officer.open("/border/routing/capacities")
    officer.look("border-capacities")


def test_table_of_points_is_adopted_by_a_supervisor(portal: Portal):
    table = files("ooms.risk").joinpath("data/scorecard.toml").read_text()
    officer = portal.person(VIET_NAM, "border", scripts=False)
    page = officer.open("/border/routing/models")
    page.get_by_label("The table (TOML)").fill(table.replace('"shipped"', '"ours"'))
    page.get_by_role("button", name="Bring the table").click()
    officer.says("It routes nothing until a supervisor adopts it.")
    head = portal.person(VIET_NAM, "supervisor")
    head.open("/border/routing/models")
    head.look("border-routing-models")
    head.page.get_by_label("Why is it moved?").fill("trained on our own year")
    head.page.get_by_role("button", name="Let it route").click()
    head.says("Champion: routes")
