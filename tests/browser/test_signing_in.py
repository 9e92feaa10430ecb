"""People sign in and out, choose a language, and lose nothing when a session ends."""

from __future__ import annotations

import sqlite3

import pyotp
from playwright.sync_api import expect

from tests.browser.people import Portal


def test_wrong_password_is_told_with_the_focus_on_what_is_wrong(portal: Portal):
    guest = portal.guest()
    guest.open("/sign-in")
    guest.look("sign-in")
    guest.page.get_by_label("User name").fill("officer")
    guest.page.get_by_label("Password", exact=True).fill("wrong")
    guest.page.get_by_role("button", name="Sign in").click()

    expect(guest.page.locator(".govuk-error-summary")).to_be_focused()
    assert guest.page.title().startswith("Error:")
    guest.look("sign-in-refused")


def test_account_shows_where_one_is_signed_in_and_lets_one_out(portal: Portal):
    officer = portal.person("KR-KCS", "supervisor")
    officer.open("/account")
    officer.look("account")
    officer.page.get_by_role("button", name="Sign out").click()

    officer.says("You are signed out.")
    officer.open("/account")
    assert officer.heading() == "Sign in"


def test_signing_in_works_without_scripts(portal: Portal):
    officer = portal.person("KR-KCS", "supervisor", scripts=False)

    assert officer.open("/account").title().startswith("Your account")


def test_form_sent_after_the_session_ended_is_kept_over_the_door(portal: Portal):
    officer = portal.person("KR-KCS", "supervisor")
    officer.open("/account")
    officer.page.context.clear_cookies()
    officer.page.get_by_label("New password").fill("never mind these words")
    officer.page.get_by_role("button", name="Change the password").click()
    officer.says("Nothing you typed is lost")
    officer.page.get_by_label("User name").fill("supervisor")
    officer.page.get_by_label("Password", exact=True).fill(
        portal.nodes["KR-KCS"].passwords["supervisor"]
    )
    officer.page.get_by_role("button", name="Sign in").click()
    officer.look("sign-in-go-on")
    officer.page.get_by_role("button", name="Send what I filled in").click()

    officer.says("There is a problem")


def _let_proofs_go_stale(portal: Portal, login: str) -> None:
    file = portal.nodes["KR-KCS"].folder / "eodes.sqlite"
    mine = "user_id = (SELECT id FROM ooms_user WHERE login = ?)"
    database = sqlite3.connect(file, timeout=20)
    with database:
        database.execute(f"UPDATE ooms_session SET proved_at = NULL WHERE {mine}", (login,))
    database.close()


def test_stale_proof_is_given_again_and_the_form_sent_on(portal: Portal):
    operator = portal.person("KR-KCS", "operator")
    page = operator.open("/operator/users/new")
    page.get_by_label("User name").fill("seo")
    page.get_by_label("Name", exact=True).fill("Seo Yuna")
    page.get_by_label("Role").select_option("AUDITOR")
    page.get_by_label("First password").fill("a first password for her")
    _let_proofs_go_stale(portal, "operator")
    page.get_by_role("button", name="Add the user").click()
    operator.says("Nothing you typed is lost")
    operator.look("sign-in-proof")
    page.get_by_label("Password", exact=True).fill(portal.nodes["KR-KCS"].passwords["operator"])
    page.get_by_role("button", name="Go on").click()
    operator.says("It is proven that it is you")
    operator.look("sign-in-proven")
    page.get_by_role("button", name="Send what I filled in").click()

    operator.says("The user is added and may sign in.")
    operator.says("Seo Yuna")


def test_language_is_remembered_and_the_page_stays(portal: Portal):
    guest = portal.guest()
    guest.open("/sign-in")
    guest.page.get_by_role("button", name="Français").click()

    assert guest.page.locator("html").get_attribute("lang") == "fr"
    assert guest.page.url.endswith("/sign-in")


def test_lost_factor_is_made_good_by_a_code_that_was_kept(portal: Portal):
    officer = portal.person("KR-KCS", "supervisor")
    officer.open("/account/recovery-codes")
    officer.look("recovery-codes-none")
    officer.open("/account")
    officer.page.get_by_role("button", name="Set up an authenticator app").click()
    secret = (officer.page.locator("#secret").text_content() or "").replace(" ", "")
    code = officer.page.get_by_label("Code of your authenticator app")
    code.fill(pyotp.TOTP(secret).now())
    officer.page.get_by_role("button", name="Use the app from now on").click()
    officer.page.get_by_role("link", name="Make recovery codes").click()
    officer.page.get_by_role("button", name="Make fresh codes").click()
    officer.look("recovery-codes")
    kept = officer.page.locator("#codes code").first.text_content() or ""
    guest = portal.guest()
    guest.open("/sign-in")
    guest.page.get_by_label("User name").fill("supervisor")
    guest.page.get_by_label("Password", exact=True).fill(
        portal.nodes["KR-KCS"].passwords["supervisor"]
    )
    guest.page.get_by_text("I have lost my authenticator app").click()
    guest.page.get_by_label("Recovery code").fill(kept)
    guest.look("sign-in-recovery")
    guest.page.get_by_role("button", name="Sign in").click()
    guest.open("/account")
    guest.says("9 codes are left")
    guest.look("account-recovered")
    guest.page.get_by_role("button", name="Take it away, to set up another").click()
    guest.says("The second factor is taken away.")
