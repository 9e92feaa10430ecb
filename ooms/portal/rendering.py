"""Pages out of templates: escaped, in the visitor's language, one environment a language.

An environment keeps its compiled templates: made anew for each page, it costs a hundred times
the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal, format_percent
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateRuntimeError,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

from ooms.portal.client import Document, Flaw
from ooms.portal.languages import FRAME, Words, words_of
from ooms.portal.telling import Told, beside, marked, said, told
from ooms.portal.words import ROLES, UNITS

STATIC = Path(__file__).parent / "static"
_DIGEST_DIGITS = 12
_DAY_DIGITS = len("2026-11-15")
#: Days before months in English too, as everywhere outside the United States.
_WRITTEN_AS = {"en": "en_GB"}
#: What the macros write for an option without a value.
_NOTHING = frozenset({"caller", "null", "undefined"})


class Missing(ChainableUndefined):
    """What a template asked for and was not given.

    A name, or a member of a document of the interface: an error, no blank.  An option that was
    not given to a macro of GOV.UK Frontend: nothing, as its macros expect.
    """

    def __new__(  # noqa: PLR0917  # called by Jinja, in its order
        cls,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> Any:
        """Be strict about our own names, and lenient about options."""
        is_ours = isinstance(obj, Document) or (obj is missing and name not in _NOTHING)
        kind = StrictUndefined if is_ours else ChainableUndefined
        return kind(hint, obj, name, exc)


@cache
def environment(language: str) -> Environment:
    """Return the environment of a language; everything that is filled in is escaped."""
    opened = Environment(
        # Our templates keep their whole names: the folder tells in whose words they speak.
        loader=ChoiceLoader(
            [
                PackageLoader("ooms.portal", "templates"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    # Newstyle: Jinja hands on the context, and marks what these return as safe.
    opened.install_gettext_callables(  # type: ignore[attr-defined]  # comes with the extension
        *_callables(words_of(language)), newstyle=True
    )
    opened.filters |= _filters(language)
    opened.globals["static"] = static_address
    opened.globals["language"] = language
    opened.globals["roles_of"] = ROLES
    return opened


def areas() -> tuple[str, ...]:
    """Return the areas of the portal: the folders of its templates."""
    folder = Path(__file__).parent / "templates"
    return tuple(sorted(one.name for one in folder.iterdir() if one.is_dir()))


@cache
def static_address(name: str) -> str:
    """Return where a file that browsers may keep for good is: its address changes with it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:_DIGEST_DIGITS]}"


def code(given: str) -> Markup:
    """Set a key or a digest apart: it is copied, and not read."""
    return Markup('<code class="office-code">{}</code>').format(given)


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    locale = Locale.parse(_WRITTEN_AS.get(language, language))

    @pass_context
    def day(context: Context, given: str | date | None) -> str:
        """Write a day so that nobody reads it otherwise: 15 November 2026.

        Of a moment it is the day in the office's zone.
        """
        if not given:
            return ""
        read = given if isinstance(given, date) else _day_of(given, context.get("zone", "UTC"))
        return format_date(read, format="long", locale=locale)

    @pass_context
    def moment(context: Context, given: str | None) -> str:
        """Write a moment in the office's zone, and name its city (CLDR)."""
        if not given:
            return ""
        zone = ZoneInfo(context.get("zone", "UTC"))
        at = datetime.fromisoformat(given).astimezone(zone)
        written = format_date(at, format="long", locale=locale)
        place = get_timezone_location(zone.key, locale=locale, return_city=True)
        return f"{written} {at:%H:%M} ({place})"

    def number(given: str | float | Decimal | None) -> str:
        """Write a number as the language does, with every digit that was given."""
        if given is None or given == "":
            return ""
        exact = Decimal(str(given))
        places = -min(int(exact.as_tuple().exponent), 0)
        return format_decimal(exact, f"#,##0.{'0' * places}", locale=locale)

    def country(code: str | None) -> str:
        """Name a country (CLDR); a code without a name stays as it is."""
        return str(locale.territories.get(code or "", code or ""))

    return {
        "code": code,
        "day": day,
        "moment": moment,
        "number": number,
        "share": partial(_share, locale),
        "country": country,
        "marked": marked,
        "measured": partial(_measured, language),
        "meaning": words_of(language).meaning,
        "plainly": partial(_told, language),
        "unit": partial(_unit, language),
        "said": partial(_said, language),
        "beside": partial(_beside, language),
    }


def _day_of(given: str, zone: str) -> date:
    if len(given) == _DAY_DIGITS:
        return date.fromisoformat(given)
    return datetime.fromisoformat(given).astimezone(ZoneInfo(zone)).date()


def _share(locale: Locale, given: str | float | Decimal | None) -> str:
    """Write a share of one as percent, to a tenth at most: 0.375 is 37.5% (CLDR)."""
    if given is None or given == "":
        return ""
    pattern = locale.percent_formats[None].pattern.replace("0", "0.#")
    return format_percent(Decimal(str(given)), pattern, locale=locale)


def _callables(words: Words) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Make what templates look words up with: in the area of the template that asks."""

    @pass_context
    def gettext(context: Context, text: str) -> Markup:
        # Jinja takes what this returns for markup: a text that came from elsewhere is none.
        return escape(words.gettext(text, area=_area_of(context)))

    @pass_context
    def ngettext(  # noqa: PLR0917  # called by Jinja, in its order
        context: Context, one: str, many: str, count: int
    ) -> Markup:
        return escape(words.ngettext(one, many, count, area=_area_of(context)))

    return gettext, ngettext


def _area_of(context: Context) -> str:
    return (context.name or FRAME).partition("/")[0]


def _unit(language: str, given: str) -> str:
    """Name a unit (UN/ECE Recommendation 20); one without a name stays as it is."""
    return words_of(language).gettext(UNITS.get(given, given))


def _measured(language: str, given: str) -> str:
    """Name the unit of an amount: `500 C62`."""
    amount, _, unit = given.partition(" ")
    return f"{amount} {_unit(language, unit)}" if unit else given


def _told(language: str, given: Flaw | str | None) -> Told | str:
    """Tell what is wrong with a field, in the reader's language where that is known."""
    if not given:
        return ""
    flaw = given if isinstance(given, Flaw) else Flaw("", given, "")
    return told(flaw, words_of(language))


def _said(language: str, given: str | None, *, marks: bool = True) -> Told | str:
    """Tell a statement of the interface in the reader's language where that is known."""
    return said(given or "", words_of(language), marks=marks)


def _beside(language: str, detail: str, code: str) -> Told | str:
    """Tell what a refusal says beside what its code means."""
    return beside(Flaw("", detail, code), words_of(language))
