"""The handbook on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Self

from ooms.access.schemas import Body, Exact
from ooms.approvals.scheme import Code as SchemeCode
from ooms.approvals.scheme import ListRules
from ooms.handbook.model import AgreementTold, RuleTold
from ooms.handbook.service import Handbook
from ooms.procedures.model import ReasonCode


class ReachOut(Body):
    """How far the product rules of a rule set go; `verified` were read in the primary text."""

    rule_set: str
    since: date
    until: date | None
    hs_edition: int
    rules: int
    structured: int
    verified: int
    covered: int
    total: int


class AgreementToldOut(Body):
    """An agreement that is known here."""

    code: str
    name: str
    parties: tuple[str, ...]
    is_ours: bool
    reach: tuple[ReachOut, ...]


class AgreementsToldOut(Body):
    """Every agreement that is known here, by code."""

    country: str
    items: tuple[AgreementToldOut, ...]

    @classmethod
    def of(cls, country: str, found: Iterable[AgreementTold]) -> Self:
        """Show agreements."""
        items = tuple(AgreementToldOut.model_validate(one, from_attributes=True) for one in found)
        return cls(country=country, items=items)


class RuleToldOut(Body):
    """A rule of a code: in notation, in words, and where it stands."""

    rule_set: str
    hs_edition: int
    codes: str
    goods: str
    rule: str
    words: str
    source: str
    verified: bool


class RulesToldOut(Body):
    """The rules of a code; the rule for every good of the code comes last."""

    items: tuple[RuleToldOut, ...]
    #: Where they were asked for too: every agreement that is known here.
    agreements: AgreementsToldOut | None = None

    @classmethod
    def of(cls, found: Iterable[RuleTold], *, agreements: AgreementsToldOut | None = None) -> Self:
        """Show rules."""
        items = tuple(RuleToldOut.model_validate(one, from_attributes=True) for one in found)
        return cls(items=items, agreements=agreements)


class PublicReasonOut(Body):
    """A reason code in words."""

    code: str
    words: str


class PublicGroundOut(Body):
    """A ground of denial in words, with its texts of law and what may be done about it."""

    code: str
    words: str
    basis: tuple[str, ...]
    remedies: tuple[str, ...]


class CodeToldOut(Body):
    """A code that the interface or a partner answers with."""

    code: str
    means: str
    who: str
    then: str
    source: str


class ReasonsOut(Body):
    """Every code by which something is refused, asked for or taken back here."""

    procedure: str
    refusal: tuple[PublicReasonOut, ...]
    completion: tuple[PublicReasonOut, ...]
    kinds: dict[str, tuple[PublicReasonOut, ...]]
    denial: tuple[PublicGroundOut, ...]
    codes: tuple[CodeToldOut, ...]

    @classmethod
    def of(cls, desk: Handbook, words: Mapping[str, str]) -> Self:
        """Show the codes in the words of a language, as far as they have some."""
        procedure, denials = desk.procedure, desk.denials
        return cls(
            procedure=procedure.name,
            refusal=_reasons(procedure.refusal_reasons),
            completion=_reasons(procedure.completion_reasons),
            kinds={kind: _reasons(codes) for kind, codes in procedure.kind_reasons.items()},
            denial=tuple(
                PublicGroundOut(
                    code=one.code,
                    words=words[one.key],
                    basis=tuple(
                        each.source for each in one.based_on(agreement="", country=desk.country)
                    ),
                    remedies=tuple(one.remedies),
                )
                for one in denials.grounds.by_code.values()
            ),
            codes=tuple(
                CodeToldOut.model_validate(one, from_attributes=True) for one in desk.codes
            ),
        )


class CriterionOut(Body):
    """One part of the published formula, with its figure and where it stands."""

    kind: str
    figure: Exact | None
    codes: tuple[str, ...]
    source: str
    verified: bool


class RemovalToldOut(Body):
    """Why a company is taken off the list."""

    code: str
    words: str
    source: str
    verified: bool


class ScoreOut(Body):
    """The published formula of the lists of applicants; nothing where the country has none."""

    fixed_by: str
    on_site: tuple[CriterionOut, ...]
    waiver: tuple[CriterionOut, ...]
    removals: tuple[RemovalToldOut, ...]

    @classmethod
    def of(cls, rules: ListRules | None) -> Self:
        """Show the formula."""
        if rules is None:
            return cls(fixed_by="", on_site=(), waiver=(), removals=())
        return cls(
            fixed_by=rules.fixed_by,
            on_site=_on_site(rules),
            waiver=_waiver(rules),
            removals=tuple(_removal(one) for one in rules.removals),
        )


def _on_site(rules: ListRules) -> tuple[CriterionOut, ...]:
    errors, counted, convicted = rules.errors, rules.errors.counted, rules.convictions
    return (
        CriterionOut(
            kind="ERROR_RATE",
            figure=errors.above_percent,
            codes=(),
            source=errors.source,
            verified=errors.verified,
        ),
        CriterionOut(
            kind="COUNTED",
            figure=None,
            codes=(*counted.what, *counted.faults),
            source=counted.source,
            verified=counted.verified,
        ),
        CriterionOut(
            kind="CONVICTIONS",
            figure=Decimal(convicted.least),
            codes=convicted.laws,
            source=convicted.source,
            verified=convicted.verified,
        ),
        CriterionOut(
            kind="JUDGMENT",
            figure=None,
            codes=(),
            source=rules.judgment.source,
            verified=rules.judgment.verified,
        ),
    )


def _waiver(rules: ListRules) -> tuple[CriterionOut, ...]:
    waiver, sample = rules.waiver, rules.waiver.sample
    return (
        CriterionOut(
            kind="MONTHS",
            figure=Decimal(waiver.months),
            codes=waiver.grades,
            source=waiver.source,
            verified=waiver.verified,
        ),
        CriterionOut(
            kind="SAMPLE",
            figure=sample.percent,
            codes=(),
            source=sample.source,
            verified=sample.verified,
        ),
    )


def _removal(one: SchemeCode) -> RemovalToldOut:
    return RemovalToldOut(code=one.code, words=one.title, source=one.source, verified=one.verified)


def _reasons(codes: Iterable[ReasonCode]) -> tuple[PublicReasonOut, ...]:
    return tuple(PublicReasonOut(code=one.code, words=one.title) for one in codes)
