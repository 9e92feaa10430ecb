"""Passkeys in a real browser, with an authenticator of its own that verifies its owner."""

from __future__ import annotations

from playwright.sync_api import CDPSession, expect

from tests.browser.people import Portal, Reader

_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _with_device(reader: Reader) -> tuple[CDPSession, str]:
    """Give the browser a device; passkeys are bound to a name, so it opens the office by one."""
    reader.address = reader.address.replace("127.0.0.1", "localhost")
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
    return session, added["authenticatorId"]


def _signed_in(portal: Portal, login: str) -> tuple[Reader, CDPSession, str]:
    reader = portal.guest()
    session, device = _with_device(reader)
    reader.sign_in(login, portal.nodes["KR-KCS"].passwords[login])
    return reader, session, device


def _add_passkey(reader: Reader, name: str) -> None:
    reader.open("/account").get_by_role("button", name="Add a passkey").click()
    reader.page.get_by_label("What you call it").fill(name)
    reader.page.get_by_role("button", name="Make the passkey").click()
    reader.says("The passkey is kept")


def test_passkey_is_added_signs_in_and_is_removed(portal: Portal):
    officer, _, _ = _signed_in(portal, "officer")
    officer.open("/account").get_by_role("button", name="Add a passkey").click()
    expect(officer.page.get_by_text("The device gave no passkey.")).to_be_hidden()
    expect(officer.page.get_by_text("A passkey can be used only at")).to_be_hidden()
    officer.look("passkey-new")
    _add_passkey(officer, "my telephone")
    officer.look("account-passkeys")
    officer.page.get_by_role("button", name="Sign out").click()
    officer.open("/sign-in")
    officer.look("sign-in-ways")
    officer.page.get_by_role("button", name="Use a passkey").click()
    officer.says("Queue")
    assert officer.page.url.endswith("/desk/queue")

    officer.open("/account")
    officer.says("last used")
    officer.page.get_by_role("button", name="Remove my telephone").click()
    officer.says("The passkey is removed.")


def test_device_that_does_not_verify_its_owner_signs_nobody_in(portal: Portal):
    officer, session, device = _signed_in(portal, "border")
    _add_passkey(officer, "shared tablet")
    officer.page.get_by_role("button", name="Sign out").click()
    told = {"authenticatorId": device, "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", told)
    officer.open("/sign-in").get_by_role("button", name="Use a passkey").click()

    officer.says("The device gave no passkey.")
    officer.look("passkey-refused")


def test_passkey_proves_again_who_one_is(portal: Portal):
    operator, _, _ = _signed_in(portal, "operator")
    _add_passkey(operator, "blue key")
    operator.open("/account/proof")
    operator.look("sign-in-proof-passkey")
    operator.page.get_by_role("button", name="Use the passkey").click()

    operator.page.wait_for_url("**/account")
    assert operator.heading() == "Your account"


def test_page_without_scripts_says_what_to_do_instead(portal: Portal):
    guest = portal.guest(scripts=False)
    guest.open("/sign-in").get_by_role("button", name="Use a passkey").click()

    guest.says("a password and a one-time code do the same")
