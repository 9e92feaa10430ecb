"""Everybody checks certificates, reads rules and codes, and downloads figures."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.people import Portal


def test_unknown_certificate_is_said_to_be_unknown_without_scripts(portal: Portal):
    guest = portal.guest(scripts=False)
    guest.open("/verify")
    guest.page.get_by_label("Number of the certificate").fill("K001-26-9999999")
    guest.page.get_by_label("Code on the certificate").fill("AAAA BBBB CCCC DDDD")
    guest.page.get_by_role("button", name="Check", exact=True).click()

    guest.says("This office has issued no certificate with this number and this code")


def test_file_that_is_no_certificate_gets_three_plain_answers(portal: Portal):
    guest = portal.guest()
    guest.open("/verify")
    guest.look("public-verify")
    paper: FilePayload = {
        "name": "paper.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.7 nothing",
    }
    guest.page.get_by_label("The PDF, or a photograph").set_input_files(paper)
    guest.page.get_by_role("button", name="Check the document").click()

    guest.says("Is it authentic?")
    guest.says("Nothing was read that proves anything.")
    guest.look("public-verify-document")


def test_rule_of_a_code_is_found_by_keyboard_alone(portal: Portal):
    guest = portal.guest()
    guest.open("/public/rules")
    guest.page.get_by_label("Agreement", exact=True).focus()
    guest.page.keyboard.type("AKFTA")
    guest.page.keyboard.press("Tab")
    guest.page.keyboard.type("8504.40")
    guest.page.keyboard.press("Enter")

    expect(guest.page.get_by_role("heading", name="AKFTA, HS 8504.40")).to_be_visible()
    guest.look("public-rules")


@pytest.mark.parametrize(
    "name", ["reasons", "score", "rulings", "approved", "figures", "accessibility"]
)
def test_public_page_has_no_barrier_that_axe_finds(portal: Portal, name: str):
    guest = portal.guest()
    guest.open(f"/public/{name}")
    guest.look(f"public-{name}")


def test_home_leads_to_what_is_public(portal: Portal):
    guest = portal.guest(language="ko")
    guest.open("/")
    guest.look("public-home")

    assert guest.page.locator("html").get_attribute("lang") == "ko"
