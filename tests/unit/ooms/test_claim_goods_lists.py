"""Lists of goods: what ships, and an administration's own in its place."""

from datetime import date

import pytest

from ooms.agreements.registry import load_packs
from ooms.claims.goods import Listing
from ooms.claims.goods_table import GoodsTableError, goods_of, load_goods, shipped_goods

HEAD = "agreement,country,listing,hs,name,source,verified,part,origin,since,until"
CIGARS = "AKFTA,VN,EXCLUDED,240210,cigars,our annex,yes,,,2026-01-01,"
TUNA = "KCFTA,KR,QUOTA,030344,tuna,our notice,no,bigeye,CN,,"


def of(*rows):
    return "\n".join((HEAD, *rows)) + "\n"


@pytest.fixture
def own(tmp_path):
    return tmp_path / "goods.csv"


@pytest.fixture
def table(tmp_path):
    return tmp_path / "handed-over.csv"


def test_every_shipped_row_was_read_and_names_a_pack():
    known = load_packs(None)

    for one in shipped_goods().every():
        assert one.verified
        assert one.source
        parties = {party.letters for party in known.agreement(one.agreement).parties}
        assert one.country in parties


def test_own_list_takes_the_place_of_its_agreement_only(own, table):
    table.write_text(of(CIGARS, TUNA), "utf-8")

    load_goods(table, own=own)
    every = list(goods_of(own).every())

    quotas = [one.hs for one in every if (one.agreement, one.country) == ("KCFTA", "KR")]
    assert quotas == ["030344"]
    assert [one.name for one in every if one.listing is Listing.EXCLUDED] == ["cigars"]
    assert any(one.agreement == "KORUS" for one in every)


def test_own_exclusions_leave_the_shipped_quotas(own, table):
    table.write_text(of(CIGARS.replace("AKFTA,VN", "KCFTA,KR")), "utf-8")
    before = [one for one in shipped_goods().every() if one.agreement == "KCFTA"]

    load_goods(table, own=own)
    after = [one for one in goods_of(own).every() if one.agreement == "KCFTA"]

    assert [one for one in after if one.listing is Listing.QUOTA] == before


def test_days_and_origin_of_a_row_are_kept(own, table):
    table.write_text(of(CIGARS, TUNA), "utf-8")

    found = load_goods(table, own=own)
    cigars, tuna = sorted(found.every(), key=lambda one: one.agreement)

    assert cigars.holds(origin="KR", on=date(2026, 1, 1))
    assert not cigars.holds(origin="KR", on=date(2025, 12, 31))
    assert not tuna.holds(origin="VN", on=date(2026, 1, 1))
    assert (tuna.part, tuna.verified) == ("bigeye", False)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (CIGARS.replace("EXCLUDED", "BANNED"), "row 2: listing is EXCLUDED, COVERED, QUOTA"),
        (CIGARS.replace("240210", "2402.10"), "row 2: hs is 2 to 12 digits"),
        (CIGARS.replace("our annex", ""), "row 2: lacks source"),
        (CIGARS.replace("VN", "Vietnam"), "row 2: a country or origin is two capital letters"),
        (CIGARS.replace("yes", "perhaps"), "row 2: verified is yes or no"),
        (CIGARS.replace("2026-01-01", "1.1.2026"), "row 2: since is no day"),
    ],
)
def test_broken_row_is_named_and_changes_nothing(own, table, row, problem):
    own.write_text(of(TUNA), "utf-8")
    table.write_text(of(row), "utf-8")

    with pytest.raises(GoodsTableError, match=problem):
        load_goods(table, own=own)

    assert own.read_text("utf-8") == of(TUNA)


def test_table_of_other_columns_is_refused_with_the_right_ones(own, table):
    table.write_text("code,goods\n8504,converters\n", "utf-8")

    with pytest.raises(GoodsTableError, match="the columns are agreement, country, listing"):
        load_goods(table, own=own)
