"""An annex becomes a pack of the administration's own: whole, or not at all."""

import io
import json

import pytest
from click.testing import CliRunner

from ooms.agreements import importing, own_packs, registry
from ooms.agreements.annex_table import read_lines
from ooms.agreements.model import ProductRules
from ooms.agreements.pack_reading import PackError
from ooms.agreements.phrases import LONGEST_PHRASE, Phrases, shortened
from ooms.agreements.product_table import read_product_rules
from ooms.cli import cli
from ooms.kernel.hs import HsCode

HEADER = "row,hs_from,hs_to,ex,description,alt,rule_text\n"


def converted(*rows, agreement="", header=HEADER):
    text = header + "".join(f"{row}\n" for row in rows)
    return importing.convert(importing.Annex("annex.csv", text, "Annex 3", 2022, agreement))


def rules(done):
    return [
        (rule.codes.text, rule.goods, rule.notation)
        for rule in read_product_rules("product_rules.csv", done.table, problems=[])
    ]


def problems(*rows, header=HEADER):
    with pytest.raises(PackError) as refused:
        converted(*rows, header=header)
    return [problem.text for problem in refused.value.problems]


def test_alternatives_of_one_entry_are_joined():
    done = converted("1,8504,8504,0,,1,CTH", "1,8504,8504,0,,2,MaxNOM 50 % (EXW)")

    assert rules(done) == [("8504", "", "CTH | VNM<=50%EXW")]


def test_alternative_for_one_good_leaves_the_others_to_every_good():
    done = converted(
        "1,410640,410640,0,,1,CTH",
        "1,410640,410640,0,,2,A change to dry hides of subheading 4106.40 from any other chapter",
    )

    assert rules(done) == [("410640", "", 'CTH | GOOD("dry hides"): CC')]


def test_part_of_a_chapter_without_sub_rows_is_its_default():
    done = converted(
        '1,84,84,1,"Machinery; except for:",1,CTH', "2,8403,8403,1,Boilers of copper,1,CC"
    )

    assert rules(done) == [("84", "", "CTH"), ("8403", "Boilers of copper", "CC")]


def test_other_is_the_default_of_the_codes_of_its_sub_rows():
    done = converted("1,1502,1502,0,Fats > From bones,1,CC", "2,1502,1502,0,Fats > Other,1,CTH")

    assert rules(done) == [("1502", "From bones", "CC"), ("1502", "", "CTH")]


def test_sub_row_of_a_part_keeps_the_condition_of_the_part():
    done = converted(
        "1,4302,4302,1,Furskins assembled > Plates,1,CC",
        "2,4302,4302,1,Furskins assembled > Other,1,CTH",
    )

    assert rules(done) == [
        ("4302", "Furskins assembled: Plates", "CC"),
        ("4302", "Furskins assembled: Other", "CTH"),
    ]


def test_row_whose_sub_rows_have_rules_stands_beside_them():
    done = converted(
        "1,3907,3907,1,- Copolymer,1,CTH", "2,3907,3907,1,- Copolymer > Polyester,1,CC"
    )

    assert rules(done) == [("3907", "Copolymer", "CTH"), ("3907", "Polyester", "CC")]


def test_goods_that_no_sub_row_names_are_left_to_a_person():
    done = converted(
        "1,71,71,1,Metals; except for:,1,CTH",
        "2,7106,7106,0,Silver > Unwrought,1,CC",
        "3,7106,7106,0,Silver > Powder,1,CTSH",
        agreement="GB-XX",
    )

    codes, goods, rule = rules(done)[-1]
    assert (codes, goods) == ("7106", "")
    assert rule == 'P("GB-XX annex row 2, 3: the rule of the one that fits the good is met")'


def test_one_row_without_description_is_the_default_of_the_others():
    done = converted("1,2905,2905,0,Ethanol:,1,CC", "2,2905,2905,0,,1,CTH")

    assert rules(done) == [("2905", "Ethanol", "CC"), ("2905", "", "CTH")]


def test_derogation_stands_beside_the_rule_and_sends_to_its_annex():
    done = converted(
        "1,08,08,0,Fruit,1,WO", '2,08,08,1,"(Derogation - see Annex II a) Fruit with sugar",1,CTH'
    )

    assert rules(done) == [
        ("08", "", "WO"),
        ("08", "Derogation: Fruit with sugar", "CTH NOTE(derogation)"),
    ]


