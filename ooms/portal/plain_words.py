"""What is wrong with a field, in words for who fills it in.

The interface tells programs what a member should be; people are told what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ooms.portal.languages import N_
from ooms.portal.sentences import fill_in

_FILL_IN = N_("Fill this in.")
_CHOOSE = N_("Choose one of the list.")
_NAME_ONE = N_("Name at least one.")
_DAY = N_("Write a day that exists: year, month and day.")
_TO_COME = N_("This day is still to come.")
_DECIMAL = N_("Write a number in digits, with a point before decimals.")
_SPELLED = N_("It is not written as it has to be.")
_CODE = N_("Write the tariff code with 6 to 12 digits.")
_COUNTRY = N_("Write the country with its two letters.")
_CURRENCY = N_("Write the currency with its three letters.")
#: The words of the interface about the shape of a member, and what people read instead; what a
#: pattern names is told with it.
_TABLE: Mapping[str, str] = {
    r"Field required": _FILL_IN,
    r"String should have at least 1 character": _FILL_IN,
    r"String should have at least (?P<least>\d+)": N_("Write at least %(least)s characters."),
    r"String should have at most (?P<most>\d+)": N_("Write at most %(most)s characters."),
    r"String should match pattern '\^(\(?\[0-9\]\{6,12\}|\(?\[0-9\]\{6\})": _CODE,
    r"String should match pattern '\^\(\[0-9\]\{2,6\}\)": N_("Write two to six digits."),
    r"String should match pattern '\^\(?\[A-Z\]\{2\}\)?\??\$'": _COUNTRY,
    r"String should match pattern '\^\[A-Z\]\{3\}\$'": _CURRENCY,
    r"String should match pattern": _SPELLED,
    r"(Tuple|List) should have at least 1 ": _NAME_ONE,
    r"(Tuple|List) should have at least (?P<least>\d+)": N_("Name at least %(least)s."),
    r"(Tuple|List) should have at most (?P<most>\d+)": N_("Name at most %(most)s."),
    r"(Decimal input|Number) should have no more than (?P<most>\d+) decimal": N_(
        "Write at most %(most)s digits after the point."
    ),
    r"(Decimal input|Number) should have no more than (?P<most>\d+) digits": N_(
        "Write at most %(most)s digits."
    ),
    r"Input should be a valid (date|datetime)": _DAY,
    r"Input should be a valid integer": N_("Write a whole number."),
    r"Input should be a valid (decimal|number)": _DECIMAL,
    r"Input should be a valid boolean": N_("Answer yes or no."),
    r"Input should be a valid (string|dictionary|tuple|list|UUID)": _FILL_IN,
    r"a decimal is written as a text": _DECIMAL,
    r"(?P<text>'.*') is not a non-negative decimal number": N_(
        "%(text)s is no number here: write digits, with a point before decimals and nothing "
        "between thousands."
    ),
    r"Input should be greater than or equal to (?P<least>\S+)": N_(
        "Write a number of %(least)s or more."
    ),
    r"Input should be greater than (?P<least>\S+)": N_("Write a number above %(least)s."),
    r"Input should be less than or equal to (?P<most>\S+)": N_(
        "Write a number of %(most)s or less."
    ),
    r"Input should be less than (?P<most>\S+)": N_("Write a number below %(most)s."),
    r"Input should be '": _CHOOSE,
    r"Extra inputs are not permitted": N_("This does not belong here."),
    r"(is none|one|not one) of (?P<known>.+)": N_("Choose one of these: %(known)s."),
    r"is (missing|empty)$": _FILL_IN,
    r"is what (this kind of|an accumulation) declaration states": _FILL_IN,
    r"HS (?P<edition>\d+) has no code (?P<code>\S+)": N_(
        "The Harmonized System of %(edition)s has no code %(code)s."
    ),
    r"(.*: )?there is no chapter (?P<chapter>\d+)": N_("There is no chapter %(chapter)s."),
    r"(.*: )?a code has 2, 4, 6 or more digits in pairs": N_(
        "Write the tariff code with 6 digits or more."
    ),
    r"(.* )?is no country of two capital letters": _COUNTRY,
    r"(.* )?must be three capital letters": _CURRENCY,
    r"(?P<login>\S+) is taken$": N_("%(login)s is taken; choose another name."),
    r"(?P<number>\S+) is registered already$": N_("%(number)s is registered already."),
    r"(?P<code>\S+) is in no list; see /procedure": N_(
        "%(code)s is in no list; choose one of the list."
    ),
    r"(that|the|this) day (has not come yet|is still to come)|is still to come$": _TO_COME,
    r"lies in the future$": _TO_COME,
    r"(must be more than zero|a quantity is more than nothing)$": N_("Write more than nothing."),
    r"must come after the first day, and after today": N_(
        "Write a day after the first day, and after today."
    ),
    r"valid_until must come after valid_from": N_("The last day must come after the first."),
    r"must come after the first day$": N_("The last day must come after the first."),
    r"(?P<kind>[A-Z_]+) lasts from (?P<least>\d+) to (?P<most>\d+) days \((?P<source>.+)\)": N_(
        "Write from %(least)s to %(most)s days (%(source)s)."
    ),
    r"\S* ?is no ground under ": _CHOOSE,
    r"is stated beside foreign_value": N_(
        "State either this or the value of foreign materials, not both."
    ),
    r"the letter is not posted, ": N_(
        "Print and seal the letter, post it and note its posting; then this can go."
    ),
    r"the letter is (sealed|posted), ": N_("The letter is there already; it is not made twice."),
    r"the importer is not asked yet \((?P<source>.+)\), ": N_(
        "Ask the importer for papers first (%(source)s)."
    ),
    r"the verification is open to objections until (?P<until>\S+), ": N_(
        "The importer may object until %(until)s; close the case afterwards."
    ),
    r"lies before the first day": N_("This lies before the first day."),
    r"lies after the first day": N_("This lies after the first day."),
    r"say why$": N_("Say why."),
    r"a line refers to an invoice that is not there": N_(
        "A line names an invoice that is not there."
    ),
    r"a line cites a determination or takes from first certificates": N_(
        "A line rests on a determination, or on first certificates."
    ),
    r"two lines have the same (item_no|line_no)": N_("Two lines have the same number."),
    r"a late claim names the day of release in released_on": N_("Name the day of release."),
    r"a line without specifications names its quantity and unit": N_("Name quantity and unit."),
    r"is no open site of the company": N_("Choose an open site of the company."),
    r"is not the password": N_("This is not the password."),
    r"write yes or no, or leave it empty": N_("Write yes or no, or leave it empty."),
    r"say which facts the decision rests on": N_("Say which facts the decision rests on."),
    r"name the verification, or say why": N_("Name the verification, or say why."),
    r"name the day instead": N_("Name the day instead."),
    r"no such column": N_("There is no such column."),
    r"stands twice$": N_("This stands twice."),
    r"has no answer$": N_("Answer this."),
    r"who drafted a re(sult|quest) does not approve it": N_("Who drafted it does not approve it."),
    r"another officer than who decided decides on it": N_("Another officer decides on it."),
    r"only an? (exporter|company) ": N_("Only a company does this."),
}
_PLAIN = tuple((re.compile(told), said) for told, said in _TABLE.items())


@dataclass(frozen=True, slots=True)
class Advice:
    """What people read: English words, and the facts that fill them."""

    words: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def filled(self, words: str) -> str:
        """Fill the facts into the same words of a language."""
        return fill_in(words, self.facts)


def reworded(detail: str) -> Advice | None:
    """Return what is wrong as people read it; nothing where the sentence itself is for people."""
    for told, said in _PLAIN:
        found = told.match(detail)
        if found:
            facts = {name: one for name, one in found.groupdict().items() if f"%({name})s" in said}
            return Advice(said, facts)
    return None


def advice_on(detail: str) -> Advice:
    """Return what is wrong as people read it; what the interface says in sentences stays."""
    return reworded(detail) or Advice(detail)


def plainly(detail: str) -> str:
    """Return what is wrong as people read it, in English."""
    advice = advice_on(detail)
    return advice.filled(advice.words)
