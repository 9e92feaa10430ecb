"""What ships of the HS editions is what the published tables say, pair by pair."""

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.nomenclature import EDITIONS, Nomenclature
from ooms.kernel.hs import HsCode
from tools import hs_editions

PUBLISHED = Path(__file__).parents[3] / "shared/data/hs"
LOADED = load_editions()

needs_tables = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="no ../shared/data/hs here")
editions = pytest.mark.parametrize("edition", EDITIONS)
older_and_newer = pytest.mark.parametrize(("older", "newer"), tuple(combinations(EDITIONS, 2)))


def rows(name):
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def candidates(digits, source, target):
    found = LOADED.candidates(HsCode(digits), source, target)
    assert isinstance(found, tuple), found
    return [code.digits for code in found]


def shipped(source, target):
    return {code: set(candidates(code, source, target)) for code in Nomenclature.of(source).codes}


def published(pairs, *, codes):
    found = defaultdict(set)
    for code, other in pairs:
        found[code].add(other)
    return {code: found[code] for code in codes}


@needs_tables
@editions
def test_codes_are_those_of_the_published_list(edition):
    listed = [row["code"] for row in rows(f"hs_{edition}.csv") if row["level"] == "6"]

    assert sorted(listed) == list(Nomenclature.of(edition).codes)


@needs_tables
@older_and_newer
def test_candidates_are_the_published_pairs_in_both_directions(older, newer):
    table = rows(f"hs_correlation_{newer}_{older}.csv")
    pairs = [(row[f"hs{newer}"], row[f"hs{older}"]) for row in table]
    turned = [(old, new) for new, old in pairs]

    assert published(pairs, codes=Nomenclature.of(newer).codes) == shipped(newer, older)
    assert published(turned, codes=Nomenclature.of(older).codes) == shipped(older, newer)


@needs_tables
@older_and_newer
def test_first_candidate_is_the_published_conversion(older, newer):
    table = rows(f"hs_correlation_{newer}_{older}.csv")
    default = {r[f"hs{newer}"]: r[f"hs{older}"] for r in table if r["default_conversion"] == "1"}

    first = {code: candidates(code, newer, older)[0] for code in default}

    assert default == first


@needs_tables
def test_shipped_files_are_what_the_tool_writes(tmp_path):
    hs_editions.write(PUBLISHED, tmp_path)

    written = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert written == {file.name: file.read_bytes() for file in hs_editions.SHIPPED.glob("*.csv")}


def test_shipped_files_hold_digits_and_no_wording():
    headers = {"heading,subheadings", "codes,candidates"}
    for file in hs_editions.SHIPPED.glob("*.csv"):
        header, *lines = file.read_text("ascii").splitlines()
        assert header in headers
        assert set("".join(lines)) <= set("0123456789, "), file.name
