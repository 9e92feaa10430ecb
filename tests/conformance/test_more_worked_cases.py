"""Cases built on the text of published notes and regulations, the rule in treaty words.

They are ours, not the sources': the text that each was built on is named beside it.
"""

import json
import tomllib
from pathlib import Path

import pytest

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import load_shipped
from ooms.agreements.treaty_words.reading import read_rule
from ooms.origin.case import read_case
from ooms.origin.determine import determine

CASES = tomllib.loads(Path(__file__).with_name("more_worked_cases.toml").read_text("utf-8"))["case"]
REGISTRY = load_shipped()
EDITIONS = load_editions()


def judged(document):
    case = read_case(document, read_rule=read_rule)
    return determine(case, REGISTRY.agreement(case.agreement), editions=EDITIONS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_in_treaty_words_comes_out_as_its_text_says(case):
    found = judged(case["document"]).verdict.value

    assert found == case.get("verdict", case["expected"])


def test_no_case_is_decided_against_the_text_it_was_built_on():
    otherwise = [case for case in CASES if "verdict" in case]

    assert all(case["verdict"] == "needs_fact" and case["note"] for case in otherwise)
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES[::9], ids=lambda case: case["id"])
def test_order_of_keys_changes_no_hash_and_no_answer(case):
    turned = json.loads(json.dumps(case["document"], sort_keys=True))

    assert judged(turned) == judged(case["document"])
