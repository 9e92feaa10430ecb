"""Conditions on one of several values, which are one parameter of a statement."""

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from ooms.db import any_of, joined, joint, one_of

GOODS = Table("some_goods", MetaData(), Column("name", String), Column("item_no", Integer))
NAMES = ("plain", 'a "quoted" one', "back\\slash", "{braces}, commas", "", "NULL", "한국")


@pytest.fixture
def kept(offices):
    """A transaction with goods of every name that may lead astray."""
    with offices.offices["VN-CUSTOMS"].works.database.begin() as transaction:
        GOODS.create(transaction)
        rows = [{"name": name, "item_no": place} for place, name in enumerate(NAMES)]
        transaction.execute(insert(GOODS), rows)
        yield transaction
        GOODS.drop(transaction)


@pytest.mark.parametrize("name", NAMES)
def test_value_is_found_whatever_signs_it_has(kept, name):
    asked = select(GOODS.c.name).where(one_of(GOODS.c.name, "names"))

    found = kept.execute(asked, {"names": [name, "nobody's"]}).scalars().all()

    assert found == [name]


def test_numbers_are_found_among_several_values(kept):
    asked = select(GOODS.c.item_no).where(one_of(GOODS.c.item_no, "numbers"))

    found = kept.execute(asked, {"numbers": [0, 2, 99]}).scalars()

    assert sorted(found) == [0, 2]


def test_nothing_is_one_of_no_values(kept):
    asked = select(GOODS.c.name).where(one_of(GOODS.c.name, "names"))

    assert kept.execute(asked, {"names": []}).scalars().all() == []


def test_values_of_the_statement_itself_are_found(kept):
    asked = select(GOODS.c.item_no).where(any_of(GOODS.c.name, NAMES[1], NAMES[2]))

    assert sorted(kept.execute(asked).scalars()) == [1, 2]


def test_several_columns_are_asked_for_together(kept):
    asked = select(GOODS.c.name).where(one_of(joined(GOODS.c.name, GOODS.c.item_no), "goods"))

    found = kept.execute(asked, {"goods": [joint("plain", 0), joint("back\\slash", 1)]}).scalars()

    assert found.all() == ["plain"]
