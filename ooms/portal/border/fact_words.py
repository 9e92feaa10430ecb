"""The facts that a check compared, as officers call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ooms.portal.languages import N_

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: What a check names one by one: `papers_VN`, `reason_2`.
_ONE_OF = re.compile(r"(?P<name>papers|reason|verification)_(?P<which>\w+)")

FACTS: Mapping[str, str] = {
    "agreement": N_("agreement"),
    "agreements": N_("agreements"),
    "approved_exporter_number": N_("number of the approved exporter"),
    "approved_pattern": N_("how such numbers are written"),
    "approved_pattern_confirmed": N_("whether that is confirmed"),
    "approved_pattern_source": N_("where that stands"),
    "arrived_on": N_("arrived on"),
    "authority": N_("authority"),
    "candidates": N_("possible codes"),
    "certificate_pattern": N_("how certificates are numbered"),
    "certificate_pattern_confirmed": N_("whether the numbering is confirmed"),
    "certificate_pattern_source": N_("where the numbering stands"),
    "certified": N_("certified"),
    "certified_consignee": N_("certified consignee"),
    "certified_dates": N_("certified dates of the invoices"),
    "certified_departure": N_("certified departure"),
    "certified_description": N_("certified description"),
    "certified_edition": N_("edition of the certified code"),
    "certified_exporter": N_("certified exporter"),
    "certified_marks": N_("certified marks"),
    "certified_model": N_("certified model"),
    "certified_packages": N_("certified packages"),
    "certified_producer": N_("certified producer"),
    "certified_units": N_("certified units"),
    "certified_value": N_("certified value"),
    "certified_way": N_("certified way"),
    "channel": N_("selected by"),
    "claimed": N_("claimed"),
    "clock": N_("where the period stands"),
    "consignee": N_("consignee"),
    "days_of_delay": N_("days of delay"),
    "declarations": N_("declarations"),
    "declared": N_("declared"),
    "declared_consignee": N_("declared consignee"),
    "declared_dates": N_("declared dates of the invoices"),
    "declared_departure": N_("declared departure"),
    "declared_description": N_("declared description"),
    "declared_exporter": N_("declared exporter"),
    "declared_marks": N_("declared marks"),
    "declared_model": N_("declared model"),
    "declared_on": N_("declared on"),
    "declared_packages": N_("declared packages"),
    "declared_producer": N_("declared producer"),
    "declared_value": N_("declared value"),
    "declared_way": N_("declared way"),
    "earliest_first": N_("first certificate that ends first"),
    "edition": N_("edition of the declared code"),
    "endorsed": N_("says that it was issued late"),
    "export": N_("country of export"),
    "exporter": N_("exporter"),
    "exporter_country": N_("country of the exporter"),
    "first": N_("first certificates"),
    "hs": N_("declared code"),
    "import": N_("country of import"),
    "issued_on": N_("issued on"),
    "issuer": N_("issuer"),
    "issuer_country": N_("country of the issuer"),
    "issuer_source": N_("where the issuer was notified"),
    "kind": N_("kind"),
    "last_day": N_("last day"),
    "late": N_("issued late"),
    "least_percent": N_("least percentage"),
    "left": N_("left"),
    "left_on": N_("left on"),
    "lines_before": N_("taken by the lines before"),
    "list": N_("list"),
    "listed_code": N_("listed code"),
    "listed_goods": N_("listed goods"),
    "most_value": N_("highest value, with freight and insurance"),
    "net_weight": N_("net weight"),
    "number": N_("number"),
    "offices": N_("offices"),
    "origin": N_("origin"),
    "other_agreement": N_("agreement of the other certificate"),
    "other_certificate": N_("other certificate"),
    "other_importer": N_("other importer"),
    "over": N_("too much"),
    "papers": N_("papers of the way"),
    "partner": N_("partner"),
    "producer": N_("producer"),
    "producer_country": N_("country of the producer"),
    "quota": N_("quota"),
    "quota_licence": N_("licence of the quota"),
    "quota_of_rule": N_("quota of the rule of origin"),
    "quota_source": N_("where the quota stands"),
    "reason": N_("reason"),
    "received_under": N_("received under"),
    "rule": N_("rule of origin"),
    "rule_source": N_("where the rule stands"),
    "same_description": N_("goods described alike"),
    "sealed_by": N_("sealed by"),
    "secured": N_("on security"),
    "shipped_on": N_("shipped on"),
    "source": N_("where it stands"),
    "source_consignee": N_("where the difference of the consignee is forgiven"),
    "source_description": N_("where the difference of the description is forgiven"),
    "source_exporter": N_("where the difference of the exporter is forgiven"),
    "source_marks": N_("where the difference of the marks is forgiven"),
    "source_model": N_("where the difference of the model is forgiven"),
    "source_producer": N_("where the difference of the producer is forgiven"),
    "state": N_("state"),
    "stated_country": N_("stated country between"),
    "stated_issued_on": N_("stated day of issue"),
    "stated_issuer": N_("stated issuer"),
    "superseded_by": N_("superseded by"),
    "third_country_certified": N_("certified country of the invoice"),
    "third_country_declared": N_("declared country of the invoice"),
    "together": N_("value together"),
    "total_net_weight": N_("net weight of the certificate"),
    "unit": N_("unit"),
    "until": N_("until"),
    "uses_without_value": N_("other uses whose value cannot be counted"),
    "valid_from": N_("valid from"),
    "valid_until": N_("valid until"),
    "valid_until_with_delay": N_("valid until, with the delay"),
    "value": N_("value"),
    "value_before": N_("value of the lines before"),
    "value_elsewhere": N_("value in other declarations"),
    "verification": N_("verification"),
    "waiver": N_("waiver"),
    "ways": N_("ways to go on"),
    "with": N_("together with"),
}
#: What the facts say that are codes.
KINDS: Mapping[str, str] = {
    "channel": "channel",
    "export": "country",
    "exporter_country": "country",
    "import": "country",
    "issuer_country": "country",
    "origin": "country",
    "state": "state",
    "stated_country": "country",
    "third_country_certified": "country",
    "third_country_declared": "country",
    "unit": "unit",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as a page writes it: what it is called, of which one of several, and what it says."""

    name: str
    which: str
    says: str
    #: What it says: each language writes days and names countries, units and states its own way.
    kind: str = ""


def facts_of(facts: Mapping[str, str]) -> tuple[Fact, ...]:
    """Name what a check compared; a name without words stays as it is."""
    return tuple(_fact(name, says) for name, says in facts.items())


def _fact(name: str, says: str) -> Fact:
    several = _ONE_OF.fullmatch(name)
    called, which = (several["name"], several["which"]) if several else (name, "")
    words = FACTS.get(called, called.replace("_", " "))
    return Fact(words, which, says, "day" if _DAY.fullmatch(says) else KINDS.get(called, ""))
