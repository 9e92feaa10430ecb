"""Strict reading of TOML: every flaw with its line."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest

from eodes import strict_toml
from eodes.domain.record import Count, Text
from eodes.errors import ConfigurationError
from eodes.forms.register import DATA
from eodes.strict_toml import line_of, load


@dataclass(frozen=True, slots=True)
class Port:
    code: Annotated[str, Text(5, 5)]
    open: bool = True


@dataclass(frozen=True, slots=True)
class Country:
    name: str
    since: date
    fee: Decimal
    ports: Annotated[tuple[Port, ...], Count(1)]


GOOD = """\
name = "Korea"
since = 2016-12-28
fee = "12.50"

[[ports]]
code = "KRPUS"

[[ports]]
code = "KRINC"
open = false
"""


def test_good_file_becomes_its_typed_record(tmp_path):
    file = tmp_path / "kr.toml"
    file.write_text(GOOD)

    country = load(file, Country)

    ports = (Port("KRPUS"), Port("KRINC", open=False))
    assert country == Country("Korea", date(2016, 12, 28), Decimal("12.50"), ports)


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (('code = "KRINC"', 'code = "KR"'), (9, "ports[1].code")),
        (("open = false", "open = 0"), (10, "true or false")),
        (("open = false", "closed = true"), (10, "unknown")),
        (('name = "Korea"', "name = 5"), (1, "a text")),
        (('fee = "12.50"', "fee = 12.50"), (3, "exact decimal")),
        (("since = 2016-12-28\n", ""), (1, "since: missing")),
        (('code = "KRPUS"\n', ""), (5, "missing")),
        (('name = "Korea"', "name = "), (1, "no TOML")),
    ],
)
def test_flaw_is_named_with_its_line(tmp_path, edit, where):
    line, said = where
    file = tmp_path / "kr.toml"
    file.write_text(GOOD.replace(*edit))

    with pytest.raises(ConfigurationError) as caught:
        load(file, Country)

    assert caught.value.line == line
    assert said in caught.value.problem
    assert str(file) in str(caught.value)


def test_all_flaws_are_named_first_line_first(tmp_path):
    file = tmp_path / "kr.toml"
    file.write_text(GOOD.replace("false", "0").replace('"12.50"', "12.5").replace("Korea", ""))

    with pytest.raises(ConfigurationError) as caught:
        load(file, Country)

    assert caught.value.line == 3
    assert "line 10, ports[1].open" in caught.value.problem


def test_absent_file_is_an_error_of_settings(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load(tmp_path / "none.toml", Country)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    file = tmp_path / "kr.toml"
    file.write_bytes(b'name = "\xff"')

    with pytest.raises(ConfigurationError, match="UTF-8"):
        load(file, Country)


# QQQ stands for three double quotes.
TANGLED = """\
# a comment with [brackets] and = signs
title = QQQ
[not.a.table]
key = "no"
QQQ
'quoted key' = 'single " #'
a.b.c = 1  # dotted
list = [
  1, # one
  { x = "}", y = [
    2, 3 ] },
]
[table]
deep = { left = 1, right = { "in side" = 2 } }
[[rows]]
name = "first"
[[rows.cells]]
value = 1
[[rows]]
name = "second"
[[rows.cells]]
value = 2
[[rows.cells]]
value = 3
[rows.extra]
note = '''
[[rows]]
'''
end = true
""".replace("QQQ", '"' * 3)


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/title", 2),
        ("/quoted key", 6),
        ("/a/b/c", 7),
        ("/a", 7),
        ("/list/0", 9),
        ("/list/1/x", 10),
        ("/list/1/y/1", 11),
        ("/table/deep/right/in side", 14),
        ("/rows/0", 15),
        ("/rows/0/name", 16),
        ("/rows/0/cells/0/value", 18),
        ("/rows/1/name", 20),
        ("/rows/1/cells/1/value", 24),
        ("/rows/1/extra/note", 26),
        ("/rows/1/extra/end", 29),
        ("/rows/1/cells/1/absent", 23),
        ("/nowhere", 1),
    ],
)
def test_line_of_a_path_is_found(pointer, line):
    assert line_of(TANGLED, pointer) == line


@pytest.mark.parametrize("file", sorted(DATA.glob("*.toml")), ids=lambda file: file.stem)
def test_every_path_of_a_shipped_form_is_found(file):
    text = file.read_text("utf-8")
    found, lines = strict_toml._lines(text), text.splitlines()

    for steps in _paths(tomllib.loads(text)):
        key = next(step for step in reversed(steps) if not step.isdecimal())
        assert key in lines[found[steps] - 1] or steps[-1].isdecimal(), steps


def _paths(value, above=()):
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in children:
        yield (*above, str(name))
        if isinstance(child, dict | list):
            yield from _paths(child, (*above, str(name)))
