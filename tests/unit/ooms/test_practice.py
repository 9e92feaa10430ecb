"""Practice of administrations that have no profile or company of their own yet."""

from __future__ import annotations

from datetime import date

from eodes.partners.register import Profiles
from ooms.demo.practice import cast
from ooms.demo.practice.profiles import stand_in


def test_stand_in_profile_is_whole_and_names_its_administration(tmp_path):
    folder = stand_in("TH-CUSTOMS", tmp_path)
    assert folder is not None
    profile = Profiles.load(folder, on=date(2026, 11, 22)).named("th-customs")

    assert (profile.authority, profile.country) == ("TH-CUSTOMS", "TH")
    assert "For practice only" in (tmp_path / "th-customs/profile.toml").read_text()


def test_shipped_profile_needs_no_stand_in(tmp_path):
    assert stand_in("KR-KCS", tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_country_without_a_company_is_called_a_sample():
    bargain = cast.Bargain("TH", "KR", "AKFTA", "AK")
    stated = cast.application(
        bargain, determination="d", invoice="TR-261122-01", today=date(2026, 11, 22)
    )

    assert cast.company("TH")["name"] == "SAMPLE EXPORTER OF TH"
    assert stated["transport"]["loading_text"] == "SAMPLE PORT"
    assert stated["buyer"]["name"] == "BUSAN POWER TRADING CO., LTD."
