"""The arithmetic of the ledger, for any sequence of draws, returns and reservations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.kernel.quantity import Quantity
from ooms.ledger.loader import LedgerDataError, load_tolerances, load_units
from ooms.ledger.model import (
    NOTHING,
    REVERSAL,
    WHOLE,
    Balance,
    Draft,
    Entry,
    EntryKind,
    ItemKey,
    Source,
    Use,
    balance_of,
    open_share,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = ItemKey("KR", "AKFTA", "K001260000001", 1)
UNITS = load_units()
FORWARD = (EntryKind.DRAWN, EntryKind.RESERVED, EntryKind.ADJUSTED)

amounts = st.decimals(
    min_value=Decimal("0.0001"), max_value=Decimal(600), places=4, allow_nan=False
)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(FORWARD), amounts, st.sampled_from(("C62", "KGM", "TNE", "DZN"))),
        st.tuples(st.just(None), st.integers(0, 30), st.fractions(0, 1)),
    ),
    max_size=40,
)
lots = st.builds(lambda pieces, weight: {"C62": pieces, "KGM": weight}, amounts, amounts)


#: A file in which two measures have the same unit.
TWICE = "".join(
    f"[measures.{name}]\nsource='x'\nverified=false\n[measures.{name}.units]\nKGM='1'\n"
    for name in ("mass", "weight")
)


class Book:
    """An item's entries and its running balance, kept as the desk keeps them."""

    def __init__(self, lot):
        self.lot = lot
        self.entries = []
        self.balances = [Balance(KEY)]

    def write(self, draft):
        after = self.balances[-1].after(draft)
        if after is None:
            return
        moment = NOON + timedelta(seconds=after.entries)
        self.entries.append(Entry(f"entry-{after.entries}", after.entries, draft, moment))
        self.balances.append(after)

    def draw(self, kind, amount, unit):
        quantity = Quantity(amount, unit)
        share = UNITS.share(self.lot, quantity)
        assert share is not None
        use = Use(Source.CLAIM, "claim")
        self.write(Draft(KEY, kind, share, quantity=quantity, use=use, by="kim"))

    def give_back(self, place, part):
        if not self.entries:
            return
        entry = self.entries[place % len(self.entries)]
        share = open_share(entry, self.entries) * part
        if entry.what.reverses is None and share:
            kind = REVERSAL[entry.what.kind]
            self.write(replace(entry.what, kind=kind, share=-share, reverses=entry.id))


def kept(lot, done):
    book = Book(lot)
    for kind, first, second in done:
        if kind is None:
            book.give_back(first, second)
        else:
            book.draw(kind, first, second)
    return book


@given(lots, steps)
def test_no_sequence_leaves_the_bounds_of_what_was_certified(lot, done):
    book = kept(lot, done)

    for balance in book.balances:
        assert 0 <= balance.reserved <= balance.used <= WHOLE
        for unit, certified in lot.items():
            left = UNITS.amount(lot, balance.left, unit=unit)
            assert left is not None
            assert 0 <= left <= certified


@given(lots, steps)
def test_entries_alone_tell_every_past_balance(lot, done):
    book = kept(lot, done)

    for moment, balance in enumerate(book.balances):
        until = NOON + timedelta(seconds=moment)
        past = [one for one in book.entries if one.at <= until]
        assert balance_of(KEY, past, tolerance=NOTHING) == balance


@given(lots, steps)
def test_no_entry_is_given_back_beyond_itself(lot, done):
    book = kept(lot, done)

    for entry in book.entries:
        if entry.what.reverses is None:
            assert 0 <= open_share(entry, book.entries) <= entry.what.share


@given(amounts, st.sampled_from(sorted(UNITS.known)), st.sampled_from(sorted(UNITS.known)))
def test_conversion_there_and_back_is_exact(amount, unit, other):
    there, back = UNITS.rate(unit, into=other), UNITS.rate(other, into=unit)

    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert Fraction(amount) * there * back == Fraction(amount)


@pytest.mark.parametrize(
    ("quantity", "unit", "share"),
    [
        ("250", "C62", Fraction(1, 2)),
        ("625250", "GRM", Fraction(1, 2)),
        ("0.62525", "TNE", Fraction(1, 2)),
        ("10", "DZN", Fraction(24, 100)),
        ("250", "H87", Fraction(1, 2)),
        ("1", "MTR", None),
        ("1", "SET", None),
        ("1", "PR", None),
    ],
)
def test_share_is_found_over_units_of_one_measure(quantity, unit, share):
    lot = {"C62": Decimal(500), "KGM": Decimal("1250.5")}

    assert UNITS.share(lot, Quantity(Decimal(quantity), unit)) == share


def test_no_agreement_lets_more_be_used_unless_data_say_so():
    tolerances = load_tolerances()

    assert tolerances.of("AKFTA") is tolerances.default
    assert tolerances.default.share == NOTHING
    assert tolerances.of("ATIGA").verified


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("units.toml", "[measures.mass]\nsource = 'x'\n", "units"),
        ("units.toml", "[measures", "units.toml"),
        ("units.toml", TWICE, "names KGM twice"),
    ],
)
def test_broken_units_are_refused_with_their_file(tmp_path, name, content, problem):
    (tmp_path / name).write_text(content)

    with pytest.raises(LedgerDataError, match=problem):
        load_units(tmp_path)


def test_tolerance_beyond_the_whole_is_refused(tmp_path):
    (tmp_path / "tolerances.toml").write_text(
        "[default]\npercent = '101'\nsource = 'x'\nverified = false\n"
    )

    with pytest.raises(LedgerDataError, match="101 percent"):
        load_tolerances(tmp_path)
