"""The written pages as the house tests see them: prose, code, links, named files, commands."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house import source

WRITTEN = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
DOCS = source.REPOSITORY / "docs"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)">')
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(
    r"(?:eodes|ooms|tests|tools|docs|xsd|migrations|keys\.example|\.ci)/[\w./*-]*\w|[\w-]+\.md"
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code: its language and its text."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file: where it is and what it says."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """The path from the repository."""
        return str(self.path.relative_to(source.REPOSITORY))

    @property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return _FENCE.sub("", self.text)

    @property
    def fences(self) -> tuple[Fence, ...]:
        """The blocks of code, in their order."""
        return tuple(Fence(language, text) for language, text in _FENCE.findall(self.text))

    @property
    def links(self) -> tuple[str, ...]:
        """What the page links to inside the repository."""
        found = _LINK.findall(_CODE.sub("", self.prose))
        return tuple(target for target in found if "://" not in target)

    @property
    def anchors(self) -> set[str]:
        """What a link may name after its sign."""
        return {_slug(one) for one in _HEADING.findall(self.prose)} | set(
            _ANCHOR.findall(self.text)
        )

    @property
    def named_files(self) -> tuple[str, ...]:
        """The files of the repository that the prose names as code."""
        found = (one for code in _CODE.findall(self.prose) for one in [_PATH.fullmatch(code)])
        return tuple(one.group() for one in found if one and "/" in one.group())

    @property
    def command_lines(self) -> Iterator[list[str]]:
        """The calls of our programs, in blocks and in the running text, word by word."""
        for fence in self.fences:
            if fence.language in ("sh", "bash"):
                for line in fence.text.replace("\\\n", " ").splitlines():
                    yield from _calls(line)
        for code in _CODE.findall(self.prose):
            yield from _calls(code)


@cache
def pages() -> tuple[Page, ...]:
    """Read every Markdown page of the repository that a reader may open."""
    paths = [source.REPOSITORY / name for name in WRITTEN] + sorted(DOCS.rglob("*.md"))
    return tuple(Page(path, path.read_text("utf-8")) for path in paths)


@cache
def page(name: str) -> Page:
    """Return one page by its path from the repository."""
    return next(one for one in pages() if one.name == name)


def _calls(line: str) -> Iterator[list[str]]:
    for part in re.split(r"\|\||&&|[|;>&]", line.partition("  #")[0]):
        try:
            words = shlex.split(part)
        except ValueError:
            continue
        words = [word for word in words if "=" not in word or word.startswith("-")]
        if words and words[0].removeprefix(".venv/bin/") in ("eodes", "ooms") and len(words) > 1:
            yield [words[0].removeprefix(".venv/bin/"), *words[1:]]


def _slug(heading: str) -> str:
    """Name a heading as code hosts do."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return plain.strip().replace(" ", "-")
