"""The reference page of the partner profiles: 33 points of variation, and who stands where."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from eodes.domain import record
from eodes.domain.partner import Profile
from eodes.domain.record import Shape, hints, shape
from eodes.partners.register import SHIPPED, load_profile, profile_files
from tests.conformance.profile_points import IDENTITY, POINTS
from tools.docs import markdown
from tools.docs.settings import takes

_TITLES: Mapping[int, str] = {
    1: "Direction of access",
    2: "Trigger",
    3: "Electronic or paper",
    4: "Route",
    5: "Syntax and model",
    6: "Transport",
    7: "Signature of the document",
    8: "Acknowledgements and message types",
    9: "Clocks and repeats",
    10: "Certificate numbers",
    11: "Corrections",
    12: "Cancellation",
    13: "Forms",
    14: "Presence of single data",
    15: "Harmonized System",
    16: "Item cap",
    17: "Characters and length of free text",
    18: "Zone of dates",
    19: "Codes of units, packages and ports",
    20: "Percentages",
    21: "Grain of use feedback",
    22: "Match keys at declaration",
    23: "Proof of direct transport",
    24: "Verification channel and reply",
    25: "Standing of the paper",
    26: "Specimens of signatures and seals",
    27: "Retransmission and reconciliation",
    28: "Retention",
    29: "Test regime",
    30: "Version upgrade",
    31: "Issuing bodies",
    32: "Disclosure of the producer",
    33: "Statistics",
}
GATEWAY = SHIPPED.parent
_COMMENT = re.compile(r"^# (\d+) (.+?)\. Source: (.+?)\. Verified: (yes|no)\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """What a profile file says of one point: where it is from, and whether that was read."""

    source: str
    verified: str


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {
        "profiles.md": markdown.page(
            "Partner profiles", "`eodes/domain/partner.py` and `eodes/partners/`", _lines()
        )
    }


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that ship with the code, judged as of the day that each bears."""
    files = profile_files(SHIPPED)
    dated = (record_date(file.read_text("utf-8")) for file in files)
    return tuple(load_profile(file, on=on) for file, on in zip(files, dated, strict=True))


def record_date(text: str) -> Any:
    """Return the day that a profile file bears."""
    import tomllib  # noqa: PLC0415  # only to find the day before the file is read strictly

    return tomllib.loads(text)["dated"]


def _lines() -> Iterator[str]:
    yield "A profile is data: everything in which one administration differs from another."
    yield "Both ends of a channel read the same file: the sender to prepare, the receiver, as its"
    yield "own profile, to judge."
    yield "Defaults are strict: what a profile does not allow is refused."
    yield "An unknown key, a missing key or an expired pin stops the program with file and line."
    yield ""
    yield "**These profiles are ours.** No administration's own guide to its wire format was"
    yield "available; behavior that public sources report is quoted with its source, everything"
    yield "else is a strict choice of ours, and no conformance is claimed."
    yield "*Verified* means that the primary text was read."
    yield ""
    yield "A field under *acted on: no* is agreed and recorded, and no code of the gateway reads it"
    yield "yet: it binds people."
    yield ""
    yield "[How to add a partner](../how-to/add-a-partner.md) uses this page."
    yield from markdown.section("Whose profile it is")
    yield from _fields(sorted(IDENTITY))
    for number, paths in POINTS.items():
        yield from markdown.section(f"{number} {_TITLES[number]}")
        yield from _fields(paths)
    yield from markdown.section("The shipped profiles side by side")
    yield from _matrix()
    for profile in shipped_profiles():
        yield from markdown.section(f"Sources of `{profile.code}`")
        yield f"{profile.name}, profile version {profile.version} of {profile.dated}."
        yield ""
        yield from markdown.table(
            ("point", "source", "verified"),
            (
                (f"{number} {_TITLES[number]}", said.source, said.verified)
                for number, said in sorted(told(profile.code).items())
            ),
        )


def _fields(paths: Iterable[str]) -> Iterator[str]:
    yield from markdown.table(
        ("field", "takes", "default", "acted on"),
        (
            (markdown.code(path), takes(_form(path)), _default(path), _is_acted_on(path))
            for path in paths
        ),
    )


def _is_acted_on(path: str) -> bool:
    """Tell whether the gateway's code reads a field; what says whose profile it is always is."""
    section, _, name = path.rpartition(".")
    return not section or (section, name) in _read_fields()


@cache
def _read_fields() -> frozenset[tuple[str, str]]:
    """Find every place in the code where a field is taken from a section of a profile."""
    files = (file for file in GATEWAY.rglob("*.py") if file.name != "partner.py")
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return frozenset(
        (_ALIASES.get(holder, holder), node.attr)
        for node in nodes
        if isinstance(node, ast.Attribute)
        for holder in [_last_name(node.value)]
    )


#: Short names that the code gives to a section.
_ALIASES = {"limits": "numbers"}


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _form(path: str) -> Shape:
    section, _, name = path.rpartition(".")
    kind = shape(hints(Profile)[section]).bare if section else Profile
    return shape(hints(kind)[name])


def _default(path: str) -> str:
    section, _, name = path.rpartition(".")
    kind = shape(hints(Profile)[section]).bare if section else Profile
    default = next(one for one in dataclasses.fields(kind) if one.name == name).default
    if default is dataclasses.MISSING:
        return "(must be given)"
    return "(none)" if default is None else _shown(default)


def _matrix() -> Iterator[str]:
    profiles = shipped_profiles()
    paths = [path for points in POINTS.values() for path in points]
    yield from markdown.table(
        ("field", *(one.code for one in profiles)),
        ((markdown.code(path), *(_value(profile, path) for profile in profiles)) for path in paths),
    )


def _value(profile: Profile, path: str) -> str:
    value: object = profile
    for step in path.split("."):
        value = getattr(value, step)
    return _shown(value)


def _shown(value: object) -> str:
    if value is None or value == ():
        return "(none)"
    if isinstance(value, tuple):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, bool):
        return markdown.code(str(value).lower())
    if isinstance(value, Enum):
        return markdown.code(value.value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return markdown.code(" ".join(str(one) for one in record.write(value).values()))
    return markdown.code(value)


def told(code: str) -> dict[int, Told]:
    """Return what the file of a profile says of the source of each point."""
    text = (SHIPPED / code / "profile.toml").read_text("utf-8")
    found: dict[int, Told] = {}
    for block in re.findall(r"(?:^#.*\n)+", text, re.MULTILINE):
        joined = "# " + " ".join(line.lstrip("# ").strip() for line in block.splitlines())
        joined = joined.replace("- ", "-")  # a word broken at its hyphen
        said = _COMMENT.match(joined)
        if said:
            found[int(said.group(1))] = Told(source=said.group(3), verified=said.group(4))
    return found
