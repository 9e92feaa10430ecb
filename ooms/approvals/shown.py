"""Approvals as they are shown on the wire."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import TypeAdapter

from ooms.access.schemas import Body
from ooms.approvals.model import Approval, Request
from ooms.approvals.scheme import Scheme
from ooms.approvals.service import Shown
from ooms.approvals.terms import Days, inspection_windows, renewal_window

_REQUEST, _APPROVAL, _SCHEME = TypeAdapter(Request), TypeAdapter(Approval), TypeAdapter(Scheme)


class DaysOut(Body):
    """Days from a first to a last, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, days: Days) -> Self:
        """Show days."""
        return cls(first=days.first, last=days.last)


class ScopeOut(Body):
    """What is approved."""

    level: str
    site_id: str | None
    agreement: str | None
    hs6: str | None


class RequestOut(Body):
    """An application for approval as it stands, and the papers that it still lacks."""

    id: str
    exporter_id: str
    kind: str
    is_simplified: bool
    scope: ScopeOut
    managers: tuple[dict[str, Any], ...]
    papers: tuple[dict[str, Any], ...]
    missing_papers: tuple[str, ...]
    state: str
    submitted_on: date
    decide_by: date
    renews: tuple[str, ...]
    completions: tuple[dict[str, Any], ...]
    visit: dict[str, Any] | None
    decision: dict[str, Any] | None
    granted: tuple[str, ...]

    @classmethod
    def of(cls, request: Request, scheme: Scheme) -> Self:
        """Show an application."""
        given = frozenset(one.code for one in request.papers)
        return cls.model_validate(
            _plain(request, leave_out=("version",))
            | {
                "is_simplified": request.kind in ("SECOND_AGREEMENT", "LIGHT_RENEWAL"),
                "missing_papers": scheme.missing_papers(
                    request.scope.level, request.kind, given=given
                ),
            }
        )


class ApprovalOut(Body):
    """An approval as it stands, with its days."""

    id: str
    number: str
    exporter_id: str
    scope: ScopeOut
    managers: tuple[dict[str, Any], ...]
    state: str
    approved_on: date
    valid_until: date
    shorter_because: str
    renewal: DaysOut
    self_inspections: tuple[DaysOut, ...]
    reminded_on: date | None
    ended_on: date | None
    ended: dict[str, Any] | None
    order: dict[str, Any] | None
    hearing: dict[str, Any] | None
    inspections: tuple[dict[str, Any], ...]
    follow_ups: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, approval: Approval, scheme: Scheme) -> Self:
        """Show an approval."""
        windows = inspection_windows(scheme, approval.term_from)
        return cls.model_validate(
            _plain(approval, leave_out=("version", "term_from"))
            | {
                "renewal": DaysOut.of(renewal_window(scheme, approval.valid_until)),
                "self_inspections": tuple(DaysOut.of(one) for one in windows),
            }
        )


class PublicOut(Body):
    """What anybody may know of an approval."""

    number: str
    holder: str
    level: str
    agreement: str | None
    hs6: str | None
    approved_on: date
    valid_until: date
    on: date
    is_valid: bool

    @classmethod
    def of(cls, shown: Shown) -> Self:
        """Show an approval to anybody."""
        approval = shown.approval
        return cls(
            number=approval.number,
            holder=shown.holder,
            level=approval.scope.level,
            agreement=approval.scope.agreement,
            hs6=approval.scope.hs6,
            approved_on=approval.approved_on,
            valid_until=approval.valid_until,
            on=shown.on,
            is_valid=shown.holds,
        )


class SchemeOut(Body):
    """The scheme as it is written down, with the source of every part."""

    name: str
    scheme: dict[str, Any]

    @classmethod
    def of(cls, scheme: Scheme) -> Self:
        """Show a scheme."""
        return cls(name=scheme.name, scheme=_SCHEME.dump_python(scheme, mode="json"))


def _plain(value: Request | Approval, *, leave_out: tuple[str, ...]) -> dict[str, Any]:
    adapter: TypeAdapter[Any] = _REQUEST if isinstance(value, Request) else _APPROVAL
    plain = adapter.dump_python(value, mode="json")
    return {name: one for name, one in plain.items() if name not in leave_out}
