"""Parts of a list: which rows belong to one, and where the next begins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, MetaData, String, Table, create_engine, insert, select

from ooms.db import Window


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing of a list."""

    id: str


_things = Table("things", MetaData(), Column("id", String, primary_key=True))


def found(window: Window) -> tuple[Listed, ...]:
    """Read a part of a list of the things a to e."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        _things.create(connection)
        connection.execute(insert(_things), [{"id": one} for one in "caebd"])
        rows = connection.execute(window.of(select(_things), by=_things.c.id))
        return tuple(Listed(row.id) for row in rows)


def test_first_part_of_a_list_is_the_newest() -> None:
    things = found(Window(limit=2))

    assert [one.id for one in things] == ["e", "d"]


def test_next_part_holds_only_what_is_older() -> None:
    things = found(Window(limit=2, before="d"))

    assert [one.id for one in things] == ["c", "b"]


def test_full_part_names_where_the_next_begins() -> None:
    window = Window(limit=2)

    assert window.next(found(window)) == "d"


def test_part_that_is_not_full_is_the_last() -> None:
    window = Window(limit=2, before="b")

    assert window.next(found(window)) is None
