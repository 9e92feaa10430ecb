"""Each whole list of product rules reaches the codes that its published table reaches."""

import pytest

from ooms.agreements import registry
from ooms.agreements.coverage import coverage
from ooms.agreements.nomenclature import Nomenclature
from ooms.kernel.hs import HsCode

#: Edition and subheadings with an entry, as the table of the published lists counts them.
REACHED = {
    "CPTPP": (2012, 5205),
    "GB-AL": (2022, 5612),
    "GB-CARIFORUM": (2022, 5594),
    "GB-CENTAM": (2022, 5612),
    "GB-CH-LI": (2022, 5612),
    "GB-CI": (2022, 5612),
    "GB-CL": (2022, 5612),
    "GB-DCTS": (2022, 5593),
    "GB-EG": (2022, 5612),
    "GB-ESA": (2022, 5612),
    "GB-EU": (2017, 5386),
    "GB-FO": (2022, 5612),
    "GB-GSP": (2022, 5593),
    "GB-KR": (2022, 5612),
    "GB-MD": (2022, 5612),
    "GB-NZ": (2017, 5386),
    "GB-PACIFIC": (2022, 5612),
    "GB-SG": (2022, 5612),
    "GB-TN": (2022, 5612),
    "GB-TR": (2017, 5354),
    "GB-UA": (2022, 5612),
    "GB-XK": (2022, 5612),
}
REGISTRY = registry.load_shipped()


@pytest.mark.parametrize("code", REACHED)
def test_whole_list_reaches_the_codes_of_its_edition(code):
    rule_set = REGISTRY.agreement(code).rule_sets[0]

    found = coverage(rule_set)

    assert (found.edition, found.covered) == REACHED[code]
    assert found.total == found.covered + len(found.missing)


@pytest.mark.parametrize("code", REACHED)
def test_every_reached_code_finds_its_candidates(code):
    rule_set = REGISTRY.agreement(code).rule_sets[0]
    missing = set(coverage(rule_set).missing)

    without = {
        digits
        for digits in Nomenclature.of(rule_set.hs_edition).codes[::7]
        if not rule_set.products.candidates(HsCode(digits)).rules
    }

    assert without <= missing


@pytest.mark.parametrize("code", REACHED)
def test_nothing_of_a_secondary_copy_is_called_verified(code):
    rule_set = REGISTRY.agreement(code).rule_sets[0]

    cited = [tolerance.cited for tolerance in rule_set.tolerances]
    cited += [rule.cited for rule in rule_set.products.rules]
    cited += [proof.cited for proof in rule_set.proofs]

    assert cited
    assert not any(one.verified for one in cited)


def test_chapters_add_up_to_the_whole_coverage():
    found = coverage(REGISTRY.agreement("GB-CARIFORUM").rule_sets[0])

    assert sum(reached for reached, _ in found.chapters.values()) == found.covered
    assert sum(every for _, every in found.chapters.values()) == found.total
