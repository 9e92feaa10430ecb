"""The words of lint are those of the catalogue of refusals, for every code that both know."""

import pytest

from eodes.domain.refusals.catalogue import CATALOGUE
from eodes.domain.refusals.rules import CONSTRAINTS, TOWARDS_A_PARTNER
from ooms.languages.finding_words import FINDINGS

#: At the border it says that a certificate cannot be claimed with, not that none replaces it.
SAID_OTHERWISE = {"LIN-STATE"}
SHARED = [
    code
    for code in CATALOGUE
    if f"finding.{code.lower().replace('-', '_')}.means" in FINDINGS and code not in SAID_OTHERWISE
]


@pytest.mark.parametrize("code", SHARED)
def test_lint_says_what_the_catalogue_of_refusals_says(code):
    key = f"finding.{code.lower().replace('-', '_')}"

    assert FINDINGS[f"{key}.means"] == CATALOGUE[code].means
    assert FINDINGS[f"{key}.do"] == CATALOGUE[code].next_step


def test_every_code_that_an_exporter_mends_has_words():
    mended = {
        one.code for one in (*CONSTRAINTS, *TOWARDS_A_PARTNER) if one.mender.value == "exporter"
    }

    assert mended - set(SHARED) == set()
