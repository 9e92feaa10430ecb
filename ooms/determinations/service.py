"""Determine origin of a product under an agreement, and keep what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ooms.access.confidentiality import Confidentiality, Kind, Sight, WithheldError
from ooms.access.model import User
from ooms.agreements.editions import Editions
from ooms.agreements.registry import Registry, UnknownAgreementError
from ooms.agreements.rule import Rule
from ooms.db import Window, Work
from ooms.determinations.impact import Impact, Review
from ooms.determinations.model import ComparedProduct, Determined, Request
from ooms.determinations.proofs import Citing, cited_in
from ooms.determinations.repository import DeterminationRows
from ooms.determinations.staleness import Staleness
from ooms.determinations.stocks import Goods, Stocks, parts_in
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.exporters.service import Exporters
from ooms.materials.service import Materials
from ooms.origin.advice import advise
from ooms.origin.bill import BillTooDeepError
from ooms.origin.case import CaseFormatError, read_case
from ooms.origin.comparison import compare, comparison
from ooms.origin.concordance import PRODUCT_CODE
from ooms.origin.determine import CaseError
from ooms.origin.explain import answer
from ooms.origin.facts import Case
from ooms.products.model import Product
from ooms.products.service import Products
from ooms.suppliers.service import Suppliers

_T = TypeVar("_T")


class Determinations:
    """The desk of determinations: one engine for exporter and officer."""

    def __init__(  # noqa: PLR0913  # the desks it rests on, each by its name
        self,
        *,
        registry: Registry,
        editions: Editions,
        exporters: Exporters,
        products: Products,
        suppliers: Suppliers,
        materials: Materials,
        confidentiality: Confidentiality,
    ) -> None:
        """Judge by the agreements and tables that are loaded."""
        self._registry = registry
        self._editions = editions
        self._exporters = exporters
        self._products = products
        self._suppliers = suppliers
        self._materials = materials
        self._confidentiality = confidentiality
        self.staleness = Staleness(
            registry=registry,
            review=Review(registry, editions),
            products=products,
            suppliers=suppliers,
        )

    def determine(
        self,
        work: Work,
        product_id: str,
        *,
        request: Request,
        by: User,
        made_for: str | None = None,
    ) -> Determined:
        """Determine whether a product originates under an agreement.

        1. Put the case together: product, the bill of the day with what suppliers declared of
           its lines and what was taken from stock, price, and the answers given.
        2. Judge it.
        3. Freeze the bill and the methods of its stocks, and keep the verdict with everything
           that led to it.

        Raises:
            MissingError: there is no such product.
            WithheldError: its bill is not for the officer's eyes.
            UnfitError: the case cannot be judged as it is written.

        """
        product = self._product(work, product_id, request=request, by=by)  # 1
        exporter = self._exporters.get(work, product.exporter_id, by=by)
        citing = self._citing(work, product, request)
        case = _case(product, request, citing, exporting_party=exporter.country)
        case["facts"] = self._stated(work, product, request) | request.facts
        found = _fit(lambda: self._judge(case))  # 2
        determined = Determined(  # 3
            id=work.new_id(),
            exporter_id=product.exporter_id,
            product_id=product.id,
            bill_version=product.bill.version,
            agreement=request.agreement,
            exporting_party=exporter.country,
            importing_party=request.importing_party,
            judged_on=request.on,
            verdict=str(found["verdict"]),
            criterion=_text(found["criterion"]),
            rule_pack=str(found["rule_pack"]),
            engine=str(found["engine"]),
            inputs_hash=str(found["inputs_hash"]),
            case=case,
            answer=found,
            determined_at=work.now,
            made_for=made_for,
            sealed=tuple(citing.sealed),
        )
        self._products.use(work, product)
        self._materials.use(work, citing.stocks.elections)
        DeterminationRows(work.transaction).add(determined, proofs=citing.used | citing.stocks.used)
        return determined

    def get(self, work: Work, determination_id: str, *, by: User) -> Determined:
        """Return a determination that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = DeterminationRows(work.transaction).find(determination_id)
        if found is None:
            raise MissingError(what="determination", id=determination_id)
        by.require_sight(found.exporter_id, what="determination", id=determination_id)
        return found

    def cited(self, work: Work, determination_id: str, *, by: User) -> Determined:
        """Return a determination that a line may cite: an own one, or one made for the company.

        What is read of it is for the office's eyes; the caller shows no more than the verdict.

        Raises:
            MissingError: there is none, or it is another company's.

        """
        found = DeterminationRows(work.transaction).find(determination_id)
        if found is None:
            raise MissingError(what="determination", id=determination_id)
        if found.made_for is None or by.company != found.made_for:
            by.require_sight(found.exporter_id, what="determination", id=determination_id)
        return found

    def impacts(
        self, work: Work, declaration_id: str, *, by: User
    ) -> tuple[tuple[Determined, Impact | None], ...]:
        """Return what rests on a declaration, each with what differs when it is gone, if anything.

        Raises:
            MissingError: there is no such declaration.

        """
        declaration = self._suppliers.get(work, declaration_id, by=by)
        differs = {one.case: one for one in self.staleness.impacts(work, declaration)}
        resting = self.staleness.resting(work, declaration)
        return tuple((one, differs.get(one.id)) for one in resting)

    def page(
        self,
        work: Work,
        window: Window,
        *,
        product_id: str | None = None,
        of: str | None = None,
        by: User,
    ) -> tuple[Determined, ...]:
        """Return the determinations that the caller may see, of a product or company if asked."""
        rows = DeterminationRows(work.transaction)
        return rows.page(window, company=by.looks_at(of), product_id=product_id)

    def compare(
        self, work: Work, product_id: str, *, request: Request, by: User
    ) -> ComparedProduct:
        """Judge a product under every agreement between two countries, and keep nothing.

        Raises:
            MissingError: there is no such product.
            WithheldError: its bill is not for the officer's eyes.
            UnfitError: the case cannot be judged as it is written.

        """
        product = self._product(work, product_id, request=request, by=by)
        exporter = self._exporters.get(work, product.exporter_id, by=by)
        citing = self._citing(work, product, request)
        case = _case(product, request, citing, exporting_party=exporter.country)
        rows = _fit(lambda: self._compare(_read(case)))
        return ComparedProduct(
            exporter_id=product.exporter_id,
            product_id=product.id,
            exporting_party=exporter.country,
            importing_party=request.importing_party,
            judged_on=request.on,
            rows=rows,
            sealed=tuple(citing.sealed),
        )

    def _product(self, work: Work, product_id: str, *, request: Request, by: User) -> Product:
        # Asked before the bill is read: what is wrong with a case tells of what is in it.
        owner = self._products.get(work, product_id, by=by).exporter_id
        seen = self._confidentiality.sight(work, product_id, owner=owner, kind=Kind.PRODUCT, by=by)
        if seen is Sight.NAMED:
            raise WithheldError(role=by.role, what="product")
        return self._products.in_force(work, product_id, plant=request.plant, on=request.on, by=by)

    def _citing(self, work: Work, product: Product, request: Request) -> Citing:
        stocks = self._stocks(work, product, request)
        cited = self._suppliers.cited(work, cited_in(product.bill.materials))
        return Citing(
            stocks=stocks,
            declarations=cited,
            exporter_id=product.exporter_id,
            hs_edition=product.hs_edition,
            agreement=request.agreement,
            on=request.on,
        )

    def _stocks(self, work: Work, product: Product, request: Request) -> Stocks:
        parts = set(parts_in(product.bill.materials))
        kept = self._materials.kept(work, product.exporter_id, parts) if parts else {}
        proofs = {lot.declaration_id for one in kept.values() for lot in one.lots}
        return Stocks(
            kept=kept,
            declarations=self._suppliers.cited(work, {one for one in proofs if one}),
            editions=self._editions,
            goods=Goods(
                on=request.on,
                model=product.model,
                hs_edition=product.hs_edition,
                agreement=request.agreement,
                currency=request.price["currency"] if request.price else None,
            ),
        )

    def _stated(self, work: Work, product: Product, request: Request) -> dict[str, object]:
        """Answer the question of the product's code in the edition of the rules, if it can be."""
        stated = self._products.stated_codes(work, product)
        if not stated:
            return {}
        agreement = _fit(lambda: self._registry.agreement(request.agreement))
        editions = {one.hs_edition for one in agreement.rule_sets_on(request.on)}
        known = {stated[one] for one in editions if one in stated}
        # Rule sets of two editions side by side share the question: one answer cannot be for both.
        return {PRODUCT_CODE: known.pop()} if len(editions) == len(known) == 1 else {}

    def _judge(self, document: dict[str, object]) -> dict[str, object]:
        case = _read(document)
        agreement = self._registry.agreement(case.agreement)
        return answer(advise(case, agreement, editions=self._editions))

    def _compare(self, case: Case) -> tuple[dict[str, object], ...]:
        found = compare(case, self._registry.every(), editions=self._editions)
        return tuple(comparison(found))


