"""Harvests the sentences that the office's interface says to people, out of its source.

A sentence is a text or an f-string of two words or more, wherever it stands: what a check found,
a flaw, why something cannot be done.  `f"passed {way.country}, and no paper is held"` becomes the
message `passed %(country)s, and no paper is held`; of a part that is one of two texts, each is
filled in: translators read whole sentences.  Left out is what nobody but a program, an operator
or the author of a file reads, and what is signed or sent to partners: see `UNSAID` and below.
Sentences that `ooms.portal.plain_words` says anew are translated there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from ooms.portal.plain_words import reworded
from ooms.portal.sentences import JOINTS, SLOT

ROOT = Path(__file__).resolve().parents[1]
#: Where sentences are made, below which what follows is left out.
SAID = ("eodes/dialects", "eodes/domain/constraints", "ooms")
#: Files of which nobody who is served by the portal reads a word.
UNSAID = re.compile(
    r"""
    eodes/dialects/(?!preflight|spelling)
    | ooms/( # what has words of its own, or speaks to operators and to authors of packs alone
        (agreements|audit|commands|demo|exchanges|languages|origin|portal|tariffs|training)/
        | (bootstrap|documents/(base45|coverage|layouts|qr|timestamps|trust)|reach)
        | (cli|db|jobs|logs|settings|shipped)\.py
        | access/(model|sealing)\.py | people/model\.py | handbook/
        | claims/goods_table\.py | crosschecks/(entries|lists|settings)\.py
        | determinations/(bulk|impact)_?\w*\.py
        | risk/(schemas|scorecard|training)\.py | sign_on/(client|section|tokens)\.py | statistics/
        | web/(app|description|frame|pages|server)\.py
        # what is signed, sealed, or written to partners
        | gateway/(box_words|doorbell|outbound|printing|sheets|verifying)\.py
        | registers/(bundle|evidence|pieces|proof)\.py | documents/seal\.py
        | verifications/(letters|sealing)\.py | error_notices/letters\.py
        | company_letters/service\.py
        # rows, and how files are written
        | .*/(loader|tables)\.py
    )
    """,
    re.VERBOSE,
)
#: Calls that say nothing to people: of databases, descriptions of the interface, letters.
_UNSAID_CALLS = frozenset(
    {
        *("APIRouter", "BrokenChainError", "CheckConstraint", "ConflictError", "Field"),
        *("HTTPBearer", "Index", "Letter", "MissingError", "NotAllowedError", "OfficeJob", "Path"),
        *("PlainTextResponse", "ProviderSettingsError", "Query", "RuntimeError", "SecretsKeyError"),
        *("TrustFileError", "TypeError", "Words", "_words", "compile", "format", "hash"),
        *("removeprefix", "text"),
    }
)
#: Options and names whose texts are descriptions and letters, or parts of a refusal that its code
#: tells of (`ooms.portal.telling`): what is in which state, and who may not do what.
_UNSAID_OPTIONS = frozenset(
    {
        *("action", "current", "description", "facts", "headers", "id", "media_type", "paragraphs"),
        *("pattern", "pending", "responses", "subject", "summary", "tags", "then", "to", "wanted"),
        *("what",),
    }
)
_OPERATORS_ERROR = "WrongFileError"
_WORD = re.compile(r"[A-Za-z']{2,}")
_LEAST_WORDS = 2
#: Header fields, and constraints of databases.
_PROTOCOL = re.compile(r'="| IN \(|filename=|charset=')
#: How many ways of one sentence are written out; of more, the parts are sentences of their own.
_MOST_WAYS = 4
_TRANSPARENT = frozenset({"isoformat", "join", "lower", "quantize", "strip", "upper"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message for translators, and where it is said first."""

    words: str
    file: str
    line: int


