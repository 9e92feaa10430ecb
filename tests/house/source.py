"""The source as the house tests see it: parsed files, public names, tracked files."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("eodes", "ooms")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path from the repository, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """The number of lines."""
        return self.text.count("\n")

    def functions(self) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        """Yield every function with its dotted name inside the file."""
        yield from _functions(self.tree, "")

    def public_definitions(self) -> Iterator[tuple[str, ast.AST]]:
        """Yield the module, its public classes, functions and methods."""
        yield "module", self.tree
        yield from _public(self.tree.body, "")


def _functions(
    node: ast.AST, prefix: str
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS):
            yield prefix + child.name, child
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def _public(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)) or node.name.startswith("_"):
            continue
        yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{prefix}{node.name}.")


@cache
def python_files(*folders: str) -> tuple[Source, ...]:
    """Parse every Python file under the folders, in listing order."""
    paths = sorted(path for folder in folders for path in (REPOSITORY / folder).rglob("*.py"))
    sources = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        sources.append(Source(str(path.relative_to(REPOSITORY)), text, ast.parse(text)))
    return tuple(sources)


@cache
def tracked_files() -> tuple[str, ...]:
    """List the files git tracks, or none when this is not a checkout."""
    if not (REPOSITORY / ".git").exists():
        return ()
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    )
    names = (name for name in listed.stdout.split("\0") if name)
    return tuple(name for name in names if (REPOSITORY / name).is_file())