def test_rows_that_name_their_good_are_told_apart_by_it():
    done = converted(
        "1,0410,0410,0,,1,A change to edible nests of heading 0410 from any other chapter.",
        "2,0410,0410,0,,1,A change to any other good of heading 0410 from any other heading.",
    )

    assert rules(done) == [("0410", "edible nests", "CC"), ("0410", "", "CTH")]


def test_longer_code_is_asked_before_the_chapter():
    done = converted("1,84,84,0,,1,CTH", "2,840310,840310,0,,1,CC")

    found = ProductRules.of(read_product_rules("product_rules.csv", done.table, problems=[]))

    by_code = [found.find(HsCode(code)) for code in ("840310", "840390")]
    assert [rule and rule.notation for rule in by_code] == ["CC", "CTH"]


def test_equal_codes_without_description_name_both_rows():
    found = problems("1,8504,8504,0,,1,CTH", "2,8504,8504,0,,1,CC")

    assert found == [
        "annex.csv: row 3, hs_from: has the codes of row 2 and no description that tells them apart"
    ]


def test_every_bad_row_is_named_with_its_column():
    found = problems("1,85O4,8504,0,,1,CTH", "2,8504,8504,maybe,,1,CTH", "3,8505,8505,0,,1,")

    assert [line.split(":")[1].strip() for line in found] == [
        "row 2, hs_from",
        "row 3, ex",
        "row 4, rule_text",
    ]


def test_missing_column_stops_the_whole_table():
    assert problems("01,CTH", header="hs_from,rule_text\n") == [
        "annex.csv: row 1, hs_to: is missing from the header"
    ]


def test_rule_in_notation_is_taken_as_it_stands():
    done = converted("8504,8504,CTH -{8501}", header="hs_from,hs_to,rule\n")

    assert rules(done) == [("8504", "", "CTH -{8501}")]


def test_rule_outside_the_notation_is_named_with_its_column():
    found = problems("8504,8504,CTX", header="hs_from,hs_to,rule\n")

    assert found[0].startswith("annex.csv: row 2, rule: line 1, column 1 of 'CTX'")


def test_every_clause_nobody_read_is_listed_with_its_row():
    done = converted("1,8504,8504,0,,1,CTH", "2,8505,8505,0,,1,As the moon decides on the day")

    assert [question.text for question in done.unread] == [
        "annex.csv: row 3, rule_text: a person must answer: As the moon decides on the day"
    ]


def test_prefix_of_a_code_says_that_a_row_is_a_part():
    lines = read_lines(io.StringIO("hs_from,hs_to,rule_text\nex 30.04,,CTH\n"), file="annex.csv")

    assert lines[0].ex
    assert lines[0].codes.text == "3004"


def test_code_that_the_edition_lacks_is_kept_with_a_warning():
    done = converted("1,9998,9998,0,,1,CTH", "2,8504,8599,0,,1,CTH")

    assert [warning.text for warning in done.warnings] == [
        "annex.csv: row 2, hs_from: 9998 has no code of HS 2022",
        "annex.csv: row 3, hs_to: 8599 is not in HS 2022",
    ]
    assert len(done.entries) == 2


def test_own_annex_keeps_the_words_that_nobody_read():
    unread = "1,8504,8504,0,,1,As the moon decides on the day"

    own, shipped = converted(unread), converted(unread, agreement="GB-XX")

    assert rules(own)[0][2] == 'P("As the moon decides on the day")'
    assert rules(shipped)[0][2] == 'P("GB-XX annex row 1, clause 1")'


def test_long_phrase_keeps_its_beginning_and_its_end():
    words = "goods, " * 20 + "containing more than 20 % by weight of sugar of chapter 17"

    brief = shortened(words)

    assert len(brief.split()) <= LONGEST_PHRASE
    assert brief.startswith("goods")
    assert brief.endswith("20 % by weight of sugar of chapter 17")


def test_two_long_phrases_never_become_one():
    phrases, middle = Phrases(), "one two three four five six seven eight nine ten " * 3

    first = phrases.short(f"{middle} red {middle}", "(annex row 1)")
    second = phrases.short(f"{middle} blue {middle}", "(annex row 2)")

    assert first != second