@cache
def harvested() -> tuple[Sentence, ...]:
    """Return every sentence of the source once, in the order of the files that say them."""
    files = [file for part in SAID for file in sorted((ROOT / part).rglob("*.py"))]
    names = {file.relative_to(ROOT).as_posix(): file for file in files}
    return harvest(
        {
            name: ast.parse(file.read_text(encoding="utf-8"))
            for name, file in names.items()
            if not UNSAID.match(name)
        }
    )


def harvest(modules: Mapping[str, ast.Module]) -> tuple[Sentence, ...]:
    """Return every sentence of these modules once."""
    unsaid = _UNSAID_CALLS | _operators_errors(modules.values())
    found: dict[str, Sentence] = {}
    for name, tree in modules.items():
        for sentence in _Reader(name, tree, unsaid).sentences():
            # The same words about other facts are the same sentence.
            found.setdefault(SLOT.sub("%s", sentence.words), sentence)
    return tuple(one for one in found.values() if not _is_reworded(one.words))


def sample(words: str) -> str:
    """Fill a message with facts as they could be."""
    return SLOT.sub(lambda slot: f"{slot[1].upper()}-7", words)


def _is_reworded(words: str) -> bool:
    samples = sample(words), SLOT.sub("7", words)
    return any(reworded(one) is not None for one in samples)


def _operators_errors(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the errors that tell of a file of ours: the program's user never meets them."""
    bases = {
        one.name: {base.id for base in one.bases if isinstance(base, ast.Name)}
        for tree in trees
        for one in ast.walk(tree)
        if isinstance(one, ast.ClassDef)
    }
    found = {_OPERATORS_ERROR}
    while more := {name for name, those in bases.items() if those & found} - found:
        found |= more
    return frozenset(found)


@dataclass
class _Reader:
    """Reads one module."""

    file: str
    tree: ast.Module
    unsaid: frozenset[str]
    #: Texts that stand in other sentences already.
    spent: set[ast.AST] = field(default_factory=set)

    @cached_property
    def above(self) -> Mapping[ast.AST, ast.AST]:
        return {low: high for high in ast.walk(self.tree) for low in ast.iter_child_nodes(high)}

    def sentences(self) -> Iterator[Sentence]:
        for node in ast.walk(self.tree):
            if not _is_text(node) or node in self.spent or not self._is_said(node):
                continue
            for words in dict.fromkeys(self._ways(node)):
                if _is_sentence(words) or self._is_default(node, words):
                    yield Sentence(words, self.file, getattr(node, "lineno", 0))

    def _is_said(self, node: ast.AST) -> bool:
        """Tell whether a text may reach somebody: no part of another, no key, no description."""
        low, high = node, self.above.get(node)
        if isinstance(high, ast.Expr | ast.JoinedStr | ast.Subscript | ast.Compare):
            return False
        while high is not None and not isinstance(high, ast.stmt):
            if isinstance(high, ast.Call) and _called(high) in self.unsaid:
                return False
            if isinstance(high, ast.keyword) and high.arg in _UNSAID_OPTIONS:
                return False
            low, high = high, self.above.get(high)
        return not (_is_aside(high, low) or self._is_of_operators(high))

    def _is_of_operators(self, node: ast.AST | None) -> bool:
        while node is not None and not isinstance(node, ast.ClassDef):
            node = self.above.get(node)
        return isinstance(node, ast.ClassDef) and node.name in self.unsaid

    def _is_default(self, node: ast.AST, words: str) -> bool:
        """Tell whether a word stands in a sentence where there is no fact: `{names or 'none'}`."""
        either = self.above.get(node)
        stands = isinstance(either, ast.BoolOp) and isinstance(
            self.above.get(either), ast.FormattedValue
        )
        return stands and words.isalpha() and words.islower()

    def _ways(self, node: ast.AST) -> list[str]:
        """Return the ways in which a text can read, stripped of what joins it to others."""
        slots: dict[str, str] = {}
        ways = self._written(node, slots=slots)
        return [_stripped(one) for one in ways]

    def _written(self, node: ast.AST, *, slots: dict[str, str]) -> list[str]:
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.FormattedValue):
            return self._filled(node, slots=slots)
        parts = [self._written(one, slots=slots) for one in getattr(node, "values", ())]
        return ["".join(way) for way in product(*parts)]

    def _filled(self, node: ast.FormattedValue, *, slots: dict[str, str]) -> list[str]:
        """Write one of few texts out; anything else is a slot."""
        texts = _texts(node.value) or self._texts_of(node.value)
        if texts and len(texts) <= _MOST_WAYS:
            self.spent |= set(texts)
            return [way for one in texts for way in self._written(one, slots=slots)]
        name, code = _name(node.value), ast.unparse(node.value)
        if code not in slots:
            taken = sum(one.rstrip("0123456789") == name for one in slots.values())
            slots[code] = f"{name}{taken + 1}" if taken else name
        return [f"%({slots[code]})s"]

    def _texts_of(self, value: ast.AST) -> tuple[ast.expr, ...]:
        """Return the texts that a name of the function stands for, if it is always one."""
        if not isinstance(value, ast.Name):
            return ()
        function = self._function_of(value)
        given = [
            one.value
            for one in ast.walk(function)
            if isinstance(one, ast.Assign)
            if any(isinstance(name, ast.Name) and name.id == value.id for name in one.targets)
        ]
        texts = [_texts(one) for one in given]
        return tuple(one for those in texts for one in those) if all(texts) else ()

    def _function_of(self, node: ast.AST) -> ast.AST:
        while node is not self.tree and not isinstance(node, ast.FunctionDef):
            node = self.above[node]
        return node if isinstance(node, ast.FunctionDef) else ast.Module([], [])


