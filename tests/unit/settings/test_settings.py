"""The settings of a node: defaults, the environment, and refusals that name their place."""

from decimal import Decimal

import pytest

from eodes.errors import ConfigurationError
from eodes.settings import ClientCertificates, load_settings


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "eodes.toml"
    path.write_text('authority = "KR-KCS"\n')
    return path


def test_authority_alone_is_enough_for_a_node(file):
    settings = load_settings(file)

    assert settings.profile == "kr-kcs"
    assert settings.test is False
    assert settings.server.tls is True
    assert settings.server.client_certificates is ClientCertificates.REQUIRED
    assert settings.jobs.seal == Decimal("0.2")


def test_paths_are_read_from_the_folder_of_the_file(file, tmp_path):
    file.write_text(
        'authority = "KR-KCS"\n'
        "[keys]\n"
        'passphrase_file = "/run/secrets/passphrase"\n'
        "[partners]\n"
        'folder = "partners"\n'
    )

    settings = load_settings(file)

    assert settings.database.url == f"sqlite:///{tmp_path}/eodes.sqlite"
    assert settings.keys.signing_key == tmp_path / "keys/signing.key.pem"
    assert str(settings.keys.passphrase_file) == "/run/secrets/passphrase"
    assert settings.partners_folder == tmp_path / "partners"


def test_absolute_database_stays_where_it_is(file):
    for url in ("sqlite:////var/lib/eodes/node.sqlite", "postgresql://eodes@db/eodes"):
        file.write_text(f'authority = "KR-KCS"\n[database]\nurl = "{url}"\n')

        assert load_settings(file).database.url == url


def test_unknown_key_is_refused_with_file_and_line(file):
    file.write_text('authority = "KR-KCS"\n\n[server]\nport = 9000\nprot = 9001\n')

    with pytest.raises(ConfigurationError) as refused:
        load_settings(file)

    assert str(refused.value).startswith(f"{file}:5: server.prot: unknown")


def test_wrong_value_is_refused_with_file_and_line(file):
    file.write_text('authority = "korea"\n[server]\nport = 0\n')

    with pytest.raises(ConfigurationError) as refused:
        load_settings(file)

    assert refused.value.line == 1
    assert "line 3, server.port" in refused.value.problem


def test_environment_overrides_the_file(file):
    file.write_text('authority = "KR-KCS"\n[server]\nport = 9000\n')

    settings = load_settings(
        file,
        environment={
            "EODES_SERVER_PORT": "9100",
            "EODES_TEST": "true",
            "EODES_JOBS_SEAL": "1.5",
            "EODES_DATABASE_URL": "postgresql://eodes@db/eodes",
            "HOME": "/root",
        },
    )

    assert settings.server.port == 9100
    assert settings.test is True
    assert settings.jobs.seal == Decimal("1.5")
    assert settings.database.url == "postgresql://eodes@db/eodes"


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("EODES_SERVER_PROT", "9100", "no known setting"),
        ("EODES_SERVER_PORT", "many", "not a whole number"),
        ("EODES_TEST", "yes", "not true or false"),
        ("EODES_SERVER_PORT", "70000", "outside"),
    ],
)
def test_wrong_variable_is_refused_by_its_name(file, *, variable, value, said):
    with pytest.raises(ConfigurationError) as refused:
        load_settings(file, environment={variable: value})

    assert refused.value.file == variable
    assert said in refused.value.problem


def test_plain_listener_cannot_ask_for_client_certificates(file):
    file.write_text('authority = "KR-KCS"\n[server]\ntls = false\n')

    with pytest.raises(ConfigurationError) as refused:
        load_settings(file)

    assert refused.value.line == 3
    assert "client_certificates" in refused.value.problem


def test_public_address_becomes_the_endpoint_of_the_card(file):
    file.write_text(
        'authority = "KR-KCS"\n[server]\npublic_url = "https://origin.example/eodes/"\n'
    )

    assert load_settings(file).endpoint == "https://origin.example/eodes/partner/v1/messages"


def test_endpoint_without_public_address_is_the_listener(file):
    assert load_settings(file).endpoint == "https://127.0.0.1:8443/partner/v1/messages"
