"""The page of cases says what the engine reads, asks and answers, and its examples come out."""

import ast
import json
import re

import pytest

from ooms.agreements.coverage import coverage
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Cumulation, OutwardProcessing, Tolerance
from ooms.agreements.registry import load_shipped
from ooms.agreements.treaty_words.reading import read_rule
from ooms.cli import main
from ooms.languages.catalogues import catalogue
from ooms.languages.telling import in_words
from ooms.origin import case as case_format
from ooms.origin import case_lines, explain
from ooms.origin.advice import advise
from ooms.origin.case import read_case
from tests.house import pages, source

PAGE = pages.page("docs/reference/determination-case.md")
FOLDER = source.REPOSITORY / "docs/reference/examples/determination"
_EXAMPLE = re.compile(
    r"^\| \[[\w-]+\]\(examples/determination/([\w-]+)\.json\) \| [^|]+ \| `(\w+)` \| `([^`]+)` \|$",
    re.MULTILINE,
)
EXAMPLES = _EXAMPLE.findall(PAGE.text)
REGISTRY = load_shipped()
EDITIONS = load_editions()


def answer_of(name):
    document = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    case = read_case(document, read_rule=read_rule)
    judged = advise(case, REGISTRY.agreement(case.agreement), editions=EDITIONS)
    return in_words(explain.answer(judged), catalogue("en"))


def told_in(answer):
    """Give every key of a reason or a question in an answer, its method and its marker."""
    found = {answer.get("marker"), (answer["value"] or {}).get("method")}

    def walk(node):
        if isinstance(node, list):
            for item in node:
                walk(item)
        if isinstance(node, dict):
            found.add(node.get("key"))
            for item in node.values():
                walk(item)

    walk([answer["alternatives"], answer["origins"], answer["questions"]])
    return found


@pytest.mark.parametrize(("name", "verdict", "sign"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_example_has_the_verdict_that_stands_beside_it(name, verdict, sign):
    answer = answer_of(name)

    assert answer["verdict"] == verdict
    assert sign in told_in(answer)


def test_page_lists_every_example_once():
    assert sorted(name for name, _, _ in EXAMPLES) == sorted(f.stem for f in FOLDER.iterdir())


def listed(*headings):
    """Give what the first column of the tables under these headings names."""
    texts = (re.split(rf"^#+ {heading}$", PAGE.text, flags=re.MULTILINE)[1] for heading in headings)
    under = "\n".join(re.split(r"^##", text, maxsplit=1, flags=re.MULTILINE)[0] for text in texts)
    return re.findall(r"^\| `([^|]+)` \|", under, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("The case", case_format._CASE_KEYS),
        ("`product`", case_format._PRODUCT_KEYS),
        ("`price`", case_format._PRICE_KEYS),
        ("`materials`", case_lines._LINE_KEYS),
        ("`proof`", case_lines._PROOF_KEYS),
        ("`statement`", case_lines._STATEMENT_KEYS),
        ("`inventory`", case_lines._STOCK_KEYS),
    ],
)
def test_table_names_every_field_that_is_read(heading, keys):
    assert sorted(listed(heading)) == sorted(keys)


def test_table_names_every_field_of_an_answer():
    fields = {field for name, _, _ in EXAMPLES for field in answer_of(name)}

    assert fields == set(listed("The answer"))


FACTS = listed(
    "Of the good", "Of the materials", "Of the work and the rule", "Of values", "Of work abroad"
)


def written_in_the_engine():
    """Give every text that the code of the engine holds, of formatted ones their beginning."""
    for file in source.python_files("ooms/origin"):
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def asking(rule_set: RuleSet) -> tuple[Tolerance | Cumulation | OutwardProcessing, ...]:
    return (*rule_set.tolerances, *rule_set.cumulations, *rule_set.outward)


def test_every_fact_of_the_page_is_one_that_the_engine_knows():
    known = set(written_in_the_engine()) | {
        policy.asks
        for agreement in REGISTRY.every()
        for rule_set in agreement.rule_sets
        for policy in asking(rule_set)
    }
    asked = {re.split(r"[:<]", key)[0] for key in FACTS}
    of_rules = {"good", "note", "quota", "when"}  # made of the names of the notation's terms

    unknown = {one for one in asked if not {one, f"{one}:"} & known}

    assert unknown <= of_rules


def test_page_names_every_fact_that_a_shipped_pack_asks():
    asked = {
        policy.asks
        for agreement in REGISTRY.every()
        for rule_set in agreement.rule_sets
        for policy in asking(rule_set)
    }

    said = PAGE.text.split("### What packs ask")[1].split("###")[0]
    assert asked - {""} <= set(re.findall(r"`(\w+)`", said))


def test_every_question_of_the_examples_stands_on_the_page():
    keys = {q["key"] for name, _, _ in EXAMPLES for q in answer_of(name)["questions"]}
    named = {re.split(r"[:<]", key)[0] for key in re.findall(r"`([\w:<>]+)`", PAGE.text)}

    assert {key.rpartition("/")[2].split(":")[0] for key in keys} <= named


README = pages.page("README.md")


def test_output_in_the_readme_is_the_real_one(capsys):
    with pytest.raises(SystemExit):
        main(["determine", str(FOLDER / "unknown-value.json")])

    shown = next(one.text for one in README.fences if one.text.startswith("Not decided"))
    assert capsys.readouterr().out.startswith(shown)


def test_readme_counts_the_packs_as_they_are():
    reached = {a.code: [coverage(rule_set) for rule_set in a.rule_sets] for a in REGISTRY.every()}
    whole = [code for code, sets in reached.items() if any(s.covered == s.total for s in sets)]
    bare = [code for code, sets in reached.items() if not any(s.rules for s in sets)]

    assert f"packs of {len(reached)} agreements and schemes, {len(whole)} with" in README.text
    assert f"{len(bare)} packs hold policies without a list" in README.text
