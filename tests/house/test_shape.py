"""The rules of style.md that ruff cannot see: names, sizes, docstrings, branches on codes."""

import ast
from collections.abc import Iterator
from pathlib import PurePath

from tests.house import source

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

# Path, or path::function, and why it may be longer.
LONGER_FOR_A_REASON: dict[str, str] = {
    "eodes/domain/certificate.py": "one model, read from top to bottom as the form is",
    "eodes/store/outbox.py": "one table's questions; parting them would part a message's way out",
    "eodes/store/tables.py": "all rows of the gateway in one place, to be compared with each other",
}

FORBIDDEN_NAMES = {"common", "core", "helpers", "manager", "managers", "misc", "util", "utils"}
CODES_THAT_ARE_DATA = {"agreement", "authority", "partner", "receiver", "sender"}


def test_no_file_has_a_name_that_says_nothing():
    nameless = [
        path
        for path in (each.path for each in source.python_files(*source.PACKAGES, "tests"))
        if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in PurePath(path).parts}
    ]

    assert nameless == []


def test_no_file_is_longer_than_a_reader_holds():
    long = [
        f"{each.path}: {each.lines} lines"
        for each in source.python_files(*source.PACKAGES)
        if each.lines > MAX_FILE_LINES and each.path not in LONGER_FOR_A_REASON
    ]

    assert long == []


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{each.path}::{name}: {_length(function)} lines"
        for each in source.python_files(*source.PACKAGES)
        for name, function in each.functions()
        if _length(function) > MAX_FUNCTION_LINES
        and f"{each.path}::{name}" not in LONGER_FOR_A_REASON
    ]

    assert long == []


def test_every_allowed_exception_is_still_needed_and_explained():
    files = {each.path: each.lines for each in source.python_files(*source.PACKAGES)}
    functions = {
        f"{each.path}::{name}": _length(function)
        for each in source.python_files(*source.PACKAGES)
        for name, function in each.functions()
    }

    for name, reason in LONGER_FOR_A_REASON.items():
        limit = MAX_FUNCTION_LINES if "::" in name else MAX_FILE_LINES
        assert (files | functions).get(name, 0) > limit, f"{name} no longer needs its exception"
        assert len(reason.split()) >= 4, f"{name}: say why"


def test_everything_public_opens_with_a_docstring():
    silent = [
        f"{each.path}: {name}"
        for each in source.python_files(*source.PACKAGES)
        for name, node in each.public_definitions()
        if not _has_docstring(node) and not _is_overload_or_override(node)
    ]

    assert silent == []


def test_no_branch_on_the_code_of_a_partner_or_agreement():
    branches = [
        f"{each.path}:{line}"
        for each in source.python_files(*source.PACKAGES)
        for line in _branches_on_codes(each.tree)
    ]

    assert branches == [], "a variant is a file, not a branch: put the difference into its profile"


def test_branch_on_a_code_is_seen_in_every_disguise():
    disguises = (
        "if partner == 'KR': ...",
        "if 'AKFTA' == case.agreement: ...",
        "x = message.sender.code in ('KR-KCS', 'CN-GACC')",
        "match partner.code:\n    case 'KR-KCS': ...",
        "x = agreement_code != 'AKFTA'",
    )

    for text in disguises:
        assert list(_branches_on_codes(ast.parse(text))), text
    assert not list(_branches_on_codes(ast.parse("x = partner == other; y = kind == 'co_issue'")))


def test_no_test_and_no_source_imports_mocks():
    importing = [
        each.path
        for each in source.python_files(*source.PACKAGES, "tests")
        for node in ast.walk(each.tree)
        if _imports_mock(node)
    ]

    assert importing == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _has_docstring(node: ast.AST) -> bool:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, documented) and bool(ast.get_docstring(node))


def _is_overload_or_override(node: ast.AST) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(_last_name(each) in {"overload", "override", "setter"} for each in decorators)


def _branches_on_codes(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(_names_a_code(s) for s in sides) and any(_is_text(s) for s in sides):
                yield node.lineno
        elif isinstance(node, ast.Match) and _names_a_code(node.subject):
            patterns = (inner for case in node.cases for inner in ast.walk(case.pattern))
            if any(isinstance(p, ast.MatchValue) and _is_text(p.value) for p in patterns):
                yield node.lineno


def _names_a_code(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr in {"code", "id", "value"}:
        return _names_a_code(node.value)
    name = _last_name(node).removesuffix("_code").removesuffix("_id")
    return name in CODES_THAT_ARE_DATA


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return any(_is_text(each) for each in node.elts)
    # Comparing with "" asks whether there is a code at all.
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


def _imports_mock(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name in {"mock", "unittest.mock"} for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        named = {alias.name for alias in node.names}
        return node.module in {"mock", "unittest.mock"} or (
            node.module == "unittest" and "mock" in named
        )
    return False
