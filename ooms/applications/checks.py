"""The five checks before issue: decided by rule where they can be, else by the officer."""

from __future__ import annotations

from datetime import date

from ooms.access.model import User
from ooms.applications.four_eyes import FourEyes
from ooms.applications.model import (
    Application,
    Check,
    CheckResult,
    Content,
    Finding,
    Kind,
    State,
)
from ooms.applications.repository import CheckRows
from ooms.applications.service import Applications
from ooms.applications.waiving import goods_of
from ooms.approvals.service import Approvals
from ooms.db import Work
from ooms.determinations.veil import plain
from ooms.errors import ConflictError, Flaw, OpenChecksError
from ooms.exporters.service import Exporters
from ooms.exporters.signing import hindrance
from ooms.procedures.model import ClockKind

_CONFIRMED_IN = frozenset({State.UNDER_REVIEW, State.APPROVED})


class Checks:
    """Checks applications as the law lists it."""

    def __init__(
        self,
        applications: Applications,
        exporters: Exporters,
        *,
        eyes: FourEyes,
        approvals: Approvals,
        country: str,
    ) -> None:
        """Check the applications of that desk, in an office of a country."""
        self._applications = applications
        self._exporters = exporters
        self._eyes = eyes
        self._approvals = approvals
        self._country = country

    def of(
        self, work: Work, application: Application, *, misfilled: tuple[str, ...], by: User
    ) -> tuple[CheckResult, ...]:
        """Return what every check finds now; `misfilled` is what the form's own rules refuse.

        What the officer found stands where no rule decides, and where he is stricter than a rule.
        """
        confirmed = CheckRows(work.transaction).of(application.id)
        content = application.content
        found = (
            self._standing(work, application, by=by),
            self._in_time(application, on=work.today),
            self._origin(work, application, by=by),
            _decided(Check.FORM, misfilled, "filled in as the form wants it"),
            self._waived_papers(work, application) or self._papers(content, on=work.today),
        )
        return tuple(_with_officer(one, confirmed.get(one.check)) for one in found)

    def confirm(  # noqa: PLR0913  # the facts of one confirmation, each by its name
        self,
        work: Work,
        application_id: str,
        *,
        check: Check,
        finding: Finding,
        detail: str,
        by: User,
    ) -> Application:
        """Keep what the reviewing officer found where no rule decides, or in spite of a rule.

        Raises:
            NotAllowedError: another officer has the application.
            ConflictError: it is not under review.

        """
        current = self._applications.held(work, application_id, by=by)
        if current.state not in _CONFIRMED_IN:
            raise ConflictError(what="application", current=current.state, wanted="checked")
        result = CheckResult(check, finding, detail, by.id, work.now)
        CheckRows(work.transaction).keep(current.id, (result,), now=work.now)
        self._applications.note(
            work,
            current,
            what=f"application.check_{finding.lower()}",
            by=by,
            reason_code=check.value,
            facts={"detail": detail},
        )
        return current

    def require_all(
        self, work: Work, application: Application, *, misfilled: tuple[str, ...], by: User
    ) -> None:
        """Keep what every check finds at the issue, and refuse the issue unless all pass.

        Raises:
            OpenChecksError: a check failed, or waits for the officer.

        """
        results = self.of(work, application, misfilled=misfilled, by=by)
        flaws = [
            Flaw(f"/checks/{one.check}", f"{one.finding}: {one.detail}", code="RUL-CHECK")
            for one in results
            if one.finding is not Finding.PASSED
        ]
        if flaws:
            raise OpenChecksError(*flaws)
        CheckRows(work.transaction).keep(application.id, results, now=work.now)

    def _standing(self, work: Work, application: Application, *, by: User) -> CheckResult:
        exporter = self._exporters.get(work, application.exporter_id, by=by)
        if exporter.country != self._country:
            return _open(Check.STANDING, f"the applicant is registered in {exporter.country}")
        cards = self._exporters.cards(work, exporter.id, by=by)
        unsigned = hindrance(exporter.signatory, cards, on=work.today)
        if unsigned:
            return _open(Check.STANDING, f"see who signs: {unsigned}")
        return _passed(Check.STANDING, f"{exporter.name} is registered in {self._country}")

    def _in_time(self, application: Application, *, on: date) -> CheckResult:
        content = application.content
        if content.kind.is_about_another:
            return _passed(Check.IN_TIME, "about a certificate that was applied for in time")
        departure = content.transport.departure_date if content.transport else None
        shipped_on = content.shipped_on or departure
        if shipped_on is None:
            return _passed(Check.IN_TIME, "applied for before shipment")
        last = self._applications.clocks.due(ClockKind.LATE_APPLICATION, shipped_on)
        late = (application.submitted_on or on) > last
        problems = (f"the period after shipment ended on {last}",) if late else ()
        return _decided(Check.IN_TIME, problems, f"applied for not later than {last}")

    def _origin(self, work: Work, application: Application, *, by: User) -> CheckResult:
        content = application.content
        if not content.kind.says_anew:
            return _passed(Check.ORIGIN, "nothing is said anew of the origin")
        problems = [flaw.detail for flaw in self._applications.unfounded(work, content, by=by)]
        grounds = self._applications.grounds(work, content, by=by)
        for item_no, ground in grounds.items():
            # What is found is kept and read by others: no supplier and no price stands in it.
            stale = "; ".join(plain(ground.stale_reasons).values())
            if stale:
                problems.append(f"line {item_no}: determined before something changed: {stale}")
        warned = () if problems else self._eyes.warnings(work, application.id, by=by)
        if warned:
            told = ", ".join(f"{one.refusal.office} {one.refusal.reason_code}" for one in warned)
            return _open(Check.ORIGIN, f"see the earlier refusals: {told}")
        rests_on = "its first certificates" if content.first_certificates else "its determination"
        return _decided(Check.ORIGIN, tuple(problems), f"every line stands on {rests_on}")

    def _waived_papers(self, work: Work, application: Application) -> CheckResult | None:
        content = application.content
        if content.kind is not Kind.NEW:
            return None
        waived = self._approvals.benefit(
            work, "PAPERS", exporter_id=application.exporter_id, goods=goods_of(content)
        )
        return _passed(Check.PAPERS, waived) if waived else None

    def _papers(self, content: Content, *, on: date) -> CheckResult:
        """See that what the law wants attached is stated, or ask the officer to look for it."""
        procedure = self._applications.clocks.procedure
        rule = procedure.kind_rule(content.kind, agreement=content.agreement)
        missing = list(rule.papers) if rule else []
        missing += [
            f"the original of first certificate {one.number} of {one.country}"
            for one in content.first_certificates
            if one.paper_items
        ]
        if content.kind.says_anew:
            missing += _attached(content, on=on)
        if missing:
            return _open(Check.PAPERS, f"to be looked at: {'; '.join(missing)}")
        return _passed(Check.PAPERS, "invoice, export declaration and origin statement are there")


def _attached(content: Content, *, on: date) -> list[str]:
    missing = []
    shipped_on = content.shipped_on
    if not content.export_declarations and shipped_on is not None and shipped_on <= on:
        missing.append("the export declaration, which is not named although the goods have left")
    if content.producer is not None:
        missing.append(f"the origin confirmation of the producer, {content.producer.name}")
    return missing


def _with_officer(found: CheckResult, confirmed: CheckResult | None) -> CheckResult:
    if confirmed is None or confirmed.decided_by is None:
        return found
    stricter = confirmed.finding is Finding.FAILED and found.finding is Finding.PASSED
    return confirmed if found.finding is Finding.OPEN or stricter else found


def _decided(check: Check, problems: tuple[str, ...], otherwise: str) -> CheckResult:
    if problems:
        return CheckResult(check, Finding.FAILED, "; ".join(problems))
    return _passed(check, otherwise)


def _passed(check: Check, detail: str) -> CheckResult:
    return CheckResult(check, Finding.PASSED, detail)


def _open(check: Check, detail: str) -> CheckResult:
    return CheckResult(check, Finding.OPEN, detail)
