"""A line of a claim beside the item of its certificate: what differs is what the checks said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ooms.portal.border.words import COMPARED

#: Which check compares what, and by which codes it says that just this differs.
_JUDGED: Mapping[str, tuple[str, frozenset[str]]] = {
    "hs": ("classification", frozenset({"REF-HS"})),
    "description": ("description", frozenset({"REF-DESCRIPTION"})),
    "model": ("description", frozenset({"REF-MODEL"})),
    "marks": ("description", frozenset({"REF-MARKS"})),
    "packages": ("description", frozenset({"REF-PACKAGES"})),
    "quantity": ("quantity", frozenset({"LED-EXCEEDED", "LED-UNIT"})),
    "value": ("quantity", frozenset({"LED-VALUE"})),
    "criterion": ("criterion", frozenset({"REF-CRITERION", "RUL-CRITERION", "RUL-PERCENT"})),
    "invoice": ("invoice", frozenset({"REF-INVOICE", "REF-INVOICE-DATE"})),
    "exporter": ("parties", frozenset({"REF-EXPORTER", "REF-ADDRESS"})),
    "producer": ("parties", frozenset({"REF-PRODUCER"})),
    "consignee": ("parties", frozenset({"REF-CONSIGNEE"})),
    "origin": ("agreement", frozenset({"REF-ORIGIN", "RUL-PARTY", "RUL-DESTINATION"})),
    "validity": ("validity", frozenset({"RUL-EXPIRED", "RUL-NOT-YET-VALID"})),
}
#: The fact that a check states only when it compared this, where it is not `certified_` and this.
_SEEN: Mapping[str, str] = {"quantity": "certified"}
#: What is certified as the most that may be claimed.
_AT_MOST = frozenset({"quantity", "value"})
#: What one check compares beside other things, and only if it can.
_IF_IT_CAN = frozenset({"value"})
_FINE = frozenset({"PASS", "ACCEPT"})


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing as it is declared and as it is certified, with what the checks say of it."""

    what: str
    declared: str
    certified: str
    mark: str
    detail: str = ""


def pairs(claim: Mapping[str, Any], line: Mapping[str, Any], held: Any) -> tuple[Pair, ...]:
    """Put a line beside its item; without one certificate there is nothing to put beside it."""
    checks = {one["check"]: one for one in line["checks"]}
    parties = checks.get("parties", {}).get("facts", {})
    declared = _declared(claim, line, parties)
    # Where the form shows no value, the check went by what the invoices come to.
    worth = checks.get("quantity", {}).get("facts", {}).get("certified_value", "")
    certified = _certified(line, held)
    certified["value"] = certified.get("value") or worth
    return tuple(
        _pair(what, declared[what], certified.get(what, ""), checks=checks)
        for what in COMPARED
        if declared[what] or certified.get(what, "")
    )


def _pair(what: str, declared: str, certified: str, *, checks: Mapping[str, Any]) -> Pair:
    name, codes = _JUDGED[what]
    check = checks.get(name)
    if check is None:
        return Pair(what, declared, certified, "NOT_COMPARED")
    facts, fits = check["facts"], "WITHIN" if what in _AT_MOST else "SAME"
    if check["outcome"] not in _FINE and check["code"] in codes:
        return Pair(what, declared, certified, "DIFFERS", check["detail"])
    if not declared or not certified:
        return Pair(what, declared, certified, "NOT_COMPARED")
    is_open = check["outcome"] not in _FINE and len(_sharing(name)) > 1
    if is_open or what in _IF_IT_CAN:
        # The check ends at the first difference: what it had seen before stands in its facts.
        was_seen = _SEEN.get(what, f"certified_{what}") in facts
        return Pair(what, declared, certified, fits if was_seen else "NOT_COMPARED")
    is_alike = f"source_{what}" in facts
    detail = check["detail"] if is_alike else ""
    return Pair(what, declared, certified, "LIKE" if is_alike else fits, detail)


def _sharing(check: str) -> tuple[str, ...]:
    return tuple(what for what, (name, _codes) in _JUDGED.items() if name == check)


def _declared(
    claim: Mapping[str, Any], line: Mapping[str, Any], parties: Mapping[str, str]
) -> dict[str, str]:
    invoices = dict.fromkeys(one for one in (line["invoice"], *line["invoices"]) if one)
    dates = line["invoice_dates"]
    return {
        "hs": line["hs"],
        "description": line["description"],
        "model": line["model"],
        "marks": line["marks"],
        "packages": _number(line["packages"]),
        "quantity": f"{line['quantity']} {line['unit']}",
        "value": _money(line["value"], line["currency"]),
        "criterion": line["criterion"],
        "invoice": ", ".join(_invoice(one, dates.get(one)) for one in invoices),
        "exporter": line["exporter"] or parties.get("declared_exporter", ""),
        "producer": parties.get("declared_producer", ""),
        "consignee": claim["importer"] or "",
        "origin": line["origin"],
        "validity": claim["declared_on"],
    }


def _certified(line: Mapping[str, Any], held: Any) -> dict[str, str]:
    if held is None:
        return {}
    told = {
        "exporter": held["exporter"],
        "producer": ", ".join(one["name"] for one in held["producers"]),
        "consignee": held["consignee"]["name"] if held["consignee"] else "",
        "origin": held["origin_country"],
        "validity": f"{held['valid_from']} – {held['valid_until']}",  # noqa: RUF001  # from, until
    }
    item = next((one for one in held["items"] if one["item_no"] == line["item_no"]), None)
    if item is None:
        return told
    invoices = item["dated_invoices"]
    quantities = (f"{amount} {unit}" for unit, amount in sorted(item["quantities"].items()))
    return told | {
        "hs": item["hs"],
        "description": item["description"],
        "model": item["model"],
        "marks": item["marks"],
        "packages": _number(item["packages"]),
        "quantity": ", ".join(quantities),
        "value": _money(item["fob"], item["fob_currency"]),
        "criterion": item["criterion"],
        "invoice": ", ".join(_invoice(one["number"], one["dated"]) for one in invoices),
        "origin": item["origin"] or held["origin_country"],
    }


def _invoice(number: str, dated: str | None) -> str:
    return f"{number} ({dated})" if dated else number


def _money(amount: str | None, currency: str) -> str:
    return f"{amount} {currency}" if amount else ""


def _number(given: int | None) -> str:
    return "" if given is None else str(given)
