"""What each key of a pack means: the words of the reference page, one entry for every key."""

from __future__ import annotations

from collections.abc import Mapping

_SOURCE = "the article, annex, row or page where the values of this table were read"
_VERIFIED = "whether that was the primary text"

#: Keys that mean the same in every table.
EVERYWHERE: Mapping[str, str] = {"source": _SOURCE, "verified": _VERIFIED}

#: By table and key; a key of the code without an entry here stops the generator.
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "": {
        "code": "the code that cases and commands name, in capitals",
        "name": "the name of the treaty",
        "aliases": "other names that cases, commands and supplier's proofs may use",
        "parties": "every Party; only these may export and import under the agreement",
    },
    "rule_set": {
        "id": "the name of the rule set; an exporter elects it with the fact `rule_set`",
        "version": "the version of this data, part of `rule_pack` in every answer",
        "valid": "first day and first day no longer; without `until` open",
        "hs_edition": "the edition of the HS in which its codes are written",
        "marker": "what a proof must say when this rule set was used",
        "component_goods": "goods of which only the component that gives them their "
        "classification must meet the tariff shift",
        "textile_free_materials": "codes that a textile rule `FROM(...)` leaves free",
        "product_rules": "the file of product rules beside this one",
    },
    "rule_set.general": {
        "rule": "the rule of goods without a product rule",
        "exporters": "the exporting Parties it is for; empty means all",
        "unlisted_goods": "goods that the whole list of the agreement is known not to name; of "
        "any other good without a product rule a person is asked (`product_rule_listed:<code>`)",
    },
    "rule_set.named": {
        "name": "what rules call it: `MACRO(name)` or `NOTE(name)`",
        "rule": "what the name stands for; left out for a note whose substance is in the policies",
    },
    "rule_set.value": {
        "base": "the value of the good that percentages and tolerances refer to, unless a rule "
        "names another",
        "methods": "the methods of value content that a trader may choose from",
        "build_up_counts_all_costs": "whether the originating value of build-up holds materials, "
        "labor, overhead, profit and other costs alike",
        "material_value": "in words, what the value of a foreign material includes",
    },
    "rule_set.tolerance": {
        "goods": "the goods it is for",
        "materials": "what it covers; empty means every material",
        "excluded_materials": "codes that it leaves out",
        "excluded_words": "materials that it leaves out by words (asks `is:<slug>:<path>`)",
        "differs": "how far from the good a tolerated material must be classified",
        "asks": "a fact that a person must confirm first, such as `mixed_product`",
        "lifts": "the tests that it relieves; `shift` alone unless given",
        "waives_value_content": "whether a good whose foreign materials all stay within needs no "
        "value content either",
    },
    "rule_set.tolerance.any_of": {
        "measure": "what is counted",
        "percent": "the share that failing materials may reach, inclusive",
        "of": "the whole of a share by weight",
    },
    "rule_set.tolerance.within": {
        "words": "materials with a share of their own",
        "percent": "that share: below the tolerance's it narrows, above it widens for these alone",
    },
    "rule_set.cumulation": {
        "zone": "the kind of cumulation",
        "countries": "whose materials count; empty means the Parties",
        "excluded_goods": "goods and materials that it leaves out",
        "asks": "a fact to confirm; where countries are listed, for each: "
        "`cumulation:<zone>:<country>`",
        "more_than_minimal": "whether work beyond the minimal operations is asked for",
        "percent": "the joint share of the Parties in the good (aggregate)",
        "base": "the value that this share is of; the rule set's unless given",
    },
    "rule_set.absorption": {
        "roll_up": "whether a qualifying intermediate counts as originating in full",
        "otherwise": "what counts of one that does not qualify",
        "designation": "whether a producer must designate it, for value",
        "nested_value_content": "whether a designated intermediate with a value content may lie "
        "inside another",
    },
    "rule_set.sets": {
        "percent": "what foreign articles of a set may be worth at most",
        "base": "of which value of the set",
    },
    "rule_set.fungible": {
        "methods": "the methods that the agreement admits",
        "goods_too": "whether they hold for stocks of finished goods",
        "authorization": "whether customs must authorize the accounting (`inventory_authorized`)",
    },
    "rule_set.exclusive_materials": {
        "confers": "whether a good made only of originating materials originates by that alone",
    },
    "rule_set.minimal_operations": {
        "operations": "names of processes that confer no origin, alone or together",
    },
    "rule_set.treatment": {
        "kind": "the kind of line",
        "counted_under": "the kinds of test that count it; an empty list means none; a kind "
        "without a table counts under all",
    },
    "rule_set.transport": {
        "carriage": "what is asked of the journey",
        "operations": "what may be done to the goods on the way",
        "splitting": "whether consignments may be split; left out where the text does not say",
        "storage_months": "how long goods may be stored on the way",
        "delayed_storage_months": "how long where force majeure held them up",
        "evidence": "what proves the journey",
    },
    "rule_set.outward": {
        "abroad": "a zone for listed goods, or a share for any",
        "goods": "the goods it is for",
        "excluded_goods": "goods that it leaves out",
        "percent": "what foreign input (zone) or value added abroad (share) may reach at most",
        "base": "of which value of the good",
        "own_materials_percent": "the least share of originating materials in all materials",
        "asks": "a fact that a person must confirm",
    },
    "rule_set.proof": {
        "kind": "what proves origin",
        "form": "the name of the form",
        "made_out_by": "who makes it out",
        "up_to": "the highest value of a consignment",
        "currency": "of that value",
        "validity_months": "how long it holds",
    },
    "rule_set.clock": {
        "what": "what must happen in time",
        "length": "how long",
        "unit": "of what",
        "counted_from": "from which event",
        "includes_first_day": "whether that day counts; left out where the text does not say",
    },
    "rule_set.criterion": {
        "ground": "on what the good originates",
        "scope": "whether the general or a product rule was met",
        "text": "what the form's box shows; `{level}`, `{threshold}`, `{content}` and `{parts}` "
        "are filled in",
    },
    "rule_set.provision": {
        "topic": "what it is about",
        "value": "what the agreement says of it, in our words",
    },
}

PRODUCT_COLUMNS: Mapping[str, str] = {
    "hs_from": "a chapter, heading or subheading, with or without dots; the first code of a range",
    "hs_to": "the last code of the range; empty for one code",
    "goods": "words for a part of the codes (an *ex* entry): a person says whether the good is "
    "one of them, under `good:<slug>`; empty for every good of the codes",
    "rule": "the rule in [the notation](rule-notation.md)",
    "source": "the row, page or article where it was read",
    "verified": "`true` or `false`: whether that was the primary text",
}

CASE_KEYS: Mapping[str, str] = {
    "name": "what the case shows; names are distinct within a pack",
    "because": "the reasoning, with the article and the sum",
    "document": "the case, in [the format of cases](determination-case.md)",
    "verdict": "`originating`, `non_originating` or `needs_fact`: what `ooms rules check` compares",
    "criterion": "what the form's box shows; the tests of the shipped packs compare it too",
    "question": "the key of a question that must be asked; likewise",
    "minimum_price": "the lowest price that the value test must name; likewise",
}
