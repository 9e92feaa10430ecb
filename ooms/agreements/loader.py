"""Reads an agreement's pack from its folder: whole and checked, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import Any

from ooms.agreements import model, notation, pack_policies
from ooms.agreements.pack_reading import (
    PackError,
    Reading,
    Table,
    countries,
    each,
    edition,
    hs_range,
    parse_toml,
    period,
    read_text,
    text,
)
from ooms.agreements.product_table import read_product_rules
from ooms.kernel.hs import HsRange
from ooms.kernel.period import Period

AGREEMENT_FILE = "agreement.toml"
CASES_FILE = "cases.toml"
_ALWAYS = Period.parse("1900-01-01")
_NO_RANGES: tuple[HsRange, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pack:
    """The folder of a pack and the digest of what was read from it."""

    folder: Traversable
    digest: Any

    def read(self, name: str) -> str:
        written = read_text(self.folder, name)
        self.digest.update(written.encode())
        return written


def load_agreement(folder: Traversable) -> model.Agreement:
    """Read and check a pack.

    1. Read `agreement.toml`.
    2. Read the product rules each rule set names.
    3. Refuse the whole pack when anything was wrong.

    Raises:
        PackError: Something in the pack is wrong; nothing of it is loaded.
    """
    pack = _Pack(folder, hashlib.sha256())
    written = pack.read(AGREEMENT_FILE)
    reading = Reading(AGREEMENT_FILE, written)
    root = Table(parse_toml(AGREEMENT_FILE, written), "", reading)
    agreement = read_agreement(root, pack.read)
    root.close()
    if not agreement.rule_sets:
        reading.complain("rule_set", "a pack needs at least one rule set")
    if reading.problems:
        raise PackError(problems=reading.problems)
    return replace(agreement, digest=pack.digest.hexdigest())


def read_agreement(root: Table, read_file: Callable[[str], str]) -> model.Agreement:
    """Read the tables of an agreement; `read_file` gives the files beside that they name."""
    nothing: tuple[str, ...] = ()
    return model.Agreement(
        code=root.get("code", text, ""),
        name=root.get("name", text, ""),
        aliases=root.maybe("aliases", each(text), nothing),
        parties=root.get("parties", countries, ()),
        parties_cited=root.cited(),
        rule_sets=tuple(_rule_set(table, read_file) for table in root.tables("rule_set")),
        digest="",
    )


def load_cases(folder: Traversable) -> tuple[dict[str, Any], ...]:
    """Read the worked cases of a pack: each a case document and its expected answer.

    Raises:
        PackError: The file is not TOML.
    """
    return tuple(parse_toml(CASES_FILE, read_text(folder, CASES_FILE)).get("case", []))


def _rule_set(table: Table, read_file: Callable[[str], str]) -> model.RuleSet:
    return model.RuleSet(
        id=table.get("id", text, ""),
        version=table.get("version", text, ""),
        validity=table.get("valid", period, _ALWAYS),
        hs_edition=table.get("hs_edition", edition, 0),
        marker=table.maybe("marker", text, ""),
        cited=table.cited(),
        general=tuple(_general(t) for t in table.tables("general")),
        products=model.ProductRules.of(_product_rules(table, read_file)),
        named=tuple(_named(t) for t in table.tables("named")),
        value=table.one("value", pack_policies.value),
        tolerances=tuple(pack_policies.tolerance(t) for t in table.tables("tolerance")),
        cumulations=tuple(pack_policies.cumulation(t) for t in table.tables("cumulation")),
        absorption=table.one("absorption", pack_policies.absorption),
        sets=table.maybe_one("sets", pack_policies.sets),
        fungible=table.maybe_one("fungible", pack_policies.fungible),
        exclusive_materials=table.one("exclusive_materials", pack_policies.exclusive),
        minimal=table.one("minimal_operations", pack_policies.minimal),
        treatments=tuple(pack_policies.treatment(t) for t in table.tables("treatment")),
        transport=table.maybe_one("transport", pack_policies.transport),
        outward=tuple(pack_policies.outward(t) for t in table.tables("outward")),
        component_goods=table.maybe("component_goods", each(hs_range), _NO_RANGES),
        textile_free_materials=table.maybe("textile_free_materials", each(hs_range), _NO_RANGES),
        proofs=tuple(pack_policies.proof(t) for t in table.tables("proof")),
        clocks=tuple(pack_policies.clock(t) for t in table.tables("clock")),
        printed=tuple(pack_policies.printed(t) for t in table.tables("criterion")),
        provisions=tuple(pack_policies.provision(t) for t in table.tables("provision")),
    )


def _general(table: Table) -> model.GeneralRule:
    return model.GeneralRule(
        rule=table.get("rule", notation.read, notation.read("NONE")),
        notation=str(table.values.get("rule", "")),
        exporters=table.maybe("exporters", countries, ()),
        unlisted_goods=table.maybe("unlisted_goods", each(hs_range), _NO_RANGES),
        cited=table.cited(),
    )


def _named(table: Table) -> model.NamedRule:
    return model.NamedRule(
        name=table.get("name", text, ""),
        rule=table.maybe("rule", notation.read, None),
        notation=str(table.values.get("rule", "")),
        cited=table.cited(),
    )


def _product_rules(table: Table, read_file: Callable[[str], str]) -> tuple[model.ProductRule, ...]:
    name = table.maybe("product_rules", text, "")
    if not name:
        return ()
    return read_product_rules(name, read_file(name), problems=table.reading.problems)
