"""Letters or messages: a profile says one of them, and all of its parts say the same."""

import re
from datetime import date

import pytest

from eodes.domain.message import VERIFICATIONS
from eodes.errors import ConfigurationError
from eodes.partners.register import SHIPPED, load_profile, profile_files
from tests.agreed import agree_on_messages

ON = date(2026, 11, 22)


@pytest.fixture
def file(tmp_path):
    return agree_on_messages(tmp_path, "vn-customs") / "vn-customs" / "profile.toml"


def test_shipped_administrations_verify_by_letter():
    profiles = [load_profile(file, on=ON) for file in profile_files(SHIPPED)]

    assert {one.verifies_by_message for one in profiles} == {False}
    assert {one.verification_types for one in profiles} == {frozenset()}


def test_agreed_profile_takes_every_message_of_a_verification(file):
    profile = load_profile(file, on=ON)

    assert profile.verifies_by_message
    assert profile.verification_types == VERIFICATIONS


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('verification = "MESSAGE"', 'verification = "POST_AND_EMAIL"', "not agreed"),
        ('    "VISIT_FINAL",\n', "", "lacks VISIT_FINAL"),
        ("annex_bytes = 1000000", "annex_bytes = 1500000", "fits into no document"),
    ],
    ids=["types without channel", "channel without a type", "annex too large"],
)
def test_profile_whose_parts_disagree_is_refused(file, old, new, said):
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))

    with pytest.raises(ConfigurationError, match=re.escape(said)):
        load_profile(file, on=ON)
