"""A form as dated data: its boxes, criteria, limits and clocks, each with its source.

Nothing here knows an agreement by name.  `verified` says that the primary text was read; the rest
rests on secondary sources or working knowledge, and says so in `source`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from eodes.domain.certificate import (
    AgreementCode,
    Country,
    CriterionKind,
    Currency,
    HsSide,
    IssuanceKind,
    RemarkCode,
)
from eodes.domain.record import Amount, Count, Text, Whole
from eodes.domain.workdays import PeriodUnit

Source = Annotated[str, Text(600, 3)]
BoxNumber = Annotated[str, Text(10)]
FieldPath = Annotated[str, Text(120)]
Words = Annotated[str, Text(400)]
Length = Annotated[int, Whole(0, 3650)]
Share = Annotated[Decimal, Amount(7, 4, positive=False)]

VALUE_KINDS = frozenset(
    {
        CriterionKind.VALUE_CONTENT,
        CriterionKind.TARIFF_CHANGE_AND_VALUE_CONTENT,
        CriterionKind.PARTIAL_CUMULATION,
        CriterionKind.NON_PARTY_CONTENT,
        CriterionKind.CUMULATED_CONTENT,
    }
)


@dataclass(frozen=True, slots=True)
class Edition:
    """When this edition of the form is the one to use; both days included."""

    valid_from: date
    source: Source
    verified: bool
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """Who the agreement binds."""

    countries: Annotated[tuple[Country, ...], Count(2)]
    source: Source
    verified: bool


class Presence(StrEnum):
    """Whether a box must be filled."""

    MANDATORY = "MANDATORY"
    CONDITIONAL = "CONDITIONAL"
    OPTIONAL = "OPTIONAL"
    CUSTOMS = "CUSTOMS"  # filled by importing customs, empty at issue


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the paper and the canonical fields that it shows.

    Of a mandatory box every one of `fields` must be there ("a|b": one of them); `also` may be.
    """

    number: BoxNumber
    title: Words
    presence: Presence
    source: Source
    verified: bool
    fields: tuple[FieldPath, ...] = ()
    also: tuple[FieldPath, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class CriterionPattern:
    """A criterion that the form knows, as it is printed: a template with {level}, {percent}."""

    kind: CriterionKind
    printed: Annotated[str, Text(100)]
    source: Source
    verified: bool
    accepted: tuple[Annotated[str, Text(100)], ...] = ()  # other spellings, read but not printed
    least_percent: Share | None = None
    below_percent: Share | None = None  # the share itself is already too much
    most_percent: Share | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class CriterionSuffix:
    """What may follow a criterion, such as a sign for accumulation."""

    printed: Annotated[str, Text(20)]
    remark: RemarkCode
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class PercentRounding:
    """Issuers who print a percentage cut to some decimal places."""

    issuers: Annotated[tuple[Country, ...], Count(1)]
    places: Annotated[int, Whole(0, 4)]
    source: Source
    verified: bool


class FobRule(StrEnum):
    """When an item shows its free-on-board value."""

    ALWAYS = "ALWAYS"
    IF_VALUE_CONTENT = "IF_VALUE_CONTENT"
    FORBIDDEN = "FORBIDDEN"
    OPTIONAL = "OPTIONAL"


@dataclass(frozen=True, slots=True)
class FobDuty:
    """The rule, and the countries it binds (exporting and importing); none named binds all."""

    rule: FobRule
    source: Source
    verified: bool
    countries: tuple[Country, ...] = ()


@dataclass(frozen=True, slots=True)
class HsDuty:
    """How many digits of whose tariff, and in which editions of the Harmonized System."""

    least_digits: Annotated[int, Whole(6, 12)]
    most_digits: Annotated[int, Whole(6, 12)]
    editions: Annotated[tuple[int, ...], Count(1)]
    source: Source
    verified: bool
    side: HsSide | None = None  # of the digits beyond six


@dataclass(frozen=True, slots=True)
class ItemCap:
    """How many items one certificate may carry, for issues between two days."""

    most: Annotated[int, Whole(1, 99_999)]
    source: Source
    verified: bool
    issuers: tuple[Country, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None


class InvoiceMechanism(StrEnum):
    """How the paper says that an operator outside the parties issued the invoice."""

    REMARKS_TEXT = "REMARKS_TEXT"
    TICK_AND_NAME = "TICK_AND_NAME"
    OWN_BOX = "OWN_BOX"
    TICK_AND_REMARKS = "TICK_AND_REMARKS"
    NOT_PROVIDED = "NOT_PROVIDED"


@dataclass(frozen=True, slots=True)
class ThirdCountryInvoicing:
    """Mechanism, box, and whether the operator's address is shown beside name and country."""

    mechanism: InvoiceMechanism
    source: Source
    verified: bool
    box: BoxNumber | None = None
    address: bool = False


@dataclass(frozen=True, slots=True)
class IssuanceRule:
    """A kind of issue that the form knows.

    `original_date_issuers`: issuing countries whose certificates of this kind carry the date of
    the original.  `original_date_always`: the agreement itself says so.  `limit_months`: not
    later than so many months from the original's issue.
    """

    kind: IssuanceKind
    source: Source
    verified: bool
    original_date_always: bool = False
    original_date_issuers: tuple[Country, ...] = ()
    limit_months: Annotated[int, Whole(1, 120)] | None = None


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Words or a tick, and the box they stand in; `issuers` where only some write there."""

    code: RemarkCode
    words: Words
    box: BoxNumber
    source: Source
    verified: bool
    issuers: tuple[Country, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueWindow:
    """How long after shipment an issue is still normal; later ones are retroactive."""

    length: Length
    unit: PeriodUnit
    first_day_counts: bool
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A plain period, "no later than"."""

    length: Length
    unit: PeriodUnit
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a certificate is good.

    `original_kinds` count from the original's issue.  `settled`: the text itself says which day
    is the first, so a difference of one day is an error and no other way of counting.
    """

    length: Length
    unit: PeriodUnit
    source: Source
    verified: bool
    day_after: bool = False
    settled: bool = False
    original_kinds: tuple[IssuanceKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """The value up to which no certificate is asked for."""

    amount: Annotated[Decimal, Amount(12, 2)]
    currency: Currency
    basis: Annotated[str, Text(40)]
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class Records:
    """How long the issuing body, exporter and producer keep the papers."""

    years: Annotated[int, Whole(1, 30)]
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class VerificationReply:
    """How long the issuing side has to answer a request, and the whole check at most."""

    length: Length
    unit: PeriodUnit
    source: Source
    verified: bool
    from_day_after_receipt: bool = False
    whole_length: Length | None = None
    whole_unit: PeriodUnit | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One dated edition of one form; equal only to itself, so that what is derived is cached."""

    agreement: AgreementCode
    form_type: Annotated[str, Text(20)]
    title: Words
    edition: Edition
    parties: Parties
    boxes: Annotated[tuple[Box, ...], Count(1)]
    criteria: Annotated[tuple[CriterionPattern, ...], Count(1)]
    fob: FobDuty
    hs: HsDuty
    third_country_invoicing: ThirdCountryInvoicing
    issuance: Annotated[tuple[IssuanceRule, ...], Count(1)]
    issue_window: IssueWindow
    retroactive_limit: Limit
    validity: Validity
    records: Records
    item_caps: tuple[ItemCap, ...] = ()
    suffixes: tuple[CriterionSuffix, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    percent_rounding: PercentRounding | None = None
    waiver: Waiver | None = None
    verification_reply: VerificationReply | None = None

    def is_used(self, on: date) -> bool:
        """Tell whether this edition is the one to use on a day."""
        until = self.edition.valid_until
        return self.edition.valid_from <= on and (until is None or on <= until)

    def box_of(self, path: str) -> str:
        """Return the number of the box that shows a field, or an empty string."""
        return _boxes_by_field(self).get(path, "")

    def issuance_rule(self, kind: IssuanceKind) -> IssuanceRule | None:
        """Return the rule for a kind of issue, or None when the form does not know it."""
        return next((rule for rule in self.issuance if rule.kind == kind), None)

    def endorsement(self, code: RemarkCode, *, issuer: Country) -> Endorsement | None:
        """Return the words and the box for a remark, as an issuing country writes it."""
        fits = (one for one in self.endorsements if one.code == code)
        return next((one for one in fits if not one.issuers or issuer in one.issuers), None)

    def item_cap(self, *, issuer: Country, on: date) -> ItemCap | None:
        """Return the cap on items that binds an issuer on a day."""
        return next((cap for cap in self.item_caps if _binds(cap, issuer, on)), None)


@lru_cache(maxsize=256)
def _boxes_by_field(form: Form) -> dict[str, str]:
    shown = [(path, box.number) for box in form.boxes for path in (*box.fields, *box.also)]
    return {one: number for paths, number in reversed(shown) for one in paths.split("|")}


def _binds(cap: ItemCap, issuer: Country, on: date) -> bool:
    if cap.issuers and issuer not in cap.issuers:
        return False
    begun = cap.valid_from is None or cap.valid_from <= on
    return begun and (cap.valid_until is None or on <= cap.valid_until)
