"""Loads an administration's annex onto the pack of an agreement.

The result is a pack of the administration's own: the known `agreement.toml` with the annex as the
product rules of one rule set.  It is made in memory, whole or not at all; `own_packs` keeps it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from ooms.agreements import loader, product_table
from ooms.agreements.annex_entries import Arranging, Entry
from ooms.agreements.annex_table import Line, read_lines
from ooms.agreements.coverage import reached_codes
from ooms.agreements.model import RuleSet
from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.pack_reading import PackError, Problem, read_text
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import Status

NOTES_FILE = "NOTES.md"
PRODUCT_RULES = "product_rules.csv"


@dataclass(frozen=True, slots=True)
class Annex:
    """An administration's table: the text of the file, and what is said about it.

    `source` is where the rules were read.  `agreement` is the code that pointers begin with;
    empty keeps every word of the annex.
    """

    name: str
    text: str
    source: str
    hs_edition: int
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """The annex as a table of product rules, and what was noticed on the way.

    `unread` are the clauses that became questions to a person, each with its row.
    """

    table: str
    rows: int
    entries: tuple[Entry, ...]
    statuses: dict[str, int]
    unread: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    covered: int
    total: int


@dataclass(frozen=True, slots=True)
class OwnPack:
    """A pack ready to be kept: the text of its files by name."""

    code: str
    rule_set: str
    files: dict[str, str]
    converted: Converted


def convert(annex: Annex) -> Converted:
    """Turn an annex into a table of product rules.

    1. Read every row; one that cannot be read stops the whole table.
    2. Arrange the rows into entries that nothing but words tells apart.
    3. Warn about codes that the edition does not have.

    Raises:
        PackError: Rows cannot be read or told apart; each is named with its column.
        UnknownEditionError: The codes of the edition are not here.
    """
    lines = read_lines(io.StringIO(annex.text), file=annex.name)  # 1
    arranging = Arranging(annex.name, annex.agreement)
    entries = arranging.entries(lines)  # 2
    if arranging.problems:
        raise PackError(problems=arranging.problems)
    nomenclature = Nomenclature.of(annex.hs_edition)
    found = Counter(line.reading.status for line in lines)
    return Converted(
        table=_table(entries, annex.source),
        rows=len(lines),
        entries=entries,
        statuses={status.value: found[status] for status in Status},
        unread=tuple(_unread(annex.name, lines)),
        warnings=tuple(_strange_codes(annex.name, lines, nomenclature)),  # 3
        covered=len(reached_codes(nomenclature, (entry.codes for entry in entries))),
        total=len(nomenclature),
    )


def own_pack(annex: Annex, base: Traversable, *, rule_set: str = "") -> OwnPack:
    """Make an administration's pack: a known pack with the annex as its product rules.

    1. Find the rule set; `rule_set` may stay empty where the agreement has one only.
    2. Convert the annex, in the edition that the annex or else the rule set is written in.
    3. Put the table and its name into the files of the pack.

    Raises:
        PackError: The base, the rule set's name or the annex is wrong.
        UnknownEditionError: The codes of the edition are not here.
    """
    agreement = loader.load_agreement(base)
    number, target = _rule_set(agreement.rule_sets, rule_set)  # 1
    edition = annex.hs_edition or target.hs_edition
    with_edition = Annex(annex.name, annex.text, annex.source, edition, annex.agreement)
    converted = convert(with_edition)  # 2
    alone = len(agreement.rule_sets) == 1
    table = PRODUCT_RULES if alone else f"product_rules_{_slug(target.id)}.csv"
    written = read_text(base, loader.AGREEMENT_FILE)
    values = {
        "version": f'"{_version(target.version)}"',
        "hs_edition": str(edition),
        "product_rules": f'"{table}"',
    }
    files = _carried(base, written) | {  # 3
        loader.AGREEMENT_FILE: _with_values(written, number, values),
        table: converted.table,
        NOTES_FILE: _notes(with_edition, converted, of=f"{agreement.name}, rule set {target.id}"),
    }
    return OwnPack(agreement.code, target.id, files, converted)


def _table(entries: Iterable[Entry], source: str) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(product_table.COLUMNS)
    for entry in entries:
        place = f"{source}, row {entry.label or entry.rows[0]}"
        ends = (entry.codes.start.digits, entry.codes.end.digits)
        writer.writerow((*ends, entry.goods, text_of(entry.rule), place, "false"))
    return written.getvalue()


def _unread(file: str, lines: Sequence[Line]) -> Iterator[Problem]:
    for line in lines:
        for clause in line.reading.unread:
            yield Problem(file, line.row, "rule_text", f"a person must answer: {clause}")


def _strange_codes(
    file: str, lines: Sequence[Line], nomenclature: Nomenclature
) -> Iterator[Problem]:
    for line in lines:
        start, stop = nomenclature.run(line.codes)
        edition = f"HS {nomenclature.edition}"
        if start == stop:
            what = f"{line.codes.text} has no code of {edition}"
            yield Problem(file, line.row, "hs_from", what)
            continue
        for column, code in (("hs_from", line.codes.start), ("hs_to", line.codes.end)):
            if not nomenclature.has(code):
                yield Problem(file, line.row, column, f"{code.digits} is not in {edition}")


def _rule_set(rule_sets: Sequence[RuleSet], wanted: str) -> tuple[int, RuleSet]:
    known = {one.id: (number, one) for number, one in enumerate(rule_sets)}
    if wanted in known:
        return known[wanted]
    if not wanted and len(rule_sets) == 1:
        return 0, rule_sets[0]
    what = f"must name one of the rule sets {', '.join(known)}, not {wanted!r}"
    raise PackError(problems=[Problem(loader.AGREEMENT_FILE, 1, "rule_set", what)])


def _carried(base: Traversable, written: str) -> dict[str, str]:
    """Take along the base's other files: rules of other rule sets, and the worked cases."""
    names = re.findall(r'^product_rules = "([^"]+)"', written, re.MULTILINE)
    if base.joinpath(loader.CASES_FILE).is_file():
        names.append(loader.CASES_FILE)
    return {name: read_text(base, name) for name in names}


def _with_values(written: str, number: int, values: dict[str, str]) -> str:
    """Set values at the head of a rule set, where its own tables have not begun."""
    lines = written.splitlines()
    start = [at for at, line in enumerate(lines) if line.strip() == "[[rule_set]]"][number] + 1
    rest = (at for at in range(start, len(lines)) if lines[at].lstrip().startswith("["))
    end = next(rest, len(lines))
    kept = [line for line in lines[start:end] if line.partition("=")[0].strip() not in values]
    head = [f"{key} = {value}" for key, value in values.items()]
    return "\n".join([*lines[:start], *head, *kept, *lines[end:]]) + "\n"


def _version(before: str) -> str:
    return before if before.endswith("+own") else f"{before}+own"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _notes(annex: Annex, converted: Converted, *, of: str) -> str:
    digest = hashlib.sha256(annex.text.encode()).hexdigest()
    counted = ", ".join(f"{count} {status}" for status, count in converted.statuses.items())
    reached = f"{converted.covered} of {converted.total}"
    lines = (
        f"# {of}: own product rules",
        "",
        f"The product rules were loaded from `{annex.name}` (SHA-256 `{digest}`).",
        f"Source: {annex.source}.",
        f"Rows: {converted.rows} ({counted}); entries: {len(converted.entries)}.",
        f"Codes of HS {annex.hs_edition} with an entry: {reached}.",
        *(f"- {warning.text}" for warning in converted.warnings),
    )
    return "\n".join(lines) + "\n"
