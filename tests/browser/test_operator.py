"""Operators, partner desks and auditors keep the exchange going by pages."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.people import Portal

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
