"""Reads an agreement's pack from its folder: whole and checked, or not at all."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from ooms.agreements import model, notation
from ooms.agreements.rule import Base, Method
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange
from ooms.kernel.period import Period
from ooms.kernel.quantity import parse_amount

AGREEMENT_FILE = "agreement.toml"
CASES_FILE = "cases.toml"
RULE_COLUMNS = ("hs_from", "hs_to", "rule", "source", "verified")
_FIRST_ROW = 2  # the header is row 1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a pack, where to find it."""

    file: str
    row: int
    column: str
    what: str

    @property
    def text(self) -> str:
        """The problem in one line."""
        return f"{self.file}: row {self.row}, {self.column}: {self.what}"


class PackError(ValueError):
    """A pack cannot be loaded; correct every problem it lists."""

    def __init__(self, *, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(problem.text for problem in self.problems))


@dataclass(slots=True)
class _Reading:
    """The file being read and the problems found so far."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, path: str, what: str) -> None:
        self.problems.append(Problem(self.file, _row_of(self.text, path), path, what))


@dataclass(slots=True)
class _Table:
    """A TOML table that knows its place and notices keys nobody asked for."""

    values: dict[str, Any]
    path: str
    reading: _Reading
    asked: set[str] = field(default_factory=set)

    def get(self, key: str, read: Callable[[Any], _T], default: _T) -> _T:
        """Read a value that must be there; a problem is noted and the default stands in."""
        if key not in self.values:
            self.reading.complain(self._at(key), "is missing")
            return default
        return self.maybe(key, read, default)

    def maybe(self, key: str, read: Callable[[Any], _T], default: _T) -> _T:
        """Read a value that may be left out."""
        self.asked.add(key)
        if key not in self.values:
            return default
        try:
            return read(self.values[key])
        except (ValueError, TypeError) as refused:
            self.reading.complain(self._at(key), str(refused))
            return default

    def table(self, key: str) -> _Table:
        self.asked.add(key)
        if not isinstance(self.values.get(key), dict):
            self.reading.complain(self._at(key), "must be a table")
            return _Table({}, self._at(key), self.reading)
        return _Table(self.values[key], self._at(key), self.reading)

    def tables(self, key: str) -> Iterator[_Table]:
        self.asked.add(key)
        for index, values in enumerate(self.values.get(key, [])):
            table = _Table(values, f"{self._at(key)}[{index}]", self.reading)
            yield table
            table.close()

    def cited(self) -> model.Cited:
        source = self.get("source", _text, "")
        return model.Cited(source, self.get("verified", _boolean, default=False))

    def close(self) -> None:
        for key in self.values.keys() - self.asked:
            self.reading.complain(self._at(key), "is not a key of a pack")

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def load_agreement(folder: Traversable) -> model.Agreement:
    """Read and check a pack.

    1. Read `agreement.toml`.
    2. Read the product rules each rule set names.
    3. Refuse the whole pack when anything was wrong.

    Raises:
        PackError: Something in the pack is wrong; nothing of it is loaded.
    """
    text = _read(folder, AGREEMENT_FILE)
    reading = _Reading(AGREEMENT_FILE, text)
    root = _Table(_parse_toml(AGREEMENT_FILE, text), "", reading)
    digest = hashlib.sha256(text.encode())
    rule_sets = tuple(_rule_set(table, folder, digest) for table in root.tables("rule_set"))
    agreement = model.Agreement(
        code=root.get("code", _text, ""),
        name=root.get("name", _text, ""),
        parties=root.get("parties", _countries, ()),
        parties_cited=root.cited(),
        rule_sets=rule_sets,
        digest=digest.hexdigest(),
    )
    root.close()
    if not rule_sets:
        reading.complain("rule_set", "a pack needs at least one rule set")
    if reading.problems:
        raise PackError(problems=reading.problems)
    return agreement


def load_cases(folder: Traversable) -> tuple[dict[str, Any], ...]:
    """Read the worked cases of a pack: each a case document and its expected answer.

    Raises:
        PackError: The file is not TOML.
    """
    return tuple(_parse_toml(CASES_FILE, _read(folder, CASES_FILE)).get("case", []))


def _rule_set(table: _Table, folder: Traversable, digest: Any) -> model.RuleSet:
    products = _product_rules(table, folder, digest)
    general = table.table("general") if "general" in table.values else None
    rule_set = model.RuleSet(
        id=table.get("id", _text, ""),
        version=table.get("version", _text, ""),
        validity=table.get("valid", _period, Period.parse("1900-01-01")),
        hs_edition=table.get("hs_edition", _edition, 0),
        cited=table.cited(),
        general=_general(general) if general else None,
        products=model.ProductRules.of(products),
        value=_closing(table.table("value"), _value),
        tolerances=tuple(_tolerance(t) for t in table.tables("tolerance")),
        cumulation=_closing(table.table("cumulation"), _cumulation),
        absorption=_closing(table.table("absorption"), _absorption),
        exclusive_materials=_closing(table.table("exclusive_materials"), _exclusive),
        minimal=_closing(table.table("minimal_operations"), _minimal),
        treatments=tuple(_treatment(t) for t in table.tables("treatment")),
        printed=tuple(_printed(t) for t in table.tables("criterion")),
        provisions=tuple(_provision(t) for t in table.tables("provision")),
    )
    table.maybe("product_rules", _text, "")
    return rule_set


def _closing(table: _Table, read: Callable[[_Table], _T]) -> _T:
    value = read(table)
    table.close()
    return value


def _general(table: _Table) -> model.GeneralRule:
    written = table.get("rule", _text, "NONE")
    rule = table.get("rule", notation.read, notation.read("NONE"))
    general = model.GeneralRule(rule, written, table.cited())
    table.close()
    return general


def _value(table: _Table) -> model.ValuePolicy:
    return model.ValuePolicy(
        base=table.get("base", Base, Base.FOB),
        methods=table.get("methods", _each(Method), ()),
        build_up_counts_all_costs=table.maybe("build_up_counts_all_costs", _boolean, default=False),
        cited=table.cited(),
    )


def _tolerance(table: _Table) -> model.Tolerance:
    return model.Tolerance(
        goods=table.get("goods", _each(_range), ()),
        any_of=tuple(_tolerance_test(t) for t in table.tables("any_of")),
        excluded_materials=table.maybe("excluded_materials", _each(_range), ()),
        other_subheading_only=table.maybe("other_subheading_only", _boolean, default=False),
        cited=table.cited(),
    )


def _tolerance_test(table: _Table) -> model.ToleranceTest:
    measure = table.get("measure", model.Measure, model.Measure.VALUE)
    return model.ToleranceTest(measure, table.get("percent", parse_amount, parse_amount(0)))


def _cumulation(table: _Table) -> model.Cumulation:
    allowed = table.get("other_parties_materials", _boolean, default=False)
    return model.Cumulation(allowed, table.cited())


def _absorption(table: _Table) -> model.Absorption:
    return model.Absorption(
        roll_up=table.get("roll_up", _boolean, default=False),
        otherwise=table.get("otherwise", model.FailedIntermediate, model.FailedIntermediate.WHOLE),
        cited=table.cited(),
    )


def _exclusive(table: _Table) -> model.ExclusiveMaterials:
    return model.ExclusiveMaterials(table.get("confers", _boolean, default=False), table.cited())


def _minimal(table: _Table) -> model.MinimalOperations:
    nothing: tuple[str, ...] = ()
    operations = table.get("operations", _each(_text), nothing)
    return model.MinimalOperations(frozenset(operations), table.cited())


def _treatment(table: _Table) -> model.Treatment:
    nothing: tuple[model.RuleType, ...] = ()
    counted = table.get("counted_under", _each(model.RuleType), nothing)
    kind = table.get("kind", model.Kind, model.Kind.MATERIAL)
    return model.Treatment(kind, frozenset(counted), table.cited())


def _printed(table: _Table) -> model.PrintedCriterion:
    return model.PrintedCriterion(
        ground=table.get("ground", model.Ground, model.Ground.SHIFT),
        scope=table.get("scope", model.Scope, model.Scope.PRODUCT),
        text=table.get("text", _template, ""),
        cited=table.cited(),
    )


def _provision(table: _Table) -> model.Provision:
    topic = table.get("topic", _text, "")
    return model.Provision(topic, table.get("value", _text, ""), table.cited())


def _product_rules(
    table: _Table, folder: Traversable, digest: Any
) -> tuple[model.ProductRule, ...]:
    name = table.maybe("product_rules", _text, "")
    if not name:
        return ()
    text = _read(folder, name)
    digest.update(text.encode())
    rows = csv.reader(text.splitlines())
    if tuple(next(rows, ())) != RULE_COLUMNS:
        problem = Problem(name, 1, "header", f"must be {','.join(RULE_COLUMNS)}")
        raise PackError(problems=[problem])
    seen: dict[HsRange, int] = {}
    rules: list[model.ProductRule] = []
    for row, cells in enumerate(rows, start=_FIRST_ROW):
        product_rule = _product_rule(cells, row, _Row(name, row, table.reading.problems))
        if product_rule is None:
            continue
        if product_rule.codes in seen:
            what = f"repeats the codes of row {seen[product_rule.codes]}"
            table.reading.problems.append(Problem(name, row, "hs_from", what))
        seen[product_rule.codes] = row
        rules.append(product_rule)
    return tuple(rules)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the rule table and where its problems go."""

    file: str
    number: int
    problems: list[Problem]

    def read(self, column: str, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except (ValueError, TypeError) as refused:
            self.problems.append(Problem(self.file, self.number, column, str(refused)))
            return None


def _product_rule(cells: list[str], number: int, row: _Row) -> model.ProductRule | None:
    if len(cells) != len(RULE_COLUMNS):
        what = f"has {len(cells)} cells instead of {len(RULE_COLUMNS)}"
        row.problems.append(Problem(row.file, number, "row", what))
        return None
    start, end, written, source, verified = cells
    codes = row.read("hs_from", lambda: HsRange.parse(start, end))
    rule = row.read("rule", lambda: notation.read(written))
    cited = row.read("verified", lambda: model.Cited(_text(source), _written_boolean(verified)))
    if codes is None or rule is None or cited is None:
        return None
    return model.ProductRule(codes, rule, written, number, cited)


def _read(folder: Traversable, name: str) -> str:
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        problem = Problem(name, 0, "file", f"cannot be read: {type(unreadable).__name__}")
        raise PackError(problems=[problem]) from unreadable


def _parse_toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        place = re.search(r"line (\d+), column (\d+)", str(broken))
        row, column = (int(place[1]), place[2]) if place else (text.count("\n") + 1, "end")
        problem = Problem(name, row, f"column {column}", str(broken))
        raise PackError(problems=[problem]) from broken


def _row_of(text: str, path: str) -> int:
    """Find the line of a key such as `rule_set[0].tolerance[1].percent`, or of its table."""
    header, _, key = path.rpartition(".")
    counts: dict[str, int] = {}
    current, table_row = "", 0
    for row, line in enumerate(text.splitlines(), start=1):
        opened = re.match(r"\s*(\[\[?)\s*([\w.]+)", line)
        if opened:
            current = _place(opened[2], counts, repeated=opened[1] == "[[")
            table_row = row if current in {header, path} else table_row
        elif current == header and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return row
    return table_row or 1


def _place(name: str, counts: dict[str, int], *, repeated: bool) -> str:
    """Give the indexed path of a table header, counting arrays of tables as they come."""
    path = ""
    parts = name.split(".")
    for depth, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        last = depth == len(parts) - 1
        if last and repeated:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that says something")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def _written_boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f"must be true or false, not {text!r}")
    return text == "true"


def _edition(value: Any) -> int:
    if value not in {2002, 2007, 2012, 2017, 2022}:
        raise ValueError("must be an edition of the Harmonized System")
    return int(value)


def _countries(value: Any) -> tuple[CountryCode, ...]:
    return tuple(CountryCode.parse(text) for text in value)


def _period(value: Any) -> Period:
    return Period.parse(value["from"], value.get("until", ""))


def _range(value: Any) -> HsRange:
    start, _, end = _text(value).replace("c", "").partition("..")
    return HsRange(HsCode.parse(start), HsCode.parse(end or start))


def _template(value: Any) -> str:
    _text(value).format(level="", threshold="", content="", parts="")
    return str(value)


def _each(read: Callable[[Any], _T]) -> Callable[[Any], tuple[_T, ...]]:
    def read_all(values: Any) -> tuple[_T, ...]:
        return tuple(read(value) for value in values)

    return read_all
