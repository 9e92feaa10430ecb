r"""The rule notation: reads text into the tree of `ooms.agreements.rule`.

| written | means |
|---|---|
| `CC` `CTH` `CTSH` | every non-originating material is of another chapter, heading, subheading |
| `ANY` | materials of any classification |
| `ONLY{7206}` | non-originating materials of these codes only |
| `CTH -{7208..7217} +{7212}` | ... except from these; but these are admitted again |
| `CTSH @group` | ... and outside the codes that share the good's rule |
| `CTH spare{same4 <= 20%EXW}` | ... but these may stay up to a share of the good's value |
| `WO` `WO{c03,c16}` | the good, or every material of the set, is wholly obtained |
| `WO{2401}>=10%` | at least this share of the set's weight is wholly obtained |
| `ORIG{c61}` `ORIG{2401}>=70%` | materials of the set are originating: all, or by weight |
| `RVC>=40%` `RVC.bd>=40%FOB` | value content, by any method of the agreement or a named one |
| `RVC.fv{8446}>=50%` | focused value: only materials of the set count as foreign |
| `VNM<=50%EXW` `VNM{8538}<=10%` `VNM<=VOM` | caps on the value of non-originating materials |
| `WT{1701,1702}<=40%` `WT.each{"sugar",c04}<=20%` | caps on their weight, together or each |
| `WT{2401}<=30%{c24}` | ... against all materials of another set |
| `P(cutting+sewing)` `P(printing>making_up)` | processes combined, or one before the other |
| `P("words")` | what only a person can answer |
| `FROM("yarn"@5205)` `FROM{7206,7207}` | foreign materials are these, or earlier stages of them |
| `GOOD("words"): CTH` `WHEN("words"): CTH` | a rule for some goods or circumstances |
| `GOOD{710691,7108..7109}: CTH` | a rule for the goods of these codes |
| `a & b`, `a \| b`, `( )` | and; or; grouping |
| `a ELSE b` | the second when the first does not confer origin |
| `YEARS(3): a THEN b` | the first in the agreement's first years, the second afterwards |
| `MACRO(process_rule)` | a rule that the agreement defines elsewhere |
| `SETRULE(15%EXW)` | each article of a set by its own rule; foreign ones up to a share |
| `a NOTE(7)` `a QUOTA(annex-3)` | a note or a quota that a person must look at |
| `NONE` | no rule could confer origin |

Items of a set: `8504`, `850440`, `c85`, `7208..7217`, `same2` `same4` `same6` (of the good),
`ALL`, `"words"`, `"words"@8504`, `"words"@same4`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from ooms.agreements import rule as tree
from ooms.kernel.hs import HsCodeError, HsRange

_GRAMMAR: Final = r"""
start: rule
?rule: alternatives
     | alternatives "ELSE" rule                          -> fallback
     | "YEARS" "(" YEARS ")" ":" alternatives "THEN" rule -> phased
?alternatives: conjunction ("|" conjunction)*
?conjunction: ABOUT "(" STRING ")" ":" conjunction        -> selected
            | ABOUT "{" codes ("," codes)* "}" ":" conjunction    -> for_codes
            | noted
?noted: together note*
note: POINTER "(" POINTED ")"
?together: member ("&" member)*
?member: term | "(" rule ")"

?term: shift | wholly | originating | value_cap | own_cap | content | weight | process | words
     | made_from | macro | set_rule | none
shift: (LEVEL | only) group? except_part? readmit_part? relief?
only: "ONLY" set
group: "@group"
except_part: "-" set
readmit_part: "+" set
relief: "spare" "{" items "<=" PERCENT BASE "}"
wholly: "WO" (set (">=" PERCENT)?)?
originating: "ORIG" set (">=" PERCENT)?
value_cap: "VNM" set? "<=" PERCENT BASE?
own_cap: "VNM" set? "<=" "VOM"
content: "RVC" METHOD? set? ">=" PERCENT BASE?
weight: "WT" MEASURED? set "<=" PERCENT (WEIGHT_OF | whole)?
whole: set
process: "P" "(" NAME ("+" NAME)* ")"                     -> combined
       | "P" "(" NAME (">" NAME)+ ")"                     -> ordered
