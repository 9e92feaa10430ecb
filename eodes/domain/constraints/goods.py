"""Items: weights, criteria, values, tariff codes, and how many of them fit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from eodes.domain.certificate import (
    Certificate,
    CertificateItem,
    CriterionKind,
    Quantity,
    QuantityKind,
)
from eodes.domain.constraints.context import Findings, JudgingContext, refuse, warn
from eodes.domain.criterion_box import pattern_of, read_criterion, rounded, says
from eodes.domain.form import VALUE_KINDS, CriterionPattern, FobRule, Form
from eodes.domain.verdict import Finding

_Rounding = Callable[[Decimal], Decimal]

_KILOGRAMS = {
    "KGM": Decimal(1),
    "GRM": Decimal("0.001"),
    "TNE": Decimal(1000),
    "LBR": Decimal("0.45359237"),
}  # UN/ECE Recommendation 20, conversion factors
_CHANGE_KINDS = frozenset(
    {
        CriterionKind.TARIFF_CHANGE,
        CriterionKind.TARIFF_CHANGE_AND_VALUE_CONTENT,
        CriterionKind.PRODUCT_SPECIFIC,
    }
)
_FULL_PERCENT = 100
_HS_COMMON_DIGITS = 6


def c3_gross_weight(certificate: Certificate, context: JudgingContext) -> Findings:
    """C3: the gross weights of the items sum to no more than the total, where one is stated."""
    total = certificate.total_gross_weight
    if total is None:
        return ()
    code, path = "RUL-C03-GROSS-WEIGHT", "/total_gross_weight"
    box = context.form.box_of("total_gross_weight")
    parts = [
        quantity
        for item in certificate.items
        for quantity in item.quantities
        if quantity.kind is QuantityKind.GROSS_WEIGHT
    ]
    if any(part.unit != total.unit and not _is_mass(part, total) for part in parts):
        return (warn(code, "units differ; weights cannot be compared", path=path, box=box),)
    summed = sum((_in_unit(part, total.unit) for part in parts), Decimal(0))
    if summed <= total.value:
        return ()
    detail = f"items weigh {summed.normalize():f} {total.unit}, the total says {total.value}"
    return (refuse(code, detail, path=path, box=box),)


def _is_mass(part: Quantity, total: Quantity) -> bool:
    return part.unit in _KILOGRAMS and total.unit in _KILOGRAMS


def _in_unit(part: Quantity, unit: str) -> Decimal:
    if part.unit == unit:
        return part.value
    return part.value * _KILOGRAMS[part.unit] / _KILOGRAMS[unit]


def c4_percent(certificate: Certificate, context: JudgingContext) -> Findings:
    """C4: a percentage stands with value content only, and lies where the form allows."""
    code = "RUL-C04-PERCENT"
    box = context.form.box_of("items[].criterion")
    found = []
    for index, item in enumerate(certificate.items):
        detail = _percent_flaw(item, pattern_of(context.form, item.criterion.printed))
        if detail:
            path = f"/items/{index}/criterion/percent"
            found.append(refuse(code, f"item {item.item_no}: {detail}", path=path, box=box))
    return tuple(found)


def _percent_flaw(item: CertificateItem, pattern: CriterionPattern | None) -> str:
    criterion = item.criterion
    if criterion.percent is None:
        missing = pattern is not None and pattern.kind == criterion.kind
        return "the criterion needs its percentage" if missing and _asks(pattern) else ""
    if criterion.kind not in VALUE_KINDS:
        return f"{criterion.percent}% has no meaning with {criterion.kind}"
    if criterion.percent > _FULL_PERCENT:
        return f"{criterion.percent}% is more than the whole"
    return _share_flaw(criterion.percent, pattern) if pattern else ""


def _asks(pattern: CriterionPattern | None) -> bool:
    return pattern is not None and says(pattern, "percent")


def _share_flaw(percent: Decimal, pattern: CriterionPattern) -> str:
    if pattern.least_percent is not None and percent < pattern.least_percent:
        return f"{percent}% is less than {pattern.least_percent}%"
    if pattern.below_percent is not None and percent >= pattern.below_percent:
        return f"{percent}% is not less than {pattern.below_percent}%"
    if pattern.most_percent is not None and percent > pattern.most_percent:
        return f"{percent}% is more than {pattern.most_percent}%"
    return ""


def c5_fob(certificate: Certificate, context: JudgingContext) -> Findings:
    """C5: the free-on-board value is shown where the form asks for it, and only there."""
    duty = context.form.fob
    if duty.rule is FobRule.OPTIONAL:
        return ()
    box = context.form.box_of("items[].fob")
    bound = not duty.countries or (
        certificate.export_country in duty.countries
        and certificate.import_country in duty.countries
    )
    found = (
        _fob_finding(index, item, rule=duty.rule, bound=bound, box=box)
        for index, item in enumerate(certificate.items)
    )
    return tuple(finding for finding in found if finding is not None)


def _fob_finding(
    index: int, item: CertificateItem, *, rule: FobRule, bound: bool, box: str
) -> Finding | None:
    code, path = "RUL-C05-FOB", f"/items/{index}/fob"
    by_value = item.criterion.kind in VALUE_KINDS
    needed = bound and (rule is FobRule.ALWAYS or (rule is FobRule.IF_VALUE_CONTENT and by_value))
    if needed:
        detail = f"item {item.item_no} needs its FOB value"
        return None if item.fob else refuse(code, detail, path=path, box=box)
    if item.fob is None:
        return None
    if rule is FobRule.FORBIDDEN:
        detail = f"item {item.item_no} shows a FOB value; the form has no place for it"
        return refuse(code, detail, path=path, box=box)
    detail = f"item {item.item_no} shows a FOB value without value content; it is not printed"
    return None if by_value else warn(code, detail, path=path, box=box)


def c6_tariff_code(certificate: Certificate, context: JudgingContext) -> Findings:
    """C6: the tariff code has the digits, the side and the edition that the form names."""
    box = context.form.box_of("items[].hs")
    found = []
    for index, item in enumerate(certificate.items):
        detail = _tariff_flaw(item, context.form)
        if detail:
            said = f"item {item.item_no}: {detail}"
            found.append(refuse("RUL-C06-HS", said, path=f"/items/{index}/hs", box=box))
    return tuple(found)


def _tariff_flaw(item: CertificateItem, form: Form) -> str:
    duty, digits = form.hs, len(item.hs)
    if not duty.least_digits <= digits <= duty.most_digits:
        wanted = f"{duty.least_digits} to {duty.most_digits}"
        if duty.least_digits == duty.most_digits:
            wanted = f"{duty.least_digits}"
        return f"{item.hs} has {digits} digits; the form takes {wanted}"
    if item.hs_edition not in duty.editions:
        return f"edition {item.hs_edition} of the Harmonized System is not known to the form"
    # The first six digits are the same on both sides.
    if digits > _HS_COMMON_DIGITS and duty.side and item.hs_side != duty.side:
        return f"{item.hs} is of the {item.hs_side} side; the form wants the {duty.side} side's"
    return ""


def c9_item_cap(certificate: Certificate, context: JudgingContext) -> Findings:
    """C9: no more items than the form, or its issuing country, allows on the day of issue."""
    issuer = certificate.issuance.body.country
    cap = context.form.item_cap(issuer=issuer, on=certificate.issued_on)
    if cap is None or len(certificate.items) <= cap.most:
        return ()
    detail = f"{len(certificate.items)} items; at most {cap.most} on {certificate.issued_on}"
    box = context.form.box_of("items[].item_no")
    return (refuse("RUL-C09-ITEM-CAP", detail, path="/items", box=box),)


def c14_criterion(certificate: Certificate, context: JudgingContext) -> Findings:
    """C14: every criterion is one of this form, and its printed words mean what is structured.

    Tolerance for non-originating materials (de minimis) belongs to a change of tariff heading.
    """
    code, form = "RUL-C14-CRITERION", context.form
    rounding = partial(rounded, form, issuer=certificate.issuance.body.country)
    found = []
    for index, item in enumerate(certificate.items):
        detail = _criterion_flaw(item, form, rounding)
        if detail:
            path, box = f"/items/{index}/criterion", form.box_of("items[].criterion")
            found.append(refuse(code, f"item {item.item_no}: {detail}", path=path, box=box))
    return tuple(found)


def _criterion_flaw(item: CertificateItem, form: Form, rounding: _Rounding) -> str:
    criterion = item.criterion
    meant = read_criterion(form, criterion.printed)
    if meant is None:
        return f"{criterion.printed!r} is no criterion of {form.agreement}"
    if meant.kind != criterion.kind:
        return f"{criterion.printed!r} means {meant.kind}, not {criterion.kind}"
    if meant.level is not None and meant.level != criterion.level:
        return f"{criterion.printed!r} means {meant.level}, not {criterion.level}"
    if meant.percent is not None and not _prints(item, rounding, meant.percent):
        return f"{criterion.printed!r} does not print {criterion.percent}%"
    if item.de_minimis and criterion.kind not in _CHANGE_KINDS:
        return f"de minimis has no meaning with {criterion.kind}"
    return ""


def _prints(item: CertificateItem, rounding: _Rounding, printed: Decimal) -> bool:
    percent = item.criterion.percent
    # A missing percentage is C4's to say.
    return percent is None or rounding(percent) == printed
