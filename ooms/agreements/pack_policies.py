"""Reads the policies of a rule set from their tables."""

from __future__ import annotations

from ooms.agreements import policies
from ooms.agreements.pack_reading import (
    Table,
    boolean,
    countries,
    each,
    hs_range,
    template,
    text,
    whole,
)
from ooms.agreements.rule import Base, Method
from ooms.kernel.hs import HsRange
from ooms.kernel.quantity import parse_amount

_NO_RANGES: tuple[HsRange, ...] = ()
_NO_TEXTS: tuple[str, ...] = ()


def value(table: Table) -> policies.ValuePolicy:
    """Read `[rule_set.value]`."""
    return policies.ValuePolicy(
        base=table.get("base", Base, Base.FOB),
        methods=table.get("methods", each(Method), ()),
        build_up_counts_all_costs=table.maybe("build_up_counts_all_costs", boolean, default=False),
        material_value=table.maybe("material_value", text, ""),
        cited=table.cited(),
    )


def tolerance(table: Table) -> policies.Tolerance:
    """Read one `[[rule_set.tolerance]]`."""
    shift_alone: tuple[policies.Lifted, ...] = (policies.Lifted.SHIFT,)
    return policies.Tolerance(
        goods=table.get("goods", each(hs_range), _NO_RANGES),
        any_of=tuple(_tolerance_test(t) for t in table.tables("any_of")),
        materials=table.maybe("materials", each(hs_range), _NO_RANGES),
        excluded_materials=table.maybe("excluded_materials", each(hs_range), _NO_RANGES),
        excluded_words=table.maybe("excluded_words", each(text), _NO_TEXTS),
        differs=table.maybe("differs", policies.Differs, policies.Differs.NOT_ASKED),
        within=tuple(_within(t) for t in table.tables("within")),
        asks=table.maybe("asks", text, ""),
        lifts=frozenset(table.maybe("lifts", each(policies.Lifted), shift_alone)),
        waives_value_content=table.maybe("waives_value_content", boolean, default=False),
        cited=table.cited(),
    )


def _tolerance_test(table: Table) -> policies.ToleranceTest:
    return policies.ToleranceTest(
        measure=table.get("measure", policies.Measure, policies.Measure.VALUE),
        percent=table.get("percent", parse_amount, parse_amount(0)),
        of=table.maybe("of", policies.ShareOf, policies.ShareOf.GOOD),
    )


def _within(table: Table) -> policies.Within:
    words = table.get("words", text, "")
    return policies.Within(words, table.get("percent", parse_amount, parse_amount(0)))


def cumulation(table: Table) -> policies.Cumulation:
    """Read one `[[rule_set.cumulation]]`."""
    return policies.Cumulation(
        zone=table.get("zone", policies.Zone, policies.Zone.BILATERAL),
        countries=table.maybe("countries", countries, ()),
        excluded_goods=table.maybe("excluded_goods", each(hs_range), _NO_RANGES),
        asks=table.maybe("asks", text, ""),
        more_than_minimal=table.maybe("more_than_minimal", boolean, default=False),
        percent=table.maybe("percent", parse_amount, None),
        base=table.maybe("base", Base, None),
        cited=table.cited(),
    )


def absorption(table: Table) -> policies.Absorption:
    """Read `[rule_set.absorption]`."""
    automatic = policies.Designation.AUTOMATIC
    stricter = policies.FailedIntermediate.WHOLE
    return policies.Absorption(
        roll_up=table.get("roll_up", boolean, default=False),
        otherwise=table.get("otherwise", policies.FailedIntermediate, stricter),
        designation=table.maybe("designation", policies.Designation, automatic),
        nested_value_content=table.maybe("nested_value_content", boolean, default=True),
        cited=table.cited(),
    )


def sets(table: Table) -> policies.SetPolicy:
    """Read `[rule_set.sets]`."""
    return policies.SetPolicy(
        percent=table.get("percent", parse_amount, parse_amount(0)),
        base=table.get("base", Base, Base.FOB),
        cited=table.cited(),
    )


