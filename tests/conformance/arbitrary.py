"""Arbitrary records for property tests, made from the limits that stand at their fields."""

import dataclasses
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache

from hypothesis import strategies as st

from eodes.domain.certificate import (
    Certificate,
    CertificateItem,
    Party,
    PartyRole,
)
from eodes.domain.partner import AcceptedForm, Charset, Content, Numbers, NumberStyle, Profile, Wire
from eodes.domain.record import Amount, Count, Text, Whole, hints, shape

NUMBERS = st.from_regex(re.compile("[A-Z0-9]{1,10}(-[0-9]{1,10}){0,2}"), fullmatch=True)
#: Everything that XML and a form take, with what XML must escape well represented.
WORDS = st.text(
    st.one_of(
        st.sampled_from("&<>\"' -\n\t;]/ab\u00e9\uc11c\u4e2d"),
        st.characters(
            codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
        ),
    ),
    min_size=1,
    max_size=12,
)
_EMAILS = st.from_regex(re.compile("[a-z]{1,9}@[a-z]{1,9}"), fullmatch=True)
_BY_FIELD = {
    "email": _EMAILS,
    "number_key": None,  # derived from the number
    "number_raw": NUMBERS,
    "path": WORDS,
}


def records(kind, **fixed):
    """A strategy for records of a kind; fields in `fixed` come from their own strategies."""
    return st.builds(kind, **(_fields(kind) | fixed))


@cache
def _fields(kind):
    # Made once: a certificate is drawn in steps, and each step would make its strategies anew.
    return {
        field.name: _values(shape(hints(kind)[field.name]), field.name)
        for field in dataclasses.fields(kind)
        if (field.name, field.default) != ("number_key", "")
    }


def _values(form, name):
    one = _single(form, name)
    if form.many:
        count = form.limit(Count) or Count()
        one = st.lists(one, min_size=count.least, max_size=max(3, count.least)).map(tuple)
    return st.none() | one if form.optional else one


def _single(form, name):
    if form.bare is Certificate:
        return certificates()
    if dataclasses.is_dataclass(form.bare):
        return records(form.bare)
    if issubclass(form.bare, Enum):
        return st.sampled_from(form.bare)
    text, amount, whole = form.limit(Text), form.limit(Amount), form.limit(Whole)
    if text or amount:
        return _texts(text, name) if text else _amounts(amount)
    if form.bare is int:
        return st.integers(whole.least if whole else 1, min(whole.most if whole else 9, 2**31))
    return _PLAIN[form.bare]


_FIRST, _LAST = datetime(1970, 1, 1), datetime(2999, 1, 1)  # noqa: DTZ001  # zones follow
_PLAIN = {
    bool: st.booleans(),
    date: st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    datetime: st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)).map(
        lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
    ),
}


def _texts(limit, name):
    if name in _BY_FIELD and _BY_FIELD[name] is not None:
        return _BY_FIELD[name]
    if limit.pattern:
        whole = re.compile(limit.pattern, re.ASCII)
        fits = st.from_regex(whole, fullmatch=True)
        return fits.filter(lambda text: limit.shortest <= len(text) <= limit.longest)
    return WORDS.map(lambda text: text[: limit.longest])


def _amounts(limit):
    whole = limit.digits - limit.places
    least = 1 if limit.positive else 0
    return st.tuples(st.integers(least, 10 ** min(whole, 9) - 1), st.integers(0, limit.places)).map(
        lambda pair: Decimal(pair[0]).scaleb(-pair[1])
    )


@st.composite
def certificates(draw):
    """Certificates that keep every limit, and whose references point to something."""
    invoices = draw(
        st.lists(records(_invoice_kind()), min_size=1, max_size=3, unique_by=lambda one: one.number)
    )
    exporter = draw(records(Party, role=st.just(PartyRole.EXPORTER)))
    parties = draw(st.lists(records(Party), max_size=4))
    places = st.lists(st.integers(1, len(invoices)), min_size=1, max_size=2).map(tuple)
    items = draw(st.lists(records(CertificateItem, invoice_refs=places), min_size=1, max_size=2))
    return draw(
        records(
            Certificate,
            invoices=st.just(tuple(invoices)),
            parties=st.permutations([exporter, *parties]).map(tuple),
            items=st.just(tuple(items)),
        )
    )


def _invoice_kind():
    return shape(hints(Certificate)["invoices"]).bare


def a_partner_for(certificate=None, *, dialect="eodes", style=NumberStyle.AS_PRINTED):
    """A partner that takes whatever stands in a certificate."""
    editions = {item.hs_edition for item in certificate.items} if certificate else {2022}
    form = (certificate.agreement, certificate.form_type) if certificate else ("KCFTA", "CO")
    return Profile(
        code="zz-test",
        version="1",
        dated=date(2026, 1, 1),
        authority="ZZ-TEST",
        country="ZZ",
        name="A partner that takes everything",
        wire=Wire(dialect=dialect),
        numbers=Numbers(style=style),
        content=Content(
            forms=(AcceptedForm(*form),),
            charset=Charset.UNICODE,
            hs_digits_most=12,
            hs_editions=tuple(sorted(editions)),
            producer_disclosures=tuple(shape(hints(Party)["disclosure"]).bare),
        ),
    )
