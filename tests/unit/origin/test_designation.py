"""Designated intermediates: without designation their inputs count for value."""

import pytest

from tests.unit.origin.agreements import (
    absorption,
    found_under,
    reasons,
    verdict_under,
    with_policies,
)
from tests.unit.origin.building import material, own

BY_PRODUCER = with_policies(absorption=absorption(by_producer=True))
NOT_NESTED = with_policies(absorption=absorption(by_producer=True, nested=False))
BICYCLE = {"hs": "871200", "basis": "NC", "rule": "RVC.nc>=50%"}


def frame(code="871491", **more):
    """The bicycle frame of section 8: it changes heading, so it qualifies by itself."""
    inputs = [own("tubes made here", "730690", "1.0"), material("tubes", "730630", "7.5")]
    given = {"originating": None, "made_from": inputs} | more
    return material("frame", code, "10.6", **given)


OTHERS = material("other parts", "871499", "5.5")


def test_bicycle_fails_when_its_frame_is_not_designated():
    """Canada, SOR/2020-155, section 8 example 2: 42.98 percent, below 50."""
    found = found_under(BY_PRODUCER, frame(), OTHERS, price="22.80", **BICYCLE)

    assert found["verdict"] == "non_originating"
    assert found["value"]["content_percent"] == "42.98"
    assert reasons(found)["materials[0]"] == "origin.not_designated"


def test_bicycle_passes_when_its_frame_is_designated():
    """Section 8 example 2: with the royalty in the frame's value, 76.1 percent."""
    found = found_under(BY_PRODUCER, frame(designated=True), OTHERS, price="23.10", **BICYCLE)

    assert found["verdict"] == "originating"
    assert found["value"]["content_percent"] == "76.19"


def test_absorption_without_designation_needs_none():
    automatic = with_policies(absorption=absorption())

    assert verdict_under(automatic, frame(), OTHERS, price="23.10", **BICYCLE) == "originating"


def test_tariff_shift_may_be_tested_at_the_intermediate_without_it():
    inner = material("steel parts", "871499", "1")
    made_here = frame("732690", made_from=[inner])

    assert verdict_under(BY_PRODUCER, made_here, hs="871499", rule="CTH") == "originating"


def test_intermediate_that_fails_counts_by_its_inputs_though_designated():
    failing = frame(designated=True, made_from=[material("kit", "871491", "10")])
    found = found_under(BY_PRODUCER, failing, price="23.10", **BICYCLE)

    assert found["value"]["content_percent"] == "56.70"
    assert reasons(found)["materials[0]"] == "origin.intermediate_failed"


def test_producer_may_treat_even_a_qualifying_frame_as_foreign():
    treated = frame(originating=False)
    found = found_under(BY_PRODUCER, treated, price="23.10", **BICYCLE)

    assert found["value"]["content_percent"] == "54.11"


def nested(*, inner, outer=True):
    """A frame in an assembly, both under the general rule of AKFTA: CTH or value content."""
    return material(
        "assembly",
        "871499",
        "15",
        originating=None,
        designated=outer,
        made_from=[frame(designated=inner), material("bolts", "731815", "1")],
    )


@pytest.mark.parametrize(
    ("inner", "reason"),
    [(True, "origin.nested_designation"), (False, "origin.not_designated")],
)
def test_designation_inside_another_is_refused(inner, reason):
    """With the assembly not qualifying, its parts count; the inner designation is not heard."""
    assembly = nested(inner=inner)
    assembly["made_from"].append(material("kit", "871499", "14.9"))
    found = found_under(NOT_NESTED, assembly, price="40", **BICYCLE)

    assert reasons(found)["materials[0].made_from[0]"] == reason
    assert found["value"]["content_percent"] == "41.50"


def test_designation_alone_is_heard_at_any_level():
    assembly = nested(inner=True, outer=False)
    found = found_under(NOT_NESTED, assembly, price="40", **BICYCLE)

    assert found["value"]["content_percent"] == "97.50"


def test_nested_designations_are_heard_where_allowed():
    assembly = nested(inner=True)
    found = found_under(BY_PRODUCER, assembly, price="40", **BICYCLE)

    assert found["value"]["content_percent"] == "100.00"
