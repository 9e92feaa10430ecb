"""A claim as its page shows it: each line with certificate, checks, risk, ledger, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ooms.portal.border.claim_list import channel_of
from ooms.portal.border.comparing import Pair, pairs
from ooms.portal.border.fact_words import facts_of
from ooms.portal.client import Refused
from ooms.portal.visit import Visit

#: Lines on one screen; a declaration may have 999.
LINES = 10
#: More open cases than an office looks into at once about one claim.
_MOST_CASES = 200
_SETTLED = frozenset({"PASS", "ACCEPT"})


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line with everything that an officer decides it by."""

    line: Any
    held: Any
    meant: tuple[Any, ...]
    pairs: tuple[Pair, ...]
    channel: str
    risk: Any
    ledger: Any
    decisions: tuple[Any, ...]
    completions: tuple[Any, ...]
    objections: tuple[Any, ...]
    amounts: tuple[Any, ...]
    prior_notices: tuple[Any, ...]

    @property
    def place(self) -> str:
        """The line as a word of an address, and before the names of its fields."""
        return f"{self.line['line_no']}-{self.line['spec_no']}"

    @property
    def called(self) -> str:
        """The line as people call it: its number, and that of a specification where it has one."""
        number, specification = self.line["line_no"], self.line["spec_no"]
        return f"{number}.{specification}" if specification else f"{number}"

    @property
    def asking(self) -> tuple[Any, ...]:
        """The checks that stand in the way."""
        return tuple(one for one in self.line["checks"] if one["outcome"] not in _SETTLED)

    @property
    def settled(self) -> tuple[Any, ...]:
        """The checks that ask for nothing."""
        return tuple(one for one in self.line["checks"] if one["outcome"] in _SETTLED)

    @property
    def last(self) -> Any:
        """The decision that counts, if there is one."""
        return self.decisions[-1] if self.decisions else None

    @property
    def open_completion(self) -> Any:
        """The request for completion that waits for somebody."""
        waiting = (one for one in self.completions if one["state"] in ("OPEN", "ANSWERED"))
        return next(waiting, None)

    @property
    def open_notice(self) -> Any:
        """The notice before a denial from which something is still to follow."""
        waiting = (one for one in self.prior_notices if one["state"] in ("SENT", "ANSWERED"))
        return next(waiting, None)

    @property
    def open_objection(self) -> Any:
        """The objection that is to be decided."""
        return next((one for one in self.objections if one["state"] == "RECEIVED"), None)


async def gathered(visit: Visit, claim_id: str, *, part: int, at: str) -> dict[str, Any]:
    """Gather what the page of a claim shows, for the lines of one part of it."""
    api = visit.api
    claim = await api.get(f"/claims/{claim_id}")
    shown = claim["lines"][part * LINES : (part + 1) * LINES]
    helds = (await api.get(f"/claims/{claim_id}/certificates"))["items"]
    told = await api.get(f"/claims/{claim_id}/proceedings")
    risk = await api.get("/risk/explanation", declaration=claim["declaration_number"])
    grounds = await api.get("/decisions/grounds", agreement=_agreement(helds))
    ledgers: dict[str, Any] = {}
    for held in helds:
        ledgers[ledger_path(held)] = await ledger_of(visit, held, at=at)
    return {
        "claim": claim,
        "lines": [
            _line(claim, one, helds=helds, told=told, risk=risk, ledgers=ledgers) for one in shown
        ],
        "part": part,
        "parts": (len(claim["lines"]) + LINES - 1) // LINES,
        "grounds": [(one["code"], f"{one['code']}: {one['words']}") for one in grounds["items"]],
        "defects": list(grounds["defects"].items()),
        "needing_notice": [one["code"] for one in grounds["items"] if one["needs_notice"]],
        "without_notice": list(grounds["without_notice"].items()),
        "cases": await _cases(visit, claim),
        "late": told["late"],
        "facts_of": facts_of,
        "at": at,
    }


async def _cases(visit: Visit, claim: Any) -> list[tuple[str, str]]:
    """Name the open verification cases that look into a certificate of the claim."""
    named = {line["certificate_number"] for line in claim["lines"]} - {""}
    found = (await visit.api.get("/verifications", is_open="true", limit=_MOST_CASES))["items"]
    return [
        (one["id"], f"{one['number']}: {one['subject']['exporter']}")
        for one in found
        if named & {each["number"] for each in one["subject"]["certificates"]}
    ]


def ledger_path(held: Any) -> str:
    """Name the page of a certificate in the ledger."""
    number = quote(held["number"], safe="")
    return f"/ledger/{held['issuing_country']}/{held['agreement']}/{number}"


async def ledger_of(visit: Visit, held: Any, *, at: str) -> Any:
    """Read the ledger of a certificate: now, or as it stood at the end of a day."""
    try:
        return await visit.api.get(ledger_path(held), at=end_of(visit, at))
    except Refused as refused:
        if refused.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return None


def end_of(visit: Visit, day: str) -> str:
    """Return the last moment of a day at the office; nothing for no day."""
    if not day:
        return ""
    zone = ZoneInfo(visit.request.app.state.office.issuing.zone)
    ends = datetime.combine(datetime.fromisoformat(day).date(), time.max, tzinfo=zone)
    return ends.astimezone(UTC).isoformat()


def _agreement(helds: list[Any]) -> str:
    found = {one["agreement"] for one in helds}
    return found.pop() if len(found) == 1 else ""


def _line(  # noqa: PLR0913  # what a line is put together of, each by its name
    claim: Any, line: Any, *, helds: list[Any], told: Any, risk: Any, ledgers: dict[str, Any]
) -> LineShown:
    place = {"line_no": line["line_no"], "spec_no": line["spec_no"]}
    meant = tuple(one for one in helds if place in one["meant_by"])
    held = meant[0] if len(meant) == 1 else None
    routed = (one for one in risk["decisions"] if place.items() <= one.items())
    return LineShown(
        line=line,
        held=held,
        meant=meant,
        pairs=pairs(claim, line, held),
        channel=channel_of(line),
        risk=next(routed, None),
        ledger=ledgers.get(ledger_path(held)) if held else None,
        decisions=_of(told["decisions"], line),
        completions=_of(told["completions"], line),
        objections=_of(told["objections"], line),
        amounts=_of(told["amounts"], line),
        prior_notices=_of(told["prior_notices"], line),
    )


def _of(every: list[Any], line: Any) -> tuple[Any, ...]:
    place = (line["line_no"], line["spec_no"])
    return tuple(one for one in every if (one["line_no"], one["specification"]) == place)
