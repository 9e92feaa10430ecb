"""What is chosen from: countries, currencies, agreements, and the codes that a form carries on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from babel import Locale

from ooms.portal.visit import Visit

Options = Sequence[tuple[str, str]]
#: Editions of the HS whose codes come with the office, the newest first.
EDITIONS = ("2022", "2017", "2012", "2007", "2002")
_LETTERS = 2
#: What CLDR names beside the countries of ISO 3166-1 (and Kosovo, which trades under XK): parts of
#: countries, groups, and places made up for tests.
_NO_COUNTRIES = frozenset(
    {
        *("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC"),
        *("QO", "TA", "UN", "XA", "XB", "ZZ"),
    }
)


def countries(language: str, codes: Iterable[str] | None = None) -> Options:
    """Return countries by code and name, in the order of their names; all of them if none named."""
    named = Locale.parse(language).territories
    every = codes if codes is not None else filter(_is_country, map(str, named))
    return sorted(((one, str(named.get(one, one))) for one in every), key=lambda pair: pair[1])


async def agreements(visit: Visit) -> Mapping[str, str]:
    """Return the agreements of this country, names by code."""
    found = await visit.api.get("/tariff/agreements")
    return {one["code"]: one["name"] for one in found["items"]}


async def buyers(visit: Visit) -> Options:
    """Return the countries that an agreement joins to this one."""
    found = await visit.api.get("/tariff/agreements")
    codes = {country for one in found["items"] for country in one["partners"]}
    return countries(visit.language, codes)


def _is_country(code: str) -> bool:
    return len(code) == _LETTERS and code.isalpha() and code not in _NO_COUNTRIES
