"""`ooms determine` as a person runs it: the tree, the languages, the table of agreements."""

import json

import pytest

from ooms.cli import main
from ooms.languages.catalogues import LANGUAGES
from tests.house import pages
from tests.unit.origin.building import document, material

PAGE = pages.page("docs/how-to/read-a-determination.md")


@pytest.fixture
def run(tmp_path, capsys):
    def run_with(case, *options):
        file = tmp_path / "case.json"
        file.write_text(case if isinstance(case, str) else json.dumps(case), encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["determine", str(file), *options])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run_with


def fence(language, containing):
    return next(
        one.text for one in PAGE.fences if one.language == language and containing in one.text
    )


def test_example_of_the_page_prints_what_the_page_shows(run):
    code, told, _ = run(fence("json", '"agreement"'))

    assert code == 1
    assert told.startswith(fence("text", "Ways to originate"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tree_is_told_whole_in_every_language(run, language):
    _, told, _ = run(document(material("module", "850490", "65")), "--language", language)

    assert "{" not in told
    assert "108.34 USD" in told
    assert told.count("module") >= 4


def test_json_holds_every_key_of_the_contract(run):
    code, told, _ = run(document(material("board", "853400", "35")), "--json", "--language", "ko")
    answer = json.loads(told)

    assert code == 0
    assert {"verdict", "criterion", "rule", "alternatives", "value", "questions"} <= set(answer)
    assert {"would_qualify_if", "rule_pack", "engine"} <= set(answer)
    assert answer["verdict"] == "originating"
    assert answer["verdict_text"] == "이 물품은 원산지물품입니다."


def test_open_value_shows_no_price_that_might_be_wrong(run):
    _, told, _ = run(document(material("module", "850490", None)))

    assert "Lowest price" not in told
    assert "value:materials[0]" in told


def test_comparison_needs_no_agreement_in_the_case(run):
    case = document(material("board", "853400", "35"))
    del case["agreement"]
    code, told, _ = run(case, "--all-agreements")

    assert code == 0
    assert "AKFTA" in told
    assert "KVFTA" in told


def test_comparison_is_a_list_of_answers_in_json(run):
    case = document(material("board", "853400", "35"))
    _, told, _ = run(case, "--all-agreements", "--json", "--language", "fr")
    rows = json.loads(told)

    assert rows[0]["verdict_text"] == "Le produit est originaire."
    assert all(row["proofs"] is not None for row in rows)


def test_table_keeps_its_columns_under_wide_letters(run):
    _, told, _ = run(
        document(material("board", "853400", "35")), "--all-agreements", "--language", "ko"
    )
    head, first = told.splitlines()[2:4]

    assert width(head[: head.index("판정")]) == width(first[: first.index("원산지 인정")])


def width(text):
    return sum(2 if letter >= "가" else 1 for letter in text)


def test_countries_without_an_agreement_are_told_so(run):
    case = document(material("board", "853400", "35")) | {"importing_party": "BR"}
    code, told, _ = run(case, "--all-agreements")

    assert code == 1
    assert told.strip() == "No agreement is loaded for KR and BR on 2026-11-20."


def test_rule_of_its_own_cannot_be_compared(run):
    case = document(material("board", "853400", "35"), rule="CTH")
    code, _, error = run(case, "--all-agreements")

    assert code == 2
    assert "leave out" in error
