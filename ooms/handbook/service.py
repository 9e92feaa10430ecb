"""Tell everybody what holds here: agreements, the rule of a code, what codes mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from ooms.agreements.coverage import coverage
from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.registry import Registry, UnknownAgreementError
from ooms.agreements.shown import shown_rules
from ooms.approvals.scheme import ListRules
from ooms.decisions.reasons import Reasons
from ooms.handbook.loader import load_office_codes
from ooms.handbook.model import (
    AgreementTold,
    Code,
    Reach,
    RuleTold,
    UnknownRuleError,
    codes_in_order,
)
from ooms.kernel.hs import HsCode, HsCodeError
from ooms.languages.telling import notation_in_words
from ooms.procedures.model import Procedure


class Handbook:
    """The desk of what everybody may know."""

    def __init__(  # noqa: PLR0913  # the parts of a handbook, each by its name
        self,
        *,
        country: str,
        registry: Registry,
        procedure: Procedure,
        denials: Reasons,
        lists: ListRules | None,
        partners_codes: Iterable[Code],
    ) -> None:
        """Know what the other desks work by."""
        self.country = country
        self.procedure = procedure
        self.denials = denials
        self.lists = lists
        self.codes = codes_in_order(load_office_codes(), partners_codes)
        self._registry = registry

    @cached_property
    def agreements(self) -> tuple[AgreementTold, ...]:
        """Every agreement that is known here, with how far its rules go: counted once."""
        return tuple(self._told(one) for one in self._registry.every())

    def rules(
        self, agreement: str, digits: str, *, catalogue: Mapping[str, str]
    ) -> tuple[RuleTold, ...]:
        """Tell the rules of a code under an agreement.

        Raises:
            UnknownRuleError: the agreement is not known, or the digits are no code.

        """
        try:
            found = self._registry.agreement(agreement)
            shown = shown_rules(found, HsCode.parse(digits))
        except UnknownAgreementError as error:
            raise UnknownRuleError(pointer="/agreement", words=str(error)) from error
        except HsCodeError as error:
            raise UnknownRuleError(pointer="/hs", words=str(error)) from error
        return tuple(_rule(one, catalogue) for one in shown)

    def _told(self, agreement: Agreement) -> AgreementTold:
        parties = tuple(one.letters for one in agreement.parties)
        return AgreementTold(
            code=agreement.code,
            name=agreement.name,
            parties=parties,
            is_ours=self.country in parties,
            reach=tuple(_reach(one) for one in agreement.rule_sets),
        )


def _reach(rule_set: RuleSet) -> Reach:
    found = coverage(rule_set)
    return Reach(
        rule_set=rule_set.id,
        since=rule_set.validity.start,
        until=rule_set.validity.end,
        hs_edition=rule_set.hs_edition,
        rules=found.rules,
        structured=found.structured,
        verified=found.verified,
        covered=found.covered,
        total=found.total,
    )


def _rule(shown: Mapping[str, object], catalogue: Mapping[str, str]) -> RuleTold:
    notation = str(shown["rule"])
    return RuleTold(
        rule_set=str(shown["rule_set"]),
        hs_edition=int(str(shown["hs_edition"])),
        codes=str(shown["codes"]),
        goods=str(shown["goods"]),
        rule=notation,
        words=notation_in_words(notation, catalogue),
        source=str(shown["source"]),
        verified=bool(shown["verified"]),
    )
