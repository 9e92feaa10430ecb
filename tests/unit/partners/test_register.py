"""Reading the profiles: strict, whole, and refused with file and line."""

from datetime import date

import pytest

from eodes.errors import ConfigurationError
from eodes.partners.register import SHIPPED, Profiles, UnknownProfileError, load_profile

ON = date(2026, 11, 20)


@pytest.fixture
def own_folder(tmp_path):
    """An operator's folder with a copy of a shipped profile."""
    text = (SHIPPED / "kr-kcs" / "profile.toml").read_text()
    file = tmp_path / "partners" / "kr-kcs" / "profile.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file.parent.parent


def change(folder, old, new):
    file = folder / "kr-kcs" / "profile.toml"
    text = file.read_text()
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new))
    return file


def line_with(file, words):
    lines = file.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_five_administrations_ship_with_the_code():
    profiles = Profiles.load(on=ON)

    assert list(profiles) == ["cn-gacc", "id-insw", "in-cbic", "kr-kcs", "vn-customs"]
    assert profiles["in-cbic"].authority == "IN-CBIC"


def test_operators_profile_replaces_the_shipped_one(own_folder):
    change(own_folder, "answer = 30\n", "answer = 45\n")

    profiles = Profiles.load(own_folder, on=ON)

    assert profiles["kr-kcs"].timers.answer == 45
    assert len(profiles) == len(Profiles.load(on=ON))


def test_unknown_profile_is_named_beside_the_known():
    profiles = Profiles.load(on=ON)

    with pytest.raises(UnknownProfileError) as unknown:
        profiles.named("fr-dgddi")

    assert unknown.value.code == "fr-dgddi"
    assert "kr-kcs" in unknown.value.known


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("answer = 30\n", "answer = 30\nanwser = 30\n", "timers.anwser: unknown"),
        ('dialect = "eodes"', "# no dialect", "wire.dialect: missing"),
        ("retention_years = 5", "retention_years = 3", "outside 5"),
        ('country = "KR"', 'country = "CN"', "no authority of CN"),
        ('code = "kr-kcs"', 'code = "kr-customs"', "give both one name"),
        ("longest = 35", "longest = 35\npattern = '[0-9'", "no regular expression"),
        ('zone = "Asia/Seoul"', 'zone = "Asia/Souel"', "no IANA time zone"),
    ],
)
def test_flaw_is_refused_with_file_and_line(own_folder, *, old, new, said):
    file = change(own_folder, old, new)

    with pytest.raises(ConfigurationError) as refused:
        load_profile(file, on=ON)

    assert refused.value.file == str(file)
    assert refused.value.line
    assert said in str(refused.value)


def test_dialect_that_nobody_speaks_is_refused(own_folder):
    file = change(own_folder, 'dialect = "eodes"', 'dialect = "esperanto"')

    with pytest.raises(ConfigurationError) as refused:
        load_profile(file, on=ON, dialects={"eodes", "gacc"})

    assert refused.value.line == line_with(file, "esperanto")
    assert "there are eodes, gacc" in refused.value.problem


def test_form_accepted_twice_is_refused(own_folder):
    file = change(
        own_folder,
        '{ agreement = "RCEP", form_type = "RCEP" }',
        '{ agreement = "KVFTA", form_type = "VK" }',
    )

    with pytest.raises(ConfigurationError) as refused:
        load_profile(file, on=ON)

    assert "accepted twice" in refused.value.problem


def test_pin_counts_until_the_day_it_ends(own_folder):
    file = own_folder / "kr-kcs" / "profile.toml"
    digest = "ab" * 32
    file.write_text(f'{file.read_text()}\n[[pins]]\nsha256 = "{digest}"\nnot_after = 2026-11-21\n')

    assert load_profile(file, on=ON).pins[0].sha256 == digest
    with pytest.raises(ConfigurationError) as refused:
        load_profile(file, on=date(2026, 11, 21))

    assert refused.value.line == line_with(file, "not_after = ")
    assert "expired on 2026-11-21" in refused.value.problem


def test_missing_folder_of_profiles_is_refused(tmp_path):
    with pytest.raises(ConfigurationError) as refused:
        Profiles.load(tmp_path / "nowhere", on=ON)

    assert "no folder" in refused.value.problem