def _read(document: dict[str, object]) -> Case:
    return read_case(document, read_rule=_no_rule)


def _fit(step: Callable[[], _T]) -> _T:
    """Do a step of judging; what is wrong with the case is told by the field that is wrong."""
    try:
        return step()
    except (CaseFormatError, CaseError) as wrong:
        raise UnfitError(Flaw(_pointer(wrong.field), wrong.problem)) from wrong
    except UnknownAgreementError as unknown:
        raise UnfitError(Flaw("/agreement", str(unknown))) from unknown
    except BillTooDeepError as deep:
        raise UnfitError(Flaw(_pointer(deep.path), str(deep))) from deep


def _case(
    product: Product, request: Request, citing: Citing, *, exporting_party: str
) -> dict[str, object]:
    return {
        "agreement": request.agreement,
        "rule": None,
        "on": request.on.isoformat(),
        "hs_edition": product.hs_edition,
        "exporting_party": exporting_party,
        "importing_party": request.importing_party,
        "product": {
            "hs": product.hs,
            "description": product.description,
            "weight": product.weight,
        },
        "price": request.price,
        "materials": citing.lines(product.bill.materials),
        "processes": list(product.bill.processes),
        "facts": request.facts,
    }


def _no_rule(text: str) -> Rule:
    # The desk's cases bring no rule of their own: the agreement's pack has the say.
    raise ValueError(f"no rule may be brought along: {text}")


def _pointer(field: str) -> str:
    return "/" + field.replace("[", "/").replace("]", "").replace(".", "/")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
