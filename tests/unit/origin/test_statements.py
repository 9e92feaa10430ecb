"""What no code decides is asked with a stable key, and nothing passes before it is answered."""

import pytest

from tests.unit.origin.building import answered, material, own, verdict

CHEAP = material("board", "853400", "10", weight="1")
MODULE = material("module", "850490", "35", weight="3")
TOBACCO = material("leaf", "240110", "10", weight="3")


def questions(*materials, **more):
    return [question["key"] for question in answered(*materials, **more)["questions"]]


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("MACRO(process_rule)", "macro:process_rule"),
        ("CTH NOTE(7)", "note:7"),
        ("CTH QUOTA(annex-3)", "quota:annex-3"),
        ('FROM("yarn")', "from:yarn"),
        ("FROM{7206}", "from:7206"),
        ("SETRULE(15%FOB)", "set_articles"),
        ("YEARS(3): CTH THEN NONE", "phase:3"),
        ('P("the moon is full")', "statement:the_moon_is_full"),
        ("WT{8534}<=5%VOLUME", "volume:wt_8534_5_volume"),
    ],
)
def test_unanswered_question_holds_the_verdict_back(rule, key):
    assert verdict(CHEAP, rule=rule) == "needs_fact"
    assert key in questions(CHEAP, rule=rule)


def test_note_that_changes_nothing_lets_the_rule_stand():
    assert verdict(CHEAP, rule="CTH NOTE(7)", facts={"note:7": True}) == "originating"
    assert verdict(MODULE, rule="CTH NOTE(7)", facts={"note:7": True}) == "non_originating"


def test_note_that_bears_otherwise_decides_nothing():
    assert verdict(CHEAP, rule="CTH NOTE(7)", facts={"note:7": False}) == "needs_fact"


def test_good_outside_its_quota_does_not_originate():
    assert verdict(CHEAP, rule="CTH QUOTA(x)", facts={"quota:x": False}) == "non_originating"


@pytest.mark.parametrize(("early", "expected"), [(True, "originating"), (False, "non_originating")])
def test_phase_decides_which_rule_is_asked(early, expected):
    rule = "YEARS(3): CTSH THEN CC"

    assert verdict(MODULE, rule=rule, facts={"phase:3": early}) == expected


def test_phases_that_agree_need_no_date():
    assert verdict(CHEAP, rule="YEARS(3): CTSH THEN CTH") == "originating"


def test_material_made_from_named_codes_needs_no_person():
    assert verdict(CHEAP, rule="FROM{8534}") == "originating"
    assert verdict(MODULE, rule="FROM{8534}") == "needs_fact"


def test_group_of_a_rule_of_the_case_alone_stays_a_question():
    assert verdict(MODULE, rule="CTSH @group") == "needs_fact"
    assert verdict(material("same", "850440", "35"), rule="CTSH @group") == "non_originating"


@pytest.mark.parametrize(
    ("weight", "expected"), [("7", "originating"), ("6", "non_originating"), (None, "needs_fact")]
)
def test_originating_share_counts_the_weight_of_the_set(weight, expected):
    leaf = own("own leaf", "240110", weight=weight)

    assert verdict(TOBACCO, leaf, CHEAP, rule="ORIG{2401}>=70%") == expected


@pytest.mark.parametrize(("value", "expected"), [("15", "originating"), ("16", "non_originating")])
def test_foreign_articles_of_a_set_keep_within_its_share(value, expected):
    article = material("tool", "820320", value)
    facts = {"set_articles": True}

    assert verdict(article, rule="SETRULE(15%FOB)", facts=facts) == expected


def test_described_material_of_the_goods_heading_is_asked_for():
    rule = 'CTH +{"handles"@same4}'

    assert verdict(MODULE, rule=rule) == "needs_fact"
    assert verdict(MODULE, rule=rule, facts={"is:handles:materials[0]": True}) == "originating"