def _is_text(node: ast.AST) -> bool:
    is_constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_constant or isinstance(node, ast.JoinedStr)


def _texts(value: ast.AST) -> tuple[ast.expr, ...]:
    """Return the texts of an expression that is one of several; nothing if it may be another."""
    if isinstance(value, ast.IfExp):
        both = _texts(value.body), _texts(value.orelse)
        return (*both[0], *both[1]) if all(both) else ()
    if isinstance(value, ast.Constant | ast.JoinedStr) and _is_text(value):
        return (value,)
    return ()


def _name(value: ast.AST) -> str:
    """Name a fact as the code does."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Constant(value=str(name)):
            return re.sub(r"\W+", "_", name)
        case _:
            inner = _inner(value)
            return _name(inner) if inner is not None else "fact"


def _inner(value: ast.AST) -> ast.AST | None:
    """Return the part of an expression that names it."""
    match value:
        case ast.Call(func=ast.Attribute(attr=attr, value=inner)) if attr in _TRANSPARENT:
            return value.args[-1] if isinstance(inner, ast.Constant) else inner
        case ast.Call(func=ast.Name() | ast.Attribute(attr="at" | "fromkeys" | "get")):
            return value.args[-1] if value.args else value.func
        case ast.Call(func=inner) | ast.BinOp(left=inner) | ast.BoolOp(values=[inner, *_]):
            return inner
        case ast.Subscript(slice=ast.Constant(value=str()) as inner) | ast.Subscript(value=inner):
            return inner
        case ast.IfExp(body=inner) | ast.GeneratorExp(elt=inner):
            return inner
        case _:
            return None


def _is_aside(statement: ast.AST | None, part: ast.AST) -> bool:
    """Tell whether a statement says nothing: it logs, declares a type, or names a part."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
            return part is kind or name in _UNSAID_OPTIONS
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in _UNSAID_OPTIONS
        case ast.Expr(value=value):
            return ast.unparse(value).startswith("log.")
        case _:
            return False


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)


def _stripped(words: str) -> str:
    return words.lstrip(JOINTS).rstrip(JOINTS.replace(".", ""))


def _is_sentence(words: str) -> bool:
    own = SLOT.sub(" ", words)
    is_written = " " in words and own != own.upper() and not _PROTOCOL.search(own)
    is_whole = own.count("(") == own.count(")")
    return is_written and is_whole and len(_WORD.findall(own)) >= _LEAST_WORDS
