"""The text of a case says each thing once, or is refused in one sentence."""

import pytest

from ooms.agreements import notation
from ooms.origin.case import CaseFormatError, read_case
from ooms.origin.case_document import read_document
from tests.unit.origin.building import document


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[]", "a case is a JSON object"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"on": ' + "9" * 5000 + "}", "too many digits"),
        (
            '{"materials": [{"originating": false, "originating": true}]}',
            "originating: is given",
        ),
    ],
)
def test_text_that_is_no_case_is_refused(written, said):
    with pytest.raises(CaseFormatError, match=said):
        read_document(written)


@pytest.mark.parametrize("half", [{"processes": ["\ud800"]}, {"facts": {"a\ud800": True}}])
def test_half_of_a_character_is_refused(half):
    with pytest.raises(CaseFormatError, match="half of a character"):
        read_case(document(**half), read_rule=notation.read)
