"""Lists of applicants: the published formula, who falls under it, and whose review is waived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

_HUNDRED = Decimal(100)
_WHOLE = 1 << 64


class ListKind(StrEnum):
    """What a list is for."""

    ON_SITE = "ON_SITE"
    REVIEW_WAIVER = "REVIEW_WAIVER"


class Ground(StrEnum):
    """Why somebody stands on a list."""

    ERROR_RATE = "ERROR_RATE"
    CONVICTIONS = "CONVICTIONS"
    JUDGMENT = "JUDGMENT"
    COMPANY_APPROVAL = "COMPANY_APPROVAL"
    ITEM_APPROVAL = "ITEM_APPROVAL"
    AEO = "AEO"
    CLEAN_VERIFICATION = "CLEAN_VERIFICATION"


class FactKind(StrEnum):
    """What an officer states about an applicant."""

    CONVICTION = "CONVICTION"
    JUDGMENT = "JUDGMENT"
    AEO = "AEO"
    CLEAN_VERIFICATION = "CLEAN_VERIFICATION"


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated fact: of which day, until when it counts, and who says so on what evidence."""

    id: str
    exporter_id: str
    kind: FactKind
    #: The law of a conviction, or the grade of an authorised operator.
    code: str
    happened_on: date
    text: str
    stated_by: str
    stated_at: datetime
    valid_until: date | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether the fact counts on a day."""
        is_over = self.valid_until is not None and self.valid_until < on
        return self.withdrawn_at is None and self.happened_on <= on and not is_over


@dataclass(frozen=True, slots=True)
class Tally:
    """A company's applications of one year, and those with an error, each with its kinds."""

    exporter_id: str
    year: int
    applications: int
    #: By application: the kinds of error that were recorded.
    errors: Mapping[str, tuple[str, ...]]

    @property
    def percent(self) -> Decimal:
        """The share of applications with an error, unrounded; none without applications."""
        if not self.applications:
            return Decimal(0)
        return _HUNDRED * len(self.errors) / self.applications

    def is_above(self, percent: Decimal) -> bool:
        """Tell whether more than a share went wrong: compared in whole numbers, unrounded."""
        return _HUNDRED * len(self.errors) > percent * self.applications

    def errors_left(self, percent: Decimal) -> int:
        """Tell how many more errors, on as many applications, stay within a share."""
        allowed = int(percent * self.applications // _HUNDRED)
        return max(allowed - len(self.errors), 0)

    def clean_needed(self, percent: Decimal) -> int:
        """Tell how many more applications without an error bring the figures within a share.

        None are needed where they are within it; no number does where every error is too many.
        """
        if not self.is_above(percent) or percent <= 0:
            return 0
        share = _HUNDRED * len(self.errors) / percent
        return int(share.to_integral_value(ROUND_CEILING)) - self.applications

    def words(self, above: Decimal) -> str:
        """Say the figures as the company reads them."""
        compared = "above" if self.is_above(above) else "not above"
        shown = self.percent.quantize(Decimal("0.1"))
        return (
            f"applications {self.applications}, errors {len(self.errors)}, {shown} %, "
            f"{compared} {above} % ({self.year})"
        )


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval that waives review: of the company, or of one item under one agreement."""

    exporter_id: str
    number: str
    agreement: str | None = None
    hs6: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One applicant on a list, why, and what decided it."""

    exporter_id: str
    ground: Ground
    detail: str
    agreement: str | None = None
    hs6: str | None = None
    removed_on: date | None = None
    removed_because: str = ""
    removal_code: str = ""

    def covers(self, agreement: str, hs: str) -> bool:
        """Tell whether goods lie within what the entry is about."""
        if self.agreement is None:
            return True
        return self.agreement == agreement and hs.startswith(self.hs6 or "")


class EditionState(StrEnum):
    """Where an edition of a list stands; a published one never changes."""

    PROPOSED = "PROPOSED"
    PUBLISHED = "PUBLISHED"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class Edition:
    """A list as it was proposed, or fixed and published."""

    id: str
    kind: ListKind
    year: int
    state: EditionState
    entries: tuple[Entry, ...]
    due_on: date
    proposed_at: datetime
    is_urgent: bool = False
    published_by: str = ""
    published_on: date | None = None
    valid_until: date | None = None
    #: Drawn at publication, shown to nobody: which issues are looked at later follows from it.
    seed: str = ""
    digest: str = ""


def digest_of(kind: ListKind, year: int, entries: Iterable[Entry]) -> str:
    """Give the digest of what a list says, so that nobody changes it unseen."""
    lines = sorted(
        "\t".join((one.exporter_id, one.ground, one.agreement or "", one.hs6 or "", one.detail))
        for one in entries
    )
    return hashlib.sha256("\n".join((kind, str(year), *lines)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OnSiteRule:
    """The published rule of the list for on-site checks."""

    above_percent: Decimal
    least_convictions: int


def on_site_entries(
    rule: OnSiteRule, *, year: int, tallies: Iterable[Tally], facts: Iterable[Fact]
) -> tuple[Entry, ...]:
    """Name who is checked on site, by the figures and convictions of the year before.

    An error rate above the limit, or so many convictions, or the issuer's judgment.
    """
    last = year - 1
    entries = [
        Entry(one.exporter_id, Ground.ERROR_RATE, one.words(rule.above_percent))
        for one in tallies
        if one.year == last and one.is_above(rule.above_percent)
    ]
    standing = [one for one in facts if one.withdrawn_at is None]
    convicted: dict[str, list[Fact]] = {}
    for one in standing:
        if one.kind is FactKind.CONVICTION and one.happened_on.year == last:
            convicted.setdefault(one.exporter_id, []).append(one)
    for exporter_id, found in convicted.items():
        if len(found) >= rule.least_convictions:
            laws = ", ".join(sorted(one.code for one in found))
            detail = f"{len(found)} convictions in {last}: {laws}"
            entries.append(Entry(exporter_id, Ground.CONVICTIONS, detail))
    entries += [
        Entry(one.exporter_id, Ground.JUDGMENT, one.text)
        for one in standing
        if one.kind is FactKind.JUDGMENT and _counts_in(one, year)
    ]
    return tuple(sorted(entries, key=lambda one: (one.exporter_id, one.ground)))


def _counts_in(fact: Fact, year: int) -> bool:
    is_over = fact.valid_until is not None and fact.valid_until.year < year
    return fact.happened_on.year <= year and not is_over


@dataclass(frozen=True, slots=True)
class WaiverGrounds:
    """The published rule of the list of waivers, as of a day."""

    grades: tuple[str, ...]
    verified_since: date
    on: date


def waiver_entries(
    rule: WaiverGrounds,
    *,
    approved: Iterable[Approved],
    facts: Iterable[Fact],
    listed: frozenset[str],
) -> tuple[Entry, ...]:
    """Name whose review is waived; nobody who is `listed` for on-site checks is."""
    entries = [_of_approved(one) for one in approved]
    for one in facts:
        if not one.holds(rule.on):
            continue
        if one.kind is FactKind.AEO and one.code in rule.grades:
            entries.append(Entry(one.exporter_id, Ground.AEO, f"AEO {one.code}: {one.text}"))
        elif one.kind is FactKind.CLEAN_VERIFICATION and one.happened_on >= rule.verified_since:
            detail = f"verified on {one.happened_on}: {one.text}"
            entries.append(Entry(one.exporter_id, Ground.CLEAN_VERIFICATION, detail))
    return tuple(
        sorted(
            (one for one in entries if one.exporter_id not in listed),
            key=lambda one: (one.exporter_id, one.ground, one.agreement or "", one.hs6 or ""),
        )
    )


def _of_approved(one: Approved) -> Entry:
    ground = Ground.ITEM_APPROVAL if one.agreement else Ground.COMPANY_APPROVAL
    return Entry(one.exporter_id, ground, one.number, one.agreement, one.hs6)


def is_sampled(application_id: str, *, seed: str, percent: Decimal) -> bool:
    """Tell whether an issue without review is looked at later: it follows from id and seed."""
    digest = hashlib.sha256(f"{seed}:{application_id}".encode()).digest()
    drawn = int.from_bytes(digest[:8], "big")
    return _HUNDRED * drawn < percent * _WHOLE


class PostOutcome(StrEnum):
    """What a later look found."""

    CLEAN = "CLEAN"
    FLAWED = "FLAWED"


@dataclass(frozen=True, slots=True)
class Waiver:
    """The review of one application, waived by rule; what a later look found, if any."""

    application_id: str
    exporter_id: str
    edition_id: str
    ground: Ground
    detail: str
    granted_on: date
    is_sampled: bool
    issued_on: date | None = None
    outcome: PostOutcome | None = None
    text: str = ""
    checked_by: str | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """A company's statement against its entry or its figures, and what a supervisor answered."""

    id: str
    exporter_id: str
    edition_id: str
    statement: str
    stated_by: str
    stated_at: datetime
    is_upheld: bool | None = None
    answer: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None
