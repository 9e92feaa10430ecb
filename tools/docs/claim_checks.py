"""The checks of a claim, what each finding means, and every other term of the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ooms.claims.loader import load_terms
from ooms.claims.terms import EVERY, Cited, Severity, Terms
from tools.docs import markdown

_EVERY_OTHER = "every other"


def pages() -> Mapping[str, str]:
    """Return the page by its path below docs/reference."""
    source = "`ooms/claims/checks` and `ooms/claims/data`"
    return {"claim-checks.md": markdown.page("The checks of a claim", source, _lines())}


def _lines() -> Iterator[str]:
    terms = load_terms()
    yield "Each check is one file and one pure function; a check says nothing where what it looks"
    yield "at is not there."
    yield "`QUERY` and `ROUTE` leave a line to an officer, `FAIL` denies it, `WAIT` lets it wait,"
    yield "`ACCEPT` settles the questions of the checks that it names."
    yield from markdown.section("The eighteen checks")
    yield from markdown.table(
        ("no", "check", "question", "looks at", "findings"),
        (
            (one.no, markdown.code(one.name), one.title, one.data, _findings(terms, one.name))
            for one in terms.checks
        ),
    )
    yield from markdown.section("What each finding means")
    yield from markdown.table(
        ("code", "agreement", "outcome", "means", "source", "read"),
        (
            (
                markdown.code(one.code),
                agreement or _EVERY_OTHER,
                one.outcome,
                one.means,
                one.cited.source,
                _read(one.cited),
            )
            for (_, agreement), one in terms.severities.items()
            if not _only_stands_elsewhere(terms, one, agreement)
        ),
    )
    yield from _bases(terms)
    yield from _minor(terms)
    yield from _others(terms)


def _findings(terms: Terms, check: str) -> str:
    found = (one for one in terms.severities.values() if one.check == check)
    return ", ".join(dict.fromkeys(f"{markdown.code(one.code)} {one.outcome}" for one in found))


def _only_stands_elsewhere(terms: Terms, one: Severity, agreement: str) -> bool:
    every = terms.severities.get((one.code, EVERY))
    return bool(agreement) and every is not None and every.outcome == one.outcome


def _bases(terms: Terms) -> Iterator[str]:
    """Say where findings stand under agreements whose text was read."""
    yield from markdown.section("Where findings stand under an agreement")
    yield "Each means what it means under every other agreement."
    yield "Korea's law only stands in where another administration checks, and the answer says so."
    yield ""
    codes: dict[tuple[str, Cited], list[str]] = {}
    for (code, agreement), one in terms.severities.items():
        if _only_stands_elsewhere(terms, one, agreement):
            codes.setdefault((agreement, one.cited), []).append(markdown.code(code))
    yield from markdown.table(
        ("agreement", "codes", "source", "read"),
        (
            (agreement, ", ".join(found), cited.source, _read(cited))
            for (agreement, cited), found in codes.items()
        ),
    )


def _minor(terms: Terms) -> Iterator[str]:
    yield from markdown.section("Minor discrepancies")
    yield "A difference of one of these kinds passes, with a note."
    yield ""
    yield from markdown.table(
        ("kind", "source", "read"),
        (
            (name.replace("_", " "), cited.source, _read(cited))
            for name, cited in terms.minor.kinds.items()
        ),
    )


def _others(terms: Terms) -> Iterator[str]:
    yield from markdown.section("While a certificate has not come")
    yield from markdown.table(
        ("agreement", "days", "what serves", "source", "read"),
        (
            (
                code or _EVERY_OTHER,
                one.days,
                ", ".join(way.lower() for way in one.ways),
                one.cited.source,
                _read(one.cited),
            )
            for code, one in terms.awaiting.items()
        ),
    )
    yield from markdown.section("Days that do not count against the validity")
    yield from markdown.table(
        ("agreement", "since arrival", "force majeure", "source", "read"),
        (
            (
                code or _EVERY_OTHER,
                _yes(said=one.after_arrival),
                _yes(said=one.force_majeure),
                one.cited.source,
                _read(one.cited),
            )
            for code, one in terms.excluded.items()
        ),
    )
    yield from _needless(terms)
    yield from _numbers(terms)
    yield from markdown.section("Goods that are excluded, within a quota, or need no proof")
    yield "`ooms claims goods load` keeps an administration's own list in the place of these."
    yield from markdown.table(
        ("agreement", "country", "list", "code", "goods", "source", "read"),
        (
            (
                one.agreement,
                one.country,
                one.listing,
                one.hs or "every code",
                one.part or one.name,
                one.source,
                _yes(said=one.verified),
            )
            for one in terms.goods.every()
        ),
    )


def _needless(terms: Terms) -> Iterator[str]:
    """Say for which goods no proof of origin is asked."""
    yield from markdown.section("Values that need no proof")
    yield "An agreement's own value goes before the importing country's."
    yield ""
    own = [(code, one) for code, one in terms.waivers.items()]
    national = [(f"every other, in {code}", one) for code, one in terms.national_waivers.items()]
    yield from markdown.table(
        ("agreement", "up to", "added up within", "source", "read"),
        (
            (
                code,
                f"{one.amount:f} {one.currency}",
                f"{one.split_days} days",
                one.cited.source,
                _read(one.cited),
            )
            for code, one in (*own, *national)
        ),
    )
    yield from markdown.section("Goods that need no proof whatever they are worth")
    yield from markdown.table(
        ("country", "ruled on under the same conditions", "on its list", "source", "read"),
        (
            (
                one.country,
                _yes(said=one.ruled),
                _yes(said=one.listed),
                one.cited.source,
                _read(one.cited),
            )
            for one in terms.unasked
        ),
    )


def _numbers(terms: Terms) -> Iterator[str]:
    """Say how countries write their numbers."""
    yield from markdown.section("How certificates are numbered")
    yield "A number that a confirmed pattern does not fit is asked about; one that nobody confirmed"
    yield "only makes a note."
    yield "Patterns of numbers of approved exporters are written likewise; none ships."
    yield ""
    yield from markdown.table(
        ("country", "agreement", "from", "to", "letters and digits", "source", "confirmed"),
        (
            (
                one.country,
                one.agreement or _EVERY_OTHER,
                one.since or "",
                one.until or "",
                markdown.code(one.pattern),
                one.cited.source,
                _read(one.cited),
            )
            for one in terms.numbering
        ),
    )


def _read(cited: Cited) -> str:
    return _yes(said=cited.verified)


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"