words: "P" "(" STRING ")"
made_from: "FROM" ("(" described_alone ")" | set)
described_alone: STRING within?
macro: "MACRO" "(" NAME ")"
set_rule: "SETRULE" "(" PERCENT BASE ")"
none: "NONE"

set: "{" items "}"
items: item ("," item)*
?item: codes | same | "ALL" -> everything | STRING within? -> described
within: "@" (codes | same)
same: SAME
codes: CODE (".." CODE)?

LEVEL: "CC" | "CTH" | "CTSH" | "ANY"
ABOUT: "GOOD" | "WHEN"
BASE: "EXW" | "FOB" | "AV" | "TV" | "NC" | "MAT"
METHOD: ".bd" | ".bu" | ".nc" | ".fv"
MEASURED: ".each" | ".sum"
WEIGHT_OF: "PRODUCT" | "MATERIALS" | "VOLUME"
POINTER: "NOTE" | "QUOTA"
POINTED: /[a-z0-9][a-z0-9_.-]*/
YEARS: /[1-9][0-9]?/
SAME: /same[246]/
CODE: /c[0-9]{2}|[0-9]{6}|[0-9]{4}/
PERCENT: /[0-9]{1,3}(\.[0-9]{1,6})?\s*%/
NAME: /[a-z][a-z0-9_]*/
STRING: /"[^"\n]+"/
%import common.WS
%ignore WS
"""

# What a reader would type where the parser names a token of the grammar.
_SPOKEN: Final = {
    "$END": "the end of the rule",
    "ABOUT": "GOOD(...) or WHEN(...)",
    "BASE": "EXW, FOB, AV, TV, NC or MAT",
    "CODE": "an HS code",
    "LEVEL": "CC, CTH, CTSH or ANY",
    "MEASURED": ".each or .sum",
    "METHOD": ".bd, .bu, .nc or .fv",
    "NAME": "the name of a process",
    "PERCENT": "a percentage",
    "SAME": "same2, same4 or same6",
    "STRING": "words in double quotes",
    "POINTED": "the name of a note",
    "POINTER": "NOTE(...) or QUOTA(...)",
    "WEIGHT_OF": "PRODUCT, MATERIALS or VOLUME",
    "YEARS": "a number of years",
}
_MAX_PERCENT: Final = 100
_Within = HsRange | tree.SameAsGood


class NotationError(ValueError):
    """A rule is not written in the notation; correct it at the line and column given."""

    def __init__(self, *, text: str, line: int, column: int, expected: tuple[str, ...]) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.expected = expected
        wanted = f": expected {', '.join(expected)}" if expected else ""
        super().__init__(f"line {line}, column {column} of {text!r}{wanted}")


@lru_cache(maxsize=4096)  # an annex repeats a few dozen texts thousands of times
def read(text: str) -> tree.Rule:
    """Read a rule.

    Raises:
        NotationError: The text is not in the notation.
    """
    try:
        parsed = _parser().parse(text)
    except UnexpectedInput as unexpected:
        raise NotationError(
            text=text,
            line=max(unexpected.line, 1),
            column=max(unexpected.column, 1),
            expected=_spoken(unexpected),
        ) from unexpected
    try:
        rule: tree.Rule = _Reader().transform(parsed)
    except VisitError as refused:
        raise _refusal(text, refused) from refused
    return rule


class _MisfitError(ValueError):
    """A token has the right shape and an impossible value."""

    def __init__(self, *, token: Token, expected: str) -> None:
        self.token = token
        self.expected = expected
        super().__init__(expected)


def _refusal(text: str, refused: VisitError) -> NotationError:
    cause = refused.orig_exc
    if not isinstance(cause, _MisfitError):
        raise cause
    line, column = cause.token.line or 1, cause.token.column or 1
    return NotationError(text=text, line=line, column=column, expected=(cause.expected,))


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True)


def _spoken(unexpected: UnexpectedInput) -> tuple[str, ...]:
    if isinstance(unexpected, UnexpectedToken):
        names: Iterable[str] = unexpected.accepts or unexpected.expected
    else:
        names = getattr(unexpected, "allowed", None) or ()
    written = {terminal.name: terminal.pattern.value for terminal in _parser().terminals}
    return tuple(sorted({_SPOKEN.get(n) or written.get(n, n) for n in names} - {r"(?:\s)+"}))


def _percent(token: Token) -> Decimal:
    percent = Decimal(token.rstrip("%").rstrip())
    if percent > _MAX_PERCENT:
        raise _MisfitError(token=token, expected="a percentage up to 100%")
    return percent


@dataclass(frozen=True, slots=True)
class _Whole:
    """The set that a weight is a share of."""

    items: tree.CodeSet


@v_args(inline=True)
class _Reader(Transformer[Token, tree.Rule]):
    """Builds the tree; one method for each rule of the grammar."""

    def start(self, rule: tree.Rule) -> tree.Rule:
        return rule

    def fallback(self, first: tree.Rule, then: tree.Rule) -> tree.Fallback:
        return tree.Fallback(first, then)

    def alternatives(self, *members: tree.Rule) -> tree.AnyOf:
        return tree.AnyOf(members)

    def phased(self, years: Token, first: tree.Rule, then: tree.Rule) -> tree.Phased:
        return tree.Phased(int(years), first, then)

    def noted(self, rule: tree.Rule, *notes: tree.Note) -> tree.Noted:
        return tree.Noted(rule, notes)

    def note(self, kind: Token, name: Token) -> tree.Note:
        return tree.Note(tree.Pointer(kind), str(name))

    def together(self, *members: tree.Rule) -> tree.AllOf:
        return tree.AllOf(members)

    def selected(self, about: Token, words: Token, rule: tree.Rule) -> tree.Selected:
        return tree.Selected(tree.About(about), words[1:-1], rule)

    def for_codes(self, about: Token, *parts: tree.Rule | HsRange) -> tree.ForCodes:
        if about != tree.About.GOOD:
            raise _MisfitError(token=about, expected="GOOD, which codes can decide")
        *codes, rule = parts
        return tree.ForCodes(tuple(map(tree.Codes, codes)), rule)  # type: ignore[arg-type]  # the grammar fixes the order

    def shift(self, level: object, *parts: tuple[str, object]) -> tree.Shift:
        named = dict(parts)
        if isinstance(level, Token):
            named["level"] = tree.Level(level)
        else:
            named |= {"level": tree.Level.ANY, "only": level}
        return tree.Shift(**named)  # type: ignore[arg-type]  # the grammar fixes the names

    def only(self, items: tree.CodeSet) -> tree.CodeSet:
        return items

    def group(self) -> tuple[str, bool]:
        return "outside_group", True

    def except_part(self, items: tree.CodeSet) -> tuple[str, tree.CodeSet]:
        return "exceptions", items

    def readmit_part(self, items: tree.CodeSet) -> tuple[str, tree.CodeSet]:
        return "readmitted", items

    def relief(self, items: tree.CodeSet, percent: Token, base: Token) -> tuple[str, tree.Relief]:
        return "relief", tree.Relief(items, _percent(percent), tree.Base(base))

    def wholly(self, items: tree.CodeSet = (), percent: Token | None = None) -> tree.WhollyObtained:
        return tree.WhollyObtained(items, _percent(percent) if percent else None)

    def originating(self, items: tree.CodeSet, percent: Token | None = None) -> tree.Originating:
        return tree.Originating(items, _percent(percent) if percent else None)

    @v_args(inline=False)
    def value_cap(self, children: list[object]) -> tree.ValueCap:
        percent, base = _share(children)
        return tree.ValueCap(percent, base, _items(children))

    def own_cap(self, items: tree.CodeSet = ()) -> tree.ForeignBelowOwn:
        return tree.ForeignBelowOwn(items)

    @v_args(inline=False)
    def content(self, children: list[object]) -> tree.ValueContent:
        percent, base = _share(children)
        named = _token(children, "METHOD")
        method = tree.Method(named[1:]) if named else None
        focused = _items(children)
        if bool(focused) != (method is tree.Method.FOCUSED):
            raise _MisfitError(
                token=named or _required(children, "PERCENT"),
                expected="a set with .fv, and only with .fv",
            )
        return tree.ValueContent(percent, method, base, focused)

    @v_args(inline=False)
    def weight(self, children: list[object]) -> tree.WeightCap:
        measured, of = _token(children, "MEASURED"), _token(children, "WEIGHT_OF")
        return tree.WeightCap(
            _items(children),
            _percent(_required(children, "PERCENT")),
            tree.Measured(measured[1:]) if measured else tree.Measured.SUM,
            tree.WeightOf(of) if of else tree.WeightOf.PRODUCT,
            next((c.items for c in children if isinstance(c, _Whole)), ()),
        )

    def whole(self, items: tree.CodeSet) -> _Whole:
        return _Whole(items)

    def combined(self, *steps: Token) -> tree.Process:
        return tree.Process(tuple(str(step) for step in steps))

    def ordered(self, *steps: Token) -> tree.Process:
        return tree.Process(tuple(str(step) for step in steps), ordered=True)

    def words(self, words: Token) -> tree.Statement:
        return tree.Statement(words[1:-1])

    def made_from(self, items: tree.CodeSet) -> tree.MadeFrom:
        return tree.MadeFrom(items)

    def described_alone(self, words: Token, within: _Within | None = None) -> tree.CodeSet:
        return (tree.Described(words[1:-1], within),)

    def macro(self, name: Token) -> tree.Macro:
        return tree.Macro(str(name))

    def set_rule(self, percent: Token, base: Token) -> tree.SetRule:
        return tree.SetRule(_percent(percent), tree.Base(base))

    def none(self) -> tree.NoRule:
        return tree.NoRule()

    def set(self, items: tree.CodeSet) -> tree.CodeSet:
        return items

    def items(self, *items: tree.Item | HsRange) -> tree.CodeSet:
        return tuple(tree.Codes(i) if isinstance(i, HsRange) else i for i in items)

    def same(self, token: Token) -> tree.SameAsGood:
        return tree.SameAsGood(int(token[-1]))

    def everything(self) -> tree.Everything:
        return tree.Everything()

    def described(self, words: Token, within: _Within | None = None) -> tree.Described:
        return tree.Described(words[1:-1], within)

    def within(self, codes: _Within) -> _Within:
        return codes

    def codes(self, start: Token, end: Token | None = None) -> HsRange:
        try:
            return HsRange.parse(start.lstrip("c"), end.lstrip("c") if end else "")
        except HsCodeError as impossible:
            raise _MisfitError(token=start, expected=impossible.reason) from impossible


def _token(children: list[object], name: str) -> Token | None:
    return next((c for c in children if isinstance(c, Token) and c.type == name), None)


def _required(children: list[object], name: str) -> Token:
    return next(c for c in children if isinstance(c, Token) and c.type == name)


def _items(children: list[object]) -> tree.CodeSet:
    return next((c for c in children if isinstance(c, tuple)), ())


def _share(children: list[object]) -> tuple[Decimal, tree.Base | None]:
    base = _token(children, "BASE")
    return _percent(_required(children, "PERCENT")), tree.Base(base) if base else None
