"""Operators, partner desks and auditors keep the exchange going by pages."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from ooms.bootstrap import opened
from ooms.demo.nodes import RunningNode
from tests.browser.hands import Hands, Keyboard
from tests.browser.people import Portal, Reader
from tests.integration.office.test_office_exchanges import keep_comparison
from tests.journeys.walk import KVFTA, Walk

FIRST = "a first password for lee"


def test_operator_sees_partners_messages_and_the_system_in_words(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    assert operator.heading() == "Partners"
    operator.says("VN-CUSTOMS")
    operator.look("operator-partners")
    operator.page.get_by_role("link", name="Messages", exact=True).click()
    expect(operator.page.get_by_role("heading", level=1)).to_have_text("Messages")
    operator.look("operator-messages")
    operator.page.get_by_role("link", name="Diagnostics").click()
    operator.says("The system as a whole")
    operator.says("Green: well")
    operator.look("operator-health")


@pytest.fixture(scope="module")
def set_aside(nodes: dict[str, RunningNode]) -> None:
    """A certificate's message that the partner did not take in time, and a comparison after it."""
    with closing(Walk(nodes, KVFTA)) as walk:
        walk.ready_to_apply().issued()
    with (
        opened(nodes["KR-KCS"].config, environment={}) as (node, _),
        node.store.begin() as unit,
    ):
        unit.connection.execute(
            text("UPDATE eodes_outgoing SET state = 'FAILED', code = 'SYS-UNREACHABLE'")
        )
        keep_comparison(unit.connection)


@pytest.mark.usefixtures("set_aside")
def test_what_is_not_well_is_settled_by_keyboard_only(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    hands = Keyboard(operator.page)
    operator.says("Red: act now")
    operator.look("operator-partners-red")

    send_again(operator, hands)
    explain_what_differs(operator, hands)

    hands.follow("Partners")
    operator.says("Green: well")


def send_again(operator: Reader, hands: Hands) -> None:
    """Have the message that was set aside sent again, with a reason."""
    hands.follow("All messages")
    hands.pick("Where it stands", "Set aside: could not be delivered")
    hands.press("Show")
    operator.says("1 message is set aside")
    hands.follow(re.compile("CO_ISSUE"))
    hands.press("Send it again")
    operator.says("There is a problem")
    hands.write("Why", "the partner is reachable again")
    operator.look("operator-message-again")
    hands.press("Send it again")
    operator.says("The message goes again")
    for _ in range(40):
        if "Answered: taken" in operator.page.content():
            break
        operator.page.wait_for_timeout(250)
        operator.page.reload()
    operator.says("Answered: taken")


def explain_what_differs(operator: Reader, hands: Hands) -> None:
    """Say why what the comparison found may stand."""
    hands.follow("Partners")
    operator.says("Differences that nobody has explained: 1.")
    hands.follow("What the last comparison with VN-CUSTOMS found")
    operator.look("operator-comparison-open")
    hands.follow("Explain KR/AKFTA/K001260000001")
    hands.write("Why it may stand", "left out by agreement of 19 November")
    operator.look("operator-difference")
    hands.press("Keep the explanation")
    operator.says("left out by agreement of 19 November")
    operator.look("operator-comparison")


def test_operator_reads_keys_with_their_last_days(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    operator.page.get_by_role("link", name="Signing keys").click()
    operator.says("In force")
    operator.says("eodes node card")
    operator.look("operator-keys")


def test_operator_keeps_an_office_a_post_and_a_training(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    operator.open("/operator/offices")
    page = operator.page
    page.get_by_role("link", name="Add an office").click()
    page.get_by_label("Code").fill("SEOUL")
    page.get_by_label("Name").fill("Seoul Customs")
    page.get_by_label("Kind").select_option("CUSTOMS")
    page.get_by_label("Takes exporters of these cities").fill("SEOUL, SUWON")
    operator.look("operator-office")
    page.get_by_role("button", name="Keep the office").click()
    operator.says("The office is kept.")
    operator.says("SEOUL, SUWON")
    operator.look("operator-offices")
    page.locator("a[href^='/operator/offices/officers/']").first.click()
    page.get_by_label("Office", exact=True).select_option("SEOUL")
    page.get_by_label("For these chapters of the tariff").fill("84, 85")
    page.get_by_role("button", name="Keep the post").click()
    operator.says("The post is kept.")
    page.get_by_label("What it was about").fill("Product specific rules")
    page.get_by_label("Subject").select_option(index=1)
    page.get_by_label("Held on").fill("2026-11-02")
    page.get_by_label("Hours").fill("3")
    page.get_by_role("button", name="Record the training").click()
    operator.says("The training is recorded.")
    operator.says("3 hours")
    operator.look("operator-officer")


def test_operator_lets_somebody_in_and_shuts_him_out(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    operator.open("/operator/users")
    operator.look("operator-users")
    page = operator.page
    page.get_by_role("link", name="Add a user").click()
    page.get_by_label("User name").fill("lee")
    page.get_by_label("Name", exact=True).fill("Lee Mina")
    page.get_by_label("Role").select_option("AUDITOR")
    page.get_by_label("First password").fill(FIRST)
    operator.look("operator-user-new")
    page.get_by_role("button", name="Add the user").click()
    operator.says("The user is added")
    operator.look("operator-user")
    page.get_by_role("button", name="Draw a fresh password").click()
    operator.says("shown this once")
    page.get_by_label("Why").fill("left the office")
    page.get_by_role("button", name="Shut out").click()
    operator.says("every session of the user is ended")


def test_trail_is_read_and_its_chain_checked(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    operator.open("/operator/trail")
    operator.look("operator-trail")
    operator.page.get_by_role("link", name="Check the whole chain").click()
    operator.says("the chain holds")
    operator.look("operator-trail-verification")


def test_account_offers_to_set_up_an_authenticator_app(portal: Portal):
    person = portal.person("KR-KCS", "border")
    person.open("/account")
    person.page.get_by_role("button", name="Set up an authenticator app").click()
    expect(person.page.locator("#secret")).not_to_be_empty()
    person.look("account-second-factor")
    person.page.get_by_label("Code of your authenticator app").fill("12")
    person.page.get_by_role("button", name="Use the app from now on").click()
    person.says("There is a problem")
