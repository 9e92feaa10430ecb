"""Shipped agreements with other policies, for the tests of what a policy does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ooms.agreements import notation
from ooms.agreements.policies import (
    Absorption,
    Cited,
    Cumulation,
    Designation,
    FailedIntermediate,
    Fungible,
    Inventory,
    Zone,
)
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsRange
from ooms.origin.case import read_case
from ooms.origin.determine import determine
from ooms.origin.explain import answer
from tests.unit.origin.building import EDITIONS, REGISTRY, document

CITED = Cited("made for a test", verified=False)
ON = date(2026, 11, 20)


def zone(kind, *countries, **more):
    given: dict[str, Any] = {
        "excluded_goods": (),
        "asks": "",
        "more_than_minimal": False,
        "percent": None,
        "base": None,
    }
    codes = tuple(CountryCode.parse(letters) for letters in countries)
    return Cumulation(zone=Zone(kind), countries=codes, cited=CITED, **given | more)


def joint(percent, **more):
    return zone("aggregate", percent=Decimal(percent), **more)


def absorption(*, by_producer=False, nested=True, otherwise="inputs"):
    how = Designation.BY_PRODUCER if by_producer else Designation.AUTOMATIC
    return Absorption(
        roll_up=True,
        otherwise=FailedIntermediate(otherwise),
        designation=how,
        nested_value_content=nested,
        cited=CITED,
    )


def stocks(*methods, authorization=False):
    return Fungible(
        methods=tuple(map(Inventory, methods)),
        goods_too=True,
        authorization=authorization,
        cited=CITED,
    )


def with_policies(code="AKFTA", **policies):
    """Give an agreement, whole in its product rules, whose rule set has other policies."""
    agreement = REGISTRY.agreement(code)
    in_force = agreement.rule_sets_on(ON)[0]
    general = tuple(
        replace(g, unlisted_goods=(HsRange.parse("01", "97"),)) for g in in_force.general
    )
    rule_set = replace(in_force, **{"general": general} | policies)
    return replace(agreement, rule_sets=(rule_set,))


def found_under(agreement, *materials, **more):
    case = read_case(document(*materials, **more), read_rule=notation.read)
    return answer(determine(case, agreement, editions=EDITIONS))


def verdict_under(agreement, *materials, **more):
    return found_under(agreement, *materials, **more)["verdict"]


def question_keys(found):
    return [question["key"] for question in found["questions"]]


def reasons(found):
    return {origin["path"]: origin["reason"]["key"] for origin in reversed(found["origins"])}
