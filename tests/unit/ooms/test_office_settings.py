"""The office's settings: a file that may be missing, the environment over it, no unknown key."""

import pytest

from ooms.settings import SettingsError, load_office_settings


def test_office_opens_without_any_file(tmp_path):
    settings = load_office_settings(tmp_path)

    assert settings.http.port == 8080
    assert settings.office.number_pattern == "{issuer}-{yy}-{serial:07d}"


def test_environment_stands_above_the_file(tmp_path):
    (tmp_path / "ooms.toml").write_text('[http]\nport = 9000\n[office]\ncode = "K001"\n')

    settings = load_office_settings(tmp_path, environment={"OOMS_HTTP_PORT": "9001", "HOME": "/"})

    assert (settings.http.port, settings.office.code) == (9001, "K001")


@pytest.mark.parametrize(
    ("text", "environment", "key"),
    [
        ("[http]\nprot = 1\n", {}, "http.prot"),
        ("[office]\nnumber_pattern = 'K001'\n", {}, "office.number_pattern"),
        ("", {"OOMS_HTTP_PROT": "1"}, "http.prot"),
        ("", {"OOMS_HTTP_PORT": "none"}, "http.port"),
    ],
)
def test_unknown_or_wrong_setting_is_refused_by_name(tmp_path, text, environment, key):
    (tmp_path / "ooms.toml").write_text(text)

    with pytest.raises(SettingsError) as refused:
        load_office_settings(tmp_path, environment=environment)

    assert refused.value.key == key
