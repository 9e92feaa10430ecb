"""Secrets at rest: sealed for their owner, opened by any key of the file, by nothing else."""

import base64
import stat

import pytest

from ooms.access.sealing import Sealed, SecretsKeyError, keys_of, load_keys

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
NONCE = b"\x07" * 12


def a_noise(size):
    return b"\x03" * size


def test_sealed_secret_opens_for_its_owner():
    keys = keys_of((NEW,), file="secrets.key")

    sealed = keys.seal("JBSWY3DP", owner="user-1", nonce=NONCE)

    assert "JBSWY3DP" not in base64.b64decode(sealed.text).decode("latin-1")
    assert keys.open(sealed, owner="user-1") == "JBSWY3DP"


def test_row_copied_to_another_user_opens_nothing():
    keys = keys_of((NEW,), file="secrets.key")
    sealed = keys.seal("JBSWY3DP", owner="user-1", nonce=NONCE)

    with pytest.raises(SecretsKeyError, match="was changed"):
        keys.open(sealed, owner="user-2")


def test_newest_key_seals_and_older_ones_open():
    before = keys_of((OLD,), file="secrets.key").seal("JBSWY3DP", owner="u", nonce=NONCE)
    rolled = keys_of((NEW, OLD), file="secrets.key")

    assert rolled.open(before, owner="u") == "JBSWY3DP"
    assert rolled.seal("X", owner="u", nonce=NONCE).key_id != before.key_id


def test_lost_key_is_named_and_opens_nothing():
    before = keys_of((OLD,), file="secrets.key").seal("JBSWY3DP", owner="u", nonce=NONCE)

    with pytest.raises(SecretsKeyError, match=before.key_id):
        keys_of((NEW,), file="secrets.key").open(before, owner="u")


@pytest.mark.parametrize("text", ["", "no base64!", base64.b64encode(b"short").decode()])
def test_damaged_secret_is_no_secret(text):
    keys = keys_of((NEW,), file="secrets.key")

    with pytest.raises(SecretsKeyError, match="was changed"):
        keys.open(Sealed(text, keys.newest), owner="u")


@pytest.mark.parametrize("lines", [(), ("AAAA",), (NEW, "no key")])
def test_file_without_a_proper_key_is_refused(lines):
    with pytest.raises(SecretsKeyError, match=r"secrets\.key"):
        keys_of(lines, file="secrets.key")


def test_first_start_makes_the_file_for_its_owner_alone(tmp_path):
    file = tmp_path / "keys" / "secrets.key"

    made = load_keys(file, noise=a_noise)
    again = load_keys(file, noise=lambda size: b"\x04" * size)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made == again
    assert [one.name for one in file.parent.iterdir()] == ["secrets.key"]


def test_file_that_others_may_read_is_refused(tmp_path):
    file = tmp_path / "secrets.key"
    load_keys(file, noise=a_noise)
    file.chmod(0o640)

    with pytest.raises(SecretsKeyError, match="mode 0600"):
        load_keys(file, noise=a_noise)
