"""Officers see what was issued, used and denied: as charts, as tables, as a sheet."""

from __future__ import annotations

from tests.browser.people import Portal

KOREA = "KR-KCS"


def test_figures_are_shown_and_handed_out_as_a_sheet(portal: Portal):
    officer = portal.person(KOREA, "supervisor")
    officer.open("/figures")
    officer.look("figures")

    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Download these figures (CSV)").click()
    assert download.value.path().read_text().startswith("side,agreement,partner")


def test_month_that_is_none_is_told_at_its_field(portal: Portal):
    officer = portal.person(KOREA, "supervisor")
    officer.open("/figures?first_month=soon")

    officer.says("There is a problem")
    assert officer.page.title().startswith("Error:")