def fungible(table: Table) -> policies.Fungible:
    """Read `[rule_set.fungible]`."""
    nothing: tuple[policies.Inventory, ...] = ()
    return policies.Fungible(
        methods=table.get("methods", each(policies.Inventory), nothing),
        goods_too=table.get("goods_too", boolean, default=False),
        authorization=table.get("authorization", boolean, default=True),
        cited=table.cited(),
    )


def exclusive(table: Table) -> policies.ExclusiveMaterials:
    """Read `[rule_set.exclusive_materials]`."""
    return policies.ExclusiveMaterials(table.get("confers", boolean, default=False), table.cited())


def minimal(table: Table) -> policies.MinimalOperations:
    """Read `[rule_set.minimal_operations]`."""
    operations = table.get("operations", each(text), _NO_TEXTS)
    return policies.MinimalOperations(frozenset(operations), table.cited())


def treatment(table: Table) -> policies.Treatment:
    """Read one `[[rule_set.treatment]]`."""
    nothing: tuple[policies.RuleType, ...] = ()
    counted = table.get("counted_under", each(policies.RuleType), nothing)
    kind = table.get("kind", policies.Kind, policies.Kind.MATERIAL)
    return policies.Treatment(kind, frozenset(counted), table.cited())


def transport(table: Table) -> policies.Transport:
    """Read `[rule_set.transport]`."""
    return policies.Transport(
        carriage=table.get("carriage", policies.Carriage, policies.Carriage.DIRECT),
        operations=table.get("operations", each(text), _NO_TEXTS),
        splitting=table.maybe("splitting", boolean, None),
        storage_months=table.maybe("storage_months", whole, None),
        delayed_storage_months=table.maybe("delayed_storage_months", whole, None),
        evidence=table.maybe("evidence", each(text), _NO_TEXTS),
        cited=table.cited(),
    )


def outward(table: Table) -> policies.OutwardProcessing:
    """Read one `[[rule_set.outward]]`."""
    return policies.OutwardProcessing(
        abroad=table.get("abroad", policies.Abroad, policies.Abroad.ZONE),
        goods=table.get("goods", each(hs_range), _NO_RANGES),
        excluded_goods=table.maybe("excluded_goods", each(hs_range), _NO_RANGES),
        percent=table.get("percent", parse_amount, parse_amount(0)),
        base=table.get("base", Base, Base.FOB),
        own_materials_percent=table.maybe("own_materials_percent", parse_amount, None),
        asks=table.maybe("asks", text, ""),
        cited=table.cited(),
    )


def proof(table: Table) -> policies.Proof:
    """Read one `[[rule_set.proof]]`."""
    return policies.Proof(
        kind=table.get("kind", policies.ProofKind, policies.ProofKind.CERTIFICATE),
        form=table.maybe("form", text, ""),
        made_out_by=table.get("made_out_by", each(text), _NO_TEXTS),
        up_to=table.maybe("up_to", parse_amount, None),
        currency=table.maybe("currency", text, ""),
        validity_months=table.maybe("validity_months", whole, None),
        cited=table.cited(),
    )


def clock(table: Table) -> policies.Clock:
    """Read one `[[rule_set.clock]]`."""
    return policies.Clock(
        what=table.get("what", text, ""),
        length=table.get("length", whole, 0),
        unit=table.get("unit", policies.Unit, policies.Unit.DAY),
        counted_from=table.get("counted_from", text, ""),
        includes_first_day=table.maybe("includes_first_day", boolean, None),
        cited=table.cited(),
    )


def printed(table: Table) -> policies.PrintedCriterion:
    """Read one `[[rule_set.criterion]]`."""
    return policies.PrintedCriterion(
        ground=table.get("ground", policies.Ground, policies.Ground.SHIFT),
        scope=table.get("scope", policies.Scope, policies.Scope.PRODUCT),
        text=table.get("text", template, ""),
        cited=table.cited(),
    )


def provision(table: Table) -> policies.Provision:
    """Read one `[[rule_set.provision]]`."""
    topic = table.get("topic", text, "")
    return policies.Provision(topic, table.get("value", text, ""), table.cited())
