"""Forms and calendars, found by agreement, type and day."""

from datetime import date

import pytest

from eodes.errors import ConfigurationError
from eodes.forms.register import DATA, Calendars, Forms, UnknownFormError

TODAY = date(2026, 11, 20)


def test_form_is_found_by_agreement_and_day():
    forms = Forms.load()

    assert forms.on(agreement="AKFTA", on=TODAY).form_type == "AK"
    assert forms.on(agreement="KVFTA", form_type="VK", on=TODAY).agreement == "KVFTA"


def test_unknown_form_says_where_to_add_it():
    with pytest.raises(UnknownFormError, match="form E of ACFTA is in use on 2026-11-20"):
        Forms.load().on(agreement="ACFTA", form_type="E", on=TODAY)


def test_form_before_its_edition_is_unknown():
    with pytest.raises(UnknownFormError):
        Forms.load().on(agreement="KCFTA", on=date(2015, 12, 19))


def test_later_edition_takes_over_on_its_day(tmp_path):
    text = (DATA / "kcfta.toml").read_text()
    older = text.replace(
        "valid_from = 2015-12-20", "valid_from = 2015-12-20\nvalid_until = 2026-12-31"
    )
    newer = text.replace("valid_from = 2015-12-20", "valid_from = 2027-01-01")
    (tmp_path / "kcfta-2015.toml").write_text(older)
    (tmp_path / "kcfta-2027.toml").write_text(newer.replace('title = "Certificate', 'title = "New'))

    forms = Forms.load(tmp_path)

    assert forms.on(agreement="KCFTA", on=date(2026, 12, 31)).title.startswith("Certificate")
    assert forms.on(agreement="KCFTA", on=date(2027, 1, 1)).title.startswith("New")


def test_flawed_form_file_is_refused_with_line(tmp_path):
    text = (DATA / "ak.toml").read_text()
    (tmp_path / "ak.toml").write_text(
        text.replace('rule = "IF_VALUE_CONTENT"', 'rule = "SOMETIMES"')
    )

    with pytest.raises(ConfigurationError, match=r"ak\.toml:\d+: fob\.rule"):
        Forms.load(tmp_path)


def test_calendar_knows_the_holidays_of_korea():
    korea = Calendars.load().of("KR")

    assert not korea.is_working(date(2026, 9, 24))
    assert korea.gaps(date(2024, 1, 1), date(2027, 12, 31)) == ()
    assert korea.gaps(date(2027, 12, 31), date(2028, 1, 3)) == (2028,)


def test_calendar_of_unknown_country_admits_its_gap():
    calendar = Calendars.load().of("NZ")

    assert calendar.country == "NZ"
    assert calendar.gaps(TODAY, TODAY) == (2026,)


def test_calendar_of_brunei_rests_on_friday():
    assert not Calendars.load().of("BN").is_working(TODAY)
