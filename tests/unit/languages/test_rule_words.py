"""Rules in plain words: every node of the notation, in every language."""

import pytest

from ooms.agreements import notation
from ooms.languages.catalogues import LANGUAGES, catalogue
from ooms.languages.rule_words import rule_in_words
from ooms.languages.telling import notation_in_words
from tests.unit.origin.building import REGISTRY

IN_WORDS = {
    "CTH | RVC>=40%": "a change of heading, or at least 40 % regional value content",
    "CC & WO{c01}": "a change of chapter and materials of chapter 01 used must be wholly "
    "obtained in a Party",
    "(CTH | CC) & RVC.bd>=35%FOB": "(a change of heading, or a change of chapter) and at least "
    "35 % regional value content, measured on the FOB value, by the method build-down",
    "CTH -{8501..8503,850440}": "a change of heading, except from materials of headings 8501 to "
    "8503, subheading 8504.40",
    "CTH -{8501} +{850110}": "a change of heading, except from materials of heading 8501, but "
    "materials of subheading 8501.10 may be used",
    "ONLY{c50..c63}": "production from materials of chapters 50 to 63 only",
    "VNM<=50%EXW": "non-originating materials worth at most 50 % of the ex-works price",
    "VNM{same4}<=20%EXW": "non-originating materials of the good's own heading worth at most 20 % "
    "of the ex-works price",
    "VNM<=VOM": "non-originating materials worth no more than the originating ones",
    "WT{c17}<=40%": "non-originating materials of chapter 17 of at most 40 % of the good's weight",
    "P(weaving)": "carried out in a Party: weaving",
    "P(spinning>weaving)": "carried out in a Party, in this order: spinning → weaving",
    'P("cut in a Party")': "in the agreement's words: “cut in a Party”",
    "MACRO(chemical_reaction)": "the rule “chemical reaction”, which the agreement defines",
    "SETRULE(15%EXW)": "for a set, each article by its own rule, foreign articles worth at most "
    "15 % of the ex-works price",
    "NONE": "no rule that could confer origin",
    'GOOD("of silk"): CC': "for of silk: a change of chapter",
    "GOOD{850440,8708..8710}: CC": "for goods of subheading 8504.40, headings 8708 to 8710: "
    "a change of chapter",
    "WO{2401}>=10%": "at least 10 % by weight of materials of heading 2401 used must be wholly "
    "obtained in a Party",
    "WT{2401}<=30%{c24}": "non-originating materials of heading 2401 of at most 30 % of the "
    "weight of materials of chapter 24 used",
    "CTH NOTE(2)": "a change of heading, subject to note 2",
    "CTH ELSE RVC>=40%": "a change of heading; failing that, at least 40 % regional value content",
    "YEARS(5): CTH THEN CC": "in the first 5 years of the agreement a change of heading; "
    "afterwards a change of chapter",
    "WO": "wholly obtained or produced entirely in a Party",
}


@pytest.mark.parametrize("text", IN_WORDS)
def test_rule_is_told_as_a_person_would_say_it(text):
    assert rule_in_words(notation.read(text), catalogue("en")) == IN_WORDS[text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_rule_is_told_in_every_language(language):
    words = catalogue(language)
    rules = {
        product.rule
        for agreement in REGISTRY.every()
        for rule_set in agreement.rule_sets
        for product in rule_set.products.rules
    }

    told = [rule_in_words(rule, words) for rule in rules]

    assert all(told)
    assert not any("{" in text or "}" in text for text in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", IN_WORDS)
def test_words_of_every_node_exist_in_every_language(text, language):
    assert rule_in_words(notation.read(text), catalogue(language))


def test_what_is_not_notation_is_told_as_it_stands():
    assert notation_in_words("see Annex 4", catalogue("ko")) == "see Annex 4"
