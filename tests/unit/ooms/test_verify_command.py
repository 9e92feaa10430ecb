"""`ooms verify`: the three answers on the screen and as JSON, and what the exit code says."""

import json

import pytest
from click.testing import CliRunner

from ooms.commands.verify import verify
from ooms.documents.trust import TrustFileError, load_trust, write_issuer
from tests.builders import a_certificate
from tests.papers import a_press, jpeg, raster

PRESS = a_press()
SEALED = PRESS.document(a_certificate())


@pytest.fixture
def folder(tmp_path):
    write_issuer(PRESS.issuer, tmp_path / "trust")
    (tmp_path / "good.pdf").write_bytes(SEALED)
    (tmp_path / "altered.pdf").write_bytes(SEALED.replace(b"/Lang", b"/Lbng"))
    (tmp_path / "photo.jpg").write_bytes(jpeg(raster(SEALED)))
    return tmp_path


def run(folder, name, *more, trust="trust"):
    asked = [str(folder / name), "--trust", str(folder / trust), "--on", "2026-11-22", *more]
    return CliRunner().invoke(verify, asked)


def test_good_file_is_told_in_words_and_zero(folder):
    told = run(folder, "good.pdf")

    assert told.exit_code == 0, told.output
    assert "authentic: yes" in told.output
    assert "unaltered: yes" in told.output
    assert a_certificate().number_raw in told.output


def test_good_file_is_told_as_json(folder):
    told = json.loads(run(folder, "good.pdf", "--json").output)

    assert told["verdict"] == "good"
    assert (told["authentic"], told["unaltered"], told["valid"]) == ("YES", "YES", "YES")
    assert told["says"]["items"][0]["hs"] == "85044090"


def test_photograph_is_authentic_and_says_what_it_cannot_tell(folder):
    told = run(folder, "photo.jpg", "--json")

    assert told.exit_code == 0
    assert json.loads(told.output)["unaltered"] == "UNKNOWN"


def test_altered_file_ends_with_one(folder):
    told = run(folder, "altered.pdf")

    assert told.exit_code == 1
    assert "altered after it was sealed" in told.output


def test_file_of_nobody_trusted_ends_with_one(folder):
    (folder / "nobody").mkdir()

    assert run(folder, "good.pdf", trust="nobody").exit_code == 1


def test_expired_certificate_ends_with_one(folder):
    told = CliRunner().invoke(
        verify,
        [str(folder / "good.pdf"), "--trust", str(folder / "trust"), "--on", "2028-01-01"],
    )

    assert told.exit_code == 1
    assert "authentic: yes" in told.output


def test_trust_is_read_by_the_name_of_the_file(folder):
    (issuer,) = load_trust(folder / "trust").issuers

    assert (issuer.authority, issuer.country) == ("KR-KCS", "KR")
    assert issuer == PRESS.issuer


def test_trust_file_without_a_certificate_is_named(tmp_path):
    (tmp_path / "KR-KCS.pem").write_text("nothing")

    with pytest.raises(TrustFileError, match=r"KR-KCS\.pem"):
        load_trust(tmp_path)
