"""The rule notation reads and writes itself, and says where a text goes wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements import notation, rule
from ooms.agreements.rule_text import text_of
from ooms.kernel.hs import HsCode, HsRange

digits = st.from_regex(r"0[1-9]|[1-6][0-9]|7[0-68-9]|[89][0-9]", fullmatch=True)
codes = st.one_of(
    digits, st.tuples(digits, digits).map("".join), st.tuples(digits, digits, digits).map("".join)
)
words = st.from_regex(r"[a-z][a-z ,()-]{0,20}", fullmatch=True)
percents = st.integers(0, 10_000).map(lambda n: Decimal(n) / 100)
names = st.from_regex(r"[a-z][a-z_0-9]{1,12}", fullmatch=True)


@st.composite
def ranges(draw):
    start, end = HsCode(draw(codes)), HsCode(draw(codes))
    if start.first > end.last:
        start, end = end, start
    return HsRange(start, end) if draw(st.booleans()) else HsRange(start, start)


items = st.one_of(
    ranges().map(rule.Codes),
    st.sampled_from([2, 4, 6]).map(rule.SameAsGood),
    st.just(rule.Everything()),
    st.builds(
        rule.Described,
        words,
        st.none() | ranges() | st.sampled_from([2, 4, 6]).map(rule.SameAsGood),
    ),
)
sets = st.lists(items, min_size=1, max_size=3).map(tuple)
coded = st.lists(ranges().map(rule.Codes), min_size=1, max_size=3).map(tuple)
maybe_set = st.just(()) | sets
bases = st.sampled_from(rule.Base)
relief = st.none() | st.builds(rule.Relief, sets, percents, bases)
plain_methods = st.none() | st.sampled_from(
    [rule.Method.BUILD_DOWN, rule.Method.BUILD_UP, rule.Method.NET_COST]
)
terms = st.one_of(
    st.builds(
        rule.Shift,
        st.sampled_from(rule.Level),
        exceptions=maybe_set,
        readmitted=maybe_set,
        relief=relief,
        outside_group=st.booleans(),
    ),
    st.builds(rule.Shift, st.just(rule.Level.ANY), only=sets, relief=relief),
    st.builds(rule.WhollyObtained, maybe_set),
    st.builds(rule.WhollyObtained, sets, percents),
    st.builds(rule.Originating, sets, st.none() | percents),
    st.builds(rule.ValueCap, percents, st.none() | bases, maybe_set),
    st.builds(rule.ForeignBelowOwn, maybe_set),
    st.builds(rule.ValueContent, percents, plain_methods, st.none() | bases),
    st.builds(rule.ValueContent, percents, st.just(rule.Method.FOCUSED), st.none() | bases, sets),
    st.builds(
        rule.WeightCap,
        sets,
        percents,
        st.sampled_from(rule.Measured),
        st.sampled_from(rule.WeightOf),
    ),
    st.builds(
        rule.WeightCap,
        sets,
        percents,
        st.sampled_from(rule.Measured),
        st.just(rule.WeightOf.PRODUCT),
        sets,
    ),
    st.builds(rule.Process, st.lists(names, min_size=1, max_size=3).map(tuple)),
    st.builds(rule.Process, st.lists(names, min_size=2, max_size=3).map(tuple), st.just(True)),  # noqa: FBT003
    st.builds(rule.Statement, words),
    st.builds(rule.MadeFrom, sets),
    st.builds(rule.Macro, names),
    st.builds(rule.SetRule, percents, bases),
    st.just(rule.NoRule()),
)
notes = st.builds(
    rule.Note,
    st.sampled_from(rule.Pointer),
    st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True),
)
rules = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(rule.AllOf),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(rule.AnyOf),
        st.builds(rule.Selected, st.sampled_from(rule.About), words, inner),
        st.builds(rule.ForCodes, coded, inner),
        st.builds(rule.Fallback, inner, inner),
        st.builds(rule.Phased, st.integers(1, 99), inner, inner),
        st.builds(rule.Noted, inner, st.lists(notes, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=6,
)


@given(rules)
def test_every_tree_reads_back_from_its_text(tree):
    assert notation.read(text_of(tree)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "CTH -{7208..7217}",
        "CTH spare{same4 <= 20%EXW} | VNM<=40%EXW",
        "CC & P(cutting+sewing) | RVC>=40%",
        "CTH -{8607} | CTH & (RVC.bu>=35% | RVC.bd>=45%)",
        'CTH & WT.each{"sugar",c04}<=20% & WT{"sugar",c04}<=40%',
        'GOOD("any other good"): CTSH -{8501}',
        'FROM("yarn"@5205) ELSE P(printing>making_up)',
        "ONLY{7206,7207} +{7212} | VNM<=VOM | NONE",
        "CTSH @group -{8607} | P(weaving+making_up) NOTE(7)",
        "YEARS(3): VNM<=60%EXW THEN CTH & VNM<=45%EXW",
        'GOOD("any other"): CC NOTE(all-applicable)',
        'ANY -{"metal alcoholates"@same4} spare{"metal alcoholates"@same4 <= 20%EXW}',
        'ORIG{2401}>=70% & FROM{7206,"ingots"@7207} QUOTA(annex-3)',
        "GOOD{710691,7108..7109}: CTSH | GOOD{710692}: CTH",
        'GOOD{7106}: GOOD("powder"): CTH',
        "WO{2401}>=10% & WT{2401}<=30%{c24}",
        "SETRULE(15%EXW) | MACRO(process_rule) | WT{2207}<=5%VOLUME",
    ],
)
def test_canonical_text_survives_reading_and_writing(text):
    assert text_of(notation.read(text)) == text


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("CTH -{85", (1, 7), "an HS code"),
        ("CTH\n  | XX", (2, 5), "CC, CTH, CTSH or ANY"),
        ("RVC>=400%", (1, 6), "a percentage up to 100%"),
        ("CTH -{7217..7208}", (1, 7), "the range runs backwards"),
        ("RVC{8504}>=40%", (1, 12), "a set with .fv, and only with .fv"),
        ("WHEN{8504}: CTH", (1, 1), "GOOD, which codes can decide"),
        ("P(Cutting)", (1, 3), "the name of a process"),
    ],
)
def test_error_names_line_column_and_what_was_expected(text, place, expected):
    with pytest.raises(notation.NotationError) as refused:
        notation.read(text)

    assert (refused.value.line, refused.value.column) == place
    assert expected in refused.value.expected
