"""Lint on the wire: box by box, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.lint import words as said
from ooms.lint.model import FormInUse, Report, Told
from ooms.partner_refusals.model import Count, Record


class FindingOut(Body):
    """What is wrong, or may be: where, in plain words, and what to do about it.

    `detail` names the facts in English; `at_partner` is what the partner's node does with it.
    """

    code: str
    severity: str
    box: str
    box_title: str
    line_no: int | None
    text: str
    remedy: str
    detail: str
    pointer: str
    at_partner: str
    #: So many of the partner's last refusals were for this; null when it goes to no partner.
    refused: int | None
    #: The same in words; empty when it was never refused for.
    refused_text: str

    @classmethod
    def of(cls, told: Told, record: Record | None, words: Mapping[str, str]) -> Self:
        """Show a finding in the words of a catalogue."""
        finding = told.finding
        return cls(
            code=finding.code,
            severity=finding.severity,
            box=finding.box,
            box_title=told.box.title if told.box else "",
            line_no=told.line_no,
            text=f"{_where(told, words)}{said.means(finding.code, words)}",
            remedy=said.remedy(finding.code, words),
            detail=finding.detail,
            pointer=finding.pointer,
            at_partner=finding.at_partner,
            refused=told.refused if record else None,
            refused_text=_how_often(told.refused, record, words),
        )


class RefusedMostOut(Body):
    """A reason for which the partner refused, and how often."""

    code: str
    box: str
    refused: int
    text: str
    remedy: str

    @classmethod
    def of(cls, count: Count, words: Mapping[str, str]) -> Self:
        """Show a reason in the words of a catalogue."""
        code = count.reason.code
        return cls(
            code=code,
            box=count.reason.box,
            refused=count.refused,
            text=said.means(code, words),
            remedy=said.remedy(code, words),
        )


class RecordOut(Body):
    """What the partner refused of the certificates of this agreement, lately."""

    partner: str
    days: int
    sent: int
    refused: int
    text: str
    most: tuple[RefusedMostOut, ...]

    @classmethod
    def of(cls, record: Record, words: Mapping[str, str]) -> Self:
        """Show a record in the words of a catalogue."""
        return cls(
            partner=record.partner,
            days=record.days,
            sent=record.sent,
            refused=record.refused,
            text=words["lint.record"].format(
                refused=record.refused, sent=record.sent, days=record.days, partner=record.partner
            ),
            most=tuple(RefusedMostOut.of(one, words) for one in record.most),
        )


class BoxOut(Body):
    """A box of a form, as it is printed."""

    number: str
    title: str


class FormBoxOut(BoxOut):
    """A box of a form, and where an application asks for what it shows."""

    asked_at: tuple[str, ...] = Field(
        description="Members of an application's content, without the numbers of lists; none: "
        "the office knows or fills in what the box shows.",
    )


class FormOut(Body):
    """A form on which certificates are asked for: its boxes, and the countries it goes to."""

    agreement: str
    form_type: str
    title: str
    import_countries: tuple[str, ...]
    boxes: tuple[FormBoxOut, ...]

    @classmethod
    def of(cls, form: FormInUse) -> Self:
        """Show a form."""
        return cls.model_validate(asdict(form))


class FormsOut(Body):
    """Every form on which certificates are asked for today, by agreement and type."""

    items: tuple[FormOut, ...]


class LintOut(Body):
    """Every finding before issue; it may be issued when none of them refuses."""

    may_be_issued: bool
    partner: str | None
    findings: tuple[FindingOut, ...]
    partner_record: RecordOut | None

    @classmethod
    def of(cls, report: Report, words: Mapping[str, str]) -> Self:
        """Show a report in the words of a catalogue."""
        record = report.record
        return cls(
            may_be_issued=report.may_be_issued,
            partner=report.partner,
            findings=tuple(FindingOut.of(one, record, words) for one in report.findings),
            partner_record=RecordOut.of(record, words) if record else None,
        )


def _where(told: Told, words: Mapping[str, str]) -> str:
    parts = []
    if told.box:
        parts.append(words["lint.box"].format(number=told.box.number, title=told.box.title))
    if told.line_no is not None:
        parts.append(words["lint.line"].format(number=told.line_no))
    return ", ".join(parts) + ": " if parts else ""


def _how_often(refused: int, record: Record | None, words: Mapping[str, str]) -> str:
    if record is None or not refused:
        return ""
    return words["lint.refused"].format(
        refused=refused, sent=record.sent, days=record.days, partner=record.partner
    )
