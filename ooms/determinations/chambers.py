"""An agreement with its rules compiled: judges prepared bills, the traced engine for the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import localcontext

from ooms.agreements.model import Agreement
from ooms.agreements.nomenclature import EDITIONS, Nomenclature
from ooms.kernel.country import CountryCode
from ooms.kernel.quantity import EXACT
from ooms.origin.compiled.brief import Brief
from ooms.origin.compiled.judge import judge_in_force
from ooms.origin.compiled.prepared import CodeBook, PreparedBill
from ooms.origin.compiled.rules import CompiledRuleSet, compile_rule_set
from ooms.origin.determine import determine
from ooms.origin.facts import Case


@dataclass(frozen=True, slots=True)
class Found:
    """What a case came to, and which of the two engines said so."""

    brief: Brief
    is_compiled: bool


@dataclass(frozen=True, slots=True)
class Chamber:
    """One agreement with those of its rule sets compiled whose edition has its codes here."""

    agreement: Agreement
    compiled: dict[str, CompiledRuleSet]
    book: CodeBook

    @classmethod
    def of(cls, agreement: Agreement, *, book: CodeBook, edition: int | None = None) -> Chamber:
        """Compile an agreement; `edition` reads its rules as if they were written in that one."""
        if edition is not None:
            moved = tuple(replace(rs, hs_edition=edition) for rs in agreement.rule_sets)
            agreement = replace(agreement, rule_sets=moved)
        compiled = {
            rs.id: compile_rule_set(
                rs, agreement=agreement, nomenclature=Nomenclature.of(rs.hs_edition)
            )
            for rs in agreement.rule_sets
            if rs.hs_edition in EDITIONS
        }
        return cls(agreement, compiled, book)

    def importer(self, case: Case) -> CountryCode | None:
        """Give the case's importing Party, or where it is left open the first other Party.

        None where the countries are not Parties. A case leaves the importing Party open by
        naming the exporting one.
        """
        parties, home = self.agreement.parties, case.exporting_party
        if home not in parties:
            return None
        if case.importing_party == home:
            return next((party for party in sorted(parties) if party != home), None)
        return case.importing_party if case.importing_party in parties else None

    def judge(
        self, prepared: PreparedBill, *, importer: CountryCode, traced: bool = False
    ) -> Found:
        """Judge a prepared bill by the compiled rules, or else by the traced engine.

        Raises:
            CaseError: The case does not fit the agreement.
            BillTooDeepError: The bill of materials nests too deeply.
        """
        compiled = () if traced else self._in_force(prepared.case)
        if compiled:
            with localcontext(EXACT):
                brief = judge_in_force(compiled, prepared)
            if brief is not None:
                return Found(brief, is_compiled=True)
        case = replace(prepared.case, agreement=self.agreement.code, importing_party=importer)
        judged = determine(case, self.agreement, editions=self.book.editions)
        return Found(Brief.of(judged), is_compiled=False)

    def _in_force(self, case: Case) -> tuple[CompiledRuleSet, ...]:
        """Give the compiled rule sets of the case's day; none where one cannot be compiled."""
        found = self.agreement.rule_sets_on(case.on)
        compiled = tuple(self.compiled[rs.id] for rs in found if rs.id in self.compiled)
        return compiled if len(compiled) == len(found) else ()
