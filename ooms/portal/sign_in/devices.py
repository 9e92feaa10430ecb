"""What a browser calls itself, in words: good enough to know one's own, and no more."""

from __future__ import annotations

#: The name of each browser by what its agent holds; those that also name another come first.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Whale/", "Whale"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_LONGEST = 40


def device_named(agent: str) -> str:
    """Name the browser and its system; a program is named as it names itself."""
    told = [_first(agent, _BROWSERS), _first(agent, _SYSTEMS)]
    return ", ".join(one for one in told if one) or agent[:_LONGEST]


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in agent), "")
