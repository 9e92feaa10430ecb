"""Making a node: whole, private, readable by the programs, and never over another."""

import re
import ssl
import stat
import tomllib
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from eodes.errors import ConfigurationError
from eodes.node.folder import NodeExistsError
from eodes.settings import load_settings
from eodes.store import migrations
from eodes.store.database import Database
from eodes.transport.tls import client_context, server_context
from tests.unit.node.nodes import NOW, make, plan_of, signer_of


def certificate(path):
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_new_node_holds_settings_keys_and_database(korea):
    assert {path.name for path in korea.file.parent.iterdir()} >= {
        "eodes.toml",
        "eodes.sqlite",
        "keys",
    }
    assert korea.authority == "KR-KCS"
    assert korea.profile == "kr-kcs"
    assert korea.keys.signing_key.exists()


def test_database_of_new_node_is_migrated(korea):
    database = Database(korea.database.url)

    assert migrations.is_current(database)
    database.dispose()


def test_nobody_else_may_read_the_keys(korea):
    for path in korea.keys.signing_key.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_signing_certificate_lasts_two_years_and_signs(korea):
    made = certificate(korea.keys.signing_certificate)

    assert made.not_valid_before_utc <= NOW
    assert made.not_valid_after_utc - made.not_valid_before_utc == timedelta(days=730)
    assert signer_of(korea).algorithm == "ecdsa-sha256"


def test_tls_certificate_covers_local_and_named_hosts(tmp_path):
    settings = make(tmp_path / "node", plan_of("KR-KCS", host_names=("gw.example.org",)))

    made = certificate(settings.keys.tls_certificate)
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert names.get_values_for_type(x509.DNSName) == ["gw.example.org", "localhost"]
    assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    assert made.not_valid_after_utc - made.not_valid_before_utc == timedelta(days=365)
    made.verify_directly_issued_by(certificate(settings.keys.tls_authority))


def test_keys_serve_both_directions_of_tls(korea):
    authority = certificate(korea.keys.tls_authority).public_bytes(encoding=Encoding.DER)

    listener = server_context(korea, client_authorities=[authority])
    caller = client_context(korea.keys, authorities=[authority])

    assert listener.verify_mode is ssl.CERT_REQUIRED
    assert caller.check_hostname is True
    assert len(caller.get_ca_certs()) == 1


def test_passphrase_encrypts_signing_key_and_authority_key(tmp_path):
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse\n")

    settings = make(tmp_path / "node", plan_of("KR-KCS", passphrase_file=passphrase))

    assert settings.keys.passphrase_file == passphrase
    assert signer_of(settings, b"correct horse").algorithm == "ecdsa-sha256"
    for name in ("signing", "tls-authority"):
        pem = (settings.keys.signing_key.parent / f"{name}.key.pem").read_bytes()
        with pytest.raises(TypeError, match="encrypted"):
            load_pem_private_key(pem, None)


def test_plan_is_written_into_the_settings(tmp_path):
    plan = plan_of("KR-KCS", port=9000, database_url="sqlite:///other.sqlite", test=True)

    settings = make(tmp_path / "node", plan)

    assert settings.server.port == 9000
    assert settings.test is True
    assert (settings.file.parent / "other.sqlite").exists()


def test_settings_file_shows_every_setting_at_its_default(korea, tmp_path):
    text = korea.file.read_text()
    optional = ("signing", "next_signing_certificate", "passphrase_file", "folder", "public_url")
    shown = re.sub(r"(?m)^# ([a-z_]+ = )", r"\1", text)
    defaults = re.sub(rf"(?m)^({'|'.join(optional)}) = .*\n", "", shown)
    file = korea.file.with_name("shown.toml")
    file.write_text(defaults)

    every = tomllib.loads(shown)

    assert load_settings(file).server == korea.server
    assert load_settings(file).jobs == korea.jobs
    assert load_settings(file).keys == korea.keys
    assert load_settings(file).database == korea.database
    assert every.keys() == {
        *("authority", "profile", "test", "database", "server", "keys", "partners", "jobs")
    }
    assert len(every["keys"]) == len(korea.keys.__slots__)
    assert len(every["server"]) == len(korea.server.__slots__)
    assert len(every["jobs"]) == len(korea.jobs.__slots__)


def test_node_is_never_made_over_another(korea):
    before = korea.keys.signing_key.read_bytes()

    with pytest.raises(NodeExistsError):
        make(korea.file.parent, plan_of("KR-KCS"))

    assert korea.keys.signing_key.read_bytes() == before


def test_empty_folder_may_become_a_node(tmp_path):
    (tmp_path / "node").mkdir()

    assert make(tmp_path / "node", plan_of("KR-KCS")).file.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"authority": "korea"}, {"port": 70_000}, {"signing_uri": "pkcs11:token=T;object=O"}],
)
def test_failed_making_leaves_nothing_behind(tmp_path, wrong):
    with pytest.raises(ConfigurationError):
        make(tmp_path / "node", plan_of(**{"authority": "KR-KCS"} | wrong))

    assert list(tmp_path.iterdir()) == []