def run(tmp_path, text, *more):
    table = tmp_path / "annex.csv"
    table.write_text(text, encoding="utf-8")
    given = ["--agreement", "akfta", "--source", "Appendix 2", "--into", str(tmp_path / "rules")]
    return CliRunner().invoke(cli, ["rules", "import", str(table), *given, *more])


def test_imported_annex_takes_the_place_of_the_shipped_rules(tmp_path):
    done = run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTSH\n")

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["structured"] == 1
    found = registry.load_packs(tmp_path / "rules").agreement("AKFTA").rule_sets[0]
    assert [rule.notation for rule in found.products.rules] == ["CTSH"]
    assert found.products.rules[0].cited.source == "Appendix 2, row 2"
    assert found.general  # what was not imported is as it was shipped


def test_dry_run_writes_nothing(tmp_path):
    done = run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTSH\n", "--dry-run")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["loaded"] is False
    assert not (tmp_path / "rules").exists()


def test_second_import_keeps_the_former_pack_beside(tmp_path):
    run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTSH\n")

    done = run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTH\n")

    former = json.loads(done.stdout)["former"]
    assert "akfta.former-" in former
    assert "CTSH" in (tmp_path / "rules").joinpath(former, "product_rules.csv").read_text("utf-8")
    assert [f.name for f in own_packs.own_folders(tmp_path / "rules")] == ["akfta"]


def test_broken_annex_leaves_the_shelf_as_it_was(tmp_path):
    run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTSH\n")
    before = sorted(path.name for path in (tmp_path / "rules").iterdir())

    done = run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTH\n85O5,8505,CTH\n")

    assert done.exit_code == 1
    (problem,) = json.loads(done.stdout)["problems"]
    assert problem.startswith("annex.csv: row 3, hs_from: '85O5' is not an HS code")
    assert before == sorted(path.name for path in (tmp_path / "rules").iterdir())


def test_ready_pack_is_found_when_its_keeping_was_cut_short(tmp_path):
    run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTSH\n")
    shelf = tmp_path / "rules"
    (shelf / "akfta").rename(shelf / "akfta.ready")

    found = own_packs.own_folders(shelf)

    assert [folder.name for folder in found] == ["akfta.ready"]


def test_own_pack_is_listed_and_shown_beside_the_shipped(tmp_path):
    run(tmp_path, "hs_from,hs_to,rule_text\n8504,8504,CTSH\n")
    config = tmp_path / "eodes.toml"
    config.write_text("", encoding="utf-8")

    shown = CliRunner().invoke(
        cli, ["rules", "show", "akfta", "8504.40", "--config", str(config), "--json"]
    )
    listed = CliRunner().invoke(cli, ["rules", "list", "--config", str(config), "--json"])

    assert json.loads(shown.stdout)["rule"] == "CTSH"
    packs = {one["agreement"]: one["pack"] for one in json.loads(listed.stdout)}
    assert packs["AKFTA"] == "own"
    assert packs["KVFTA"] == "shipped"


def test_rule_set_must_be_named_where_there_are_several(tmp_path):
    base = registry.shipped_folder("akfta")
    text = base.joinpath("agreement.toml").read_text("utf-8")
    head, rest = text.split("[[rule_set]]", 1)
    folder = tmp_path / "two"
    folder.mkdir()
    second = rest.replace('id = "2007"', 'id = "2023"')
    (folder / "agreement.toml").write_text(
        f"{head}[[rule_set]]{rest}\n[[rule_set]]{second}", encoding="utf-8"
    )
    rules_of_base = base.joinpath("product_rules.csv").read_text("utf-8")
    (folder / "product_rules.csv").write_text(rules_of_base, encoding="utf-8")
    annex = importing.Annex("a.csv", "hs_from,hs_to,rule_text\n8504,8504,CTSH\n", "Annex", 0)

    with pytest.raises(PackError, match="must name one of the rule sets 2007, 2023"):
        importing.own_pack(annex, folder)
    pack = importing.own_pack(annex, folder, rule_set="2023")
    kept = own_packs.keep(tmp_path / "shelf", "akfta", pack.files)

    first, later = registry.load_packs(tmp_path / "shelf").agreement("AKFTA").rule_sets
    assert kept.former is None
    assert [rule.notation for rule in later.products.rules] == ["CTSH"]
    assert len(first.products.rules) > 1
