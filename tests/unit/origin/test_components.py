"""Only the component that gives the good its classification must change classification."""

import pytest

from tests.unit.origin.agreements import found_under, question_keys, verdict_under, with_policies
from tests.unit.origin.building import material, own
from tests.unit.origin.made_policies import by_weight, ranges, tolerance

PLAIN = with_policies(tolerances=(), component_goods=ranges("61..63"))
BODY = own("own cloth", "520811", "40", component="body", weight="90")
LACE = material("foreign lace", "580421", "5", component="trim", weight="10")
COAT = {"hs": "620211", "rule": "CC -{5801..5804}"}
NAMED = {"facts": {"classification_component": "Body"}}


def test_other_components_need_no_change():
    assert verdict_under(PLAIN, BODY, LACE, **COAT, **NAMED) == "originating"


def test_materials_of_the_component_need_their_change():
    facing = LACE | {"component": "body"}

    assert verdict_under(PLAIN, BODY, facing, **COAT, **NAMED) == "non_originating"


def test_unnamed_component_is_asked_for_when_it_matters():
    found = found_under(PLAIN, BODY, LACE, **COAT)

    assert (found["verdict"], question_keys(found)) == (
        "needs_fact",
        ["classification_component"],
    )


def test_component_need_not_be_named_when_all_changed():
    assert verdict_under(PLAIN, BODY, **COAT) == "originating"


def test_component_need_not_be_named_when_every_line_fails():
    assert verdict_under(PLAIN, LACE, **COAT) == "non_originating"


@pytest.mark.parametrize(
    ("part", "expected"), [("trim", "originating"), ("body", "non_originating")]
)
def test_line_without_a_component_is_asked_about(part, expected):
    lace = LACE | {"component": None}

    asked = found_under(PLAIN, BODY, lace, **COAT, **NAMED)
    assert question_keys(asked) == ["component:materials[1]"]
    facts = NAMED["facts"] | {"component:materials[1]": part}
    assert verdict_under(PLAIN, BODY, lace, **COAT, facts=facts) == expected


def test_other_conditions_hold_for_the_whole_good():
    rule = 'CC -{5801..5804} & P("pocketing is formed in a Party")'

    assert verdict_under(PLAIN, BODY, LACE, hs="620211", rule=rule, **NAMED) == "needs_fact"


@pytest.mark.parametrize(("weight", "expected"), [("10", "originating"), ("11", "non_originating")])
def test_tolerance_is_measured_on_the_component(weight, expected):
    tolerant = with_policies(
        tolerances=(tolerance(by_weight("10", of="component")),), component_goods=ranges("61..63")
    )
    facing = LACE | {"component": "body", "weight": weight}
    body = BODY | {"weight": str(100 - int(weight))}
    heavy = LACE | {"weight": "500", "hs": "960622"}

    assert verdict_under(tolerant, body, facing, heavy, **COAT, **NAMED) == expected
