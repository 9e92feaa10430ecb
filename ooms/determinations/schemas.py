"""Determinations on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from ooms.access.confidentiality import ONLY_OWNER_AND_HOLDER, Sight, Withheld
from ooms.access.schemas import AgreementCode, Body, Country, Currency, Exact, WithheldOut
from ooms.determinations.impact import Impact
from ooms.determinations.model import ComparedProduct, Determined, Request
from ooms.determinations.veil import ONLY_ITS_SUPPLIER, Veil, plain
from ooms.languages.telling import in_words


class PriceBody(Body):
    """What one unit is sold for, and on which basis that is stated."""

    basis: Literal["FOB", "EXW", "AV", "TV", "NC"]
    amount: Exact
    currency: Currency


class _CaseIn(Body):
    """For which buyer's country, when, and at which price; `facts` answers questions."""

    importing_party: Country
    on: date | None = None
    price: PriceBody | None = None
    facts: Annotated[dict[str, bool | str], Field(default_factory=dict, max_length=200)]
    #: Where the goods are made; needed when bills of several plants hold on the day.
    plant: Annotated[str, Field(max_length=70)] | None = None

    def under(self, agreement: str, *, today: date) -> Request:
        """Return the request under an agreement; without a day of its own it is for today."""
        return Request(
            agreement=agreement,
            importing_party=self.importing_party,
            on=self.on or today,
            price=self.price.model_dump(mode="json") if self.price else None,
            facts=dict(self.facts),
            plant=self.plant,
        )


class DeterminationIn(_CaseIn):
    """Under which agreement and for which buyer's country; `facts` answers questions."""

    agreement: AgreementCode

    def value(self, *, today: date) -> Request:
        """Return the request."""
        return self.under(self.agreement, today=today)


class ComparisonIn(_CaseIn):
    """For which product and buyer's country all agreements are compared."""

    product_id: Annotated[str, Field(min_length=1, max_length=36)]

    def value(self, *, today: date) -> Request:
        """Return the request; each agreement takes the place of this one in turn."""
        return self.under("any", today=today)


class DeterminationOut(Body):
    """A determination; `answer` is its stored trace, told in the reader's language."""

    id: str
    exporter_id: str
    product_id: str
    bill_version: int
    agreement: str
    exporting_party: str
    importing_party: str
    judged_on: date
    verdict: str
    criterion: str | None
    rule_pack: str
    engine: str
    inputs_hash: str | None
    case: dict[str, Any]
    answer: dict[str, Any]
    determined_at: datetime
    state: str
    stale_reasons: dict[str, str]
    withheld: WithheldOut | None = None

    @classmethod
    def of(cls, determined: Determined, words: Mapping[str, str], *, seen: Sight) -> Self:
        """Show a determination in the words of a catalogue, as far as the reader may see it."""
        shown: dict[str, Any] = {
            name: getattr(determined, name) for name in cls.model_fields if name != "withheld"
        }
        answer = in_words(determined.answer, words)
        if seen is Sight.NAMED:
            shown |= _named(determined, answer)
        elif seen is Sight.OWN and determined.sealed:
            shown |= _unsealed(determined, answer, words)
        else:
            shown |= {"answer": answer}
        return cls.model_validate(shown)


def _named(determined: Determined, answer: dict[str, Any]) -> dict[str, Any]:
    """Show what was judged and found, and nothing that led there."""
    hidden = ("case", "answer", "inputs_hash", "stale_reasons")
    return {
        "case": {name: determined.case[name] for name in ("hs_edition", "product")},
        "answer": {name: answer[name] for name in ("verdict", "verdict_text", "criterion")},
        "inputs_hash": None,
        "stale_reasons": plain(determined.stale_reasons),
        "withheld": WithheldOut.of(Withheld(hidden, ONLY_OWNER_AND_HOLDER)),
    }


def _unsealed(
    determined: Determined, answer: dict[str, Any], words: Mapping[str, str]
) -> dict[str, Any]:
    """Show a company its determination without what its suppliers sealed."""
    veil = Veil(determined.sealed, words)
    hidden = tuple(f"case/{line}/statement" for line in determined.sealed)
    figures = ("answer/alternatives", "answer/value", "answer/would_qualify_if", "inputs_hash")
    return {
        "case": veil.case(determined.case),
        "answer": veil.answer(answer),
        "inputs_hash": None,
        "stale_reasons": plain(determined.stale_reasons),
        "withheld": WithheldOut.of(Withheld((*hidden, *figures), ONLY_ITS_SUPPLIER)),
    }


class ComparisonOut(Body):
    """Every agreement in force between the two countries, the best first."""

    product_id: str
    exporting_party: str
    importing_party: str
    judged_on: date
    agreements: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, compared: ComparedProduct, words: Mapping[str, str], *, seen: Sight) -> Self:
        """Show a comparison in the words of a catalogue, as far as the reader may see it."""
        sealed = () if seen is Sight.WHOLE else compared.sealed
        rows = Veil(sealed, words).rows(in_words(row, words) for row in compared.rows)
        return cls(
            product_id=compared.product_id,
            exporting_party=compared.exporting_party,
            importing_party=compared.importing_party,
            judged_on=compared.judged_on,
            agreements=rows,
        )


class ImpactOut(Body):
    """A determination that rests on a declaration; `effect` null means that it would stand."""

    determination_id: str
    product_id: str
    agreement: str
    state: str
    stale_reasons: dict[str, str]
    effect: str | None
    verdict_before: str
    verdict_after: str

    @classmethod
    def of(cls, determined: Determined, impact: Impact | None) -> Self:
        """Show what becomes of a determination."""
        after = impact.after if impact else None
        return cls(
            determination_id=determined.id,
            product_id=determined.product_id,
            agreement=determined.agreement,
            state=determined.state,
            stale_reasons=plain(determined.stale_reasons),
            effect=impact.effect if impact else None,
            verdict_before=determined.verdict,
            verdict_after=after.verdict if after else determined.verdict,
        )
