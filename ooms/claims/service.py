"""Check preference claims, draw certificates down, and tell the partner what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ooms.access.model import User
from ooms.audit.service import record
from ooms.claims.checks.register import check_all
from ooms.claims.declaration import Declaration, fingerprint_of
from ooms.claims.drawing import Drawing
from ooms.claims.gathering import Gathering, Looked, invoices_of
from ooms.claims.held import Held
from ooms.claims.model import (
    Case,
    Checked,
    CheckedLine,
    Claim,
    Decision,
    Sought,
    decide,
    telling,
)
from ooms.claims.ports import Follower, Place
from ooms.claims.repository import ClaimRows
from ooms.claims.serving import Serving
from ooms.claims.telling import Telling
from ooms.db import Window, Work
from ooms.errors import ConflictError, MissingError
from ooms.ledger.model import Balance, ItemKey

#: Who is named in the audit trail when a certificate comes late, or a wait ends.
_ITSELF = "claims"
_WAITED_AT_ONCE = 100
_REFERRED = Decision.REFERRED


class Claims:
    """The desk of claims."""

    def __init__(self, *, gathering: Gathering, drawing: Drawing, telling: Telling) -> None:
        """Look up, draw, and answer, through the parts that do so."""
        self._gathering = gathering
        self._drawing = drawing
        self._telling = telling
        self._follower: Follower | None = None

    def connect(self, follower: Follower) -> None:
        """Tell decisions to a desk that is opened after this one."""
        self._follower = follower

    def check(self, work: Work, declaration: Declaration, *, by: User) -> Claim:
        """Check a declaration's claims, decide what the rules decide, and tell the partners.

        1. The same version again gives the same claim; another content under it is refused.
        2. Find the certificates; hold every item, those of an earlier version too.
        3. What an earlier version drew is given back to the ledger.
        4. Check and decide the lines in their order while their items are held, so that the first
           lines of an item are served first; draw what is granted.
        5. Tell each partner, and see that no certificate was taken back meanwhile.
        6. Record.

        Raises:
            ConflictError: the version is known with another content, or a later one is.

        """
        rows = ClaimRows(work.transaction)
        claim_id, fingerprint = work.new_id(), fingerprint_of(declaration)
        if not rows.open(claim_id, declaration, fingerprint=fingerprint, now=work.now):  # 1
            return self._again(rows, declaration, fingerprint)
        looked = self._gathering.look(work, declaration.lines)  # 2
        before = self._before(rows, declaration)
        standing = self._hold(work, looked, before)
        if before is not None:  # 3
            standing = self._give_back(work, before, declaration, looked=looked, by=by)
        lines = self._checked(work, declaration, looked=looked, standing=standing)  # 4
        invoices = {one.line.place: set(invoices_of(one)) for one in looked}
        rows.add_lines(claim_id, lines, invoices=invoices)
        claim = Claim(claim_id, declaration, lines, work.now)
        standing = self._draw(
            work, claim, lines=lines, looked=looked, standing=standing, by=by.login
        )
        given_back = _held(before.lines) if before is not None else ()
        self._tell(work, claim, lines=lines, given_back=given_back, standing=standing)  # 5
        _record(work, claim, what="claim.decided", by=by.login)  # 6
        if self._follower is not None:
            self._follower.decided(work, claim, lines=lines, by=by.login)
        return claim

    def examine(self, work: Work, declaration: Declaration) -> tuple[CheckedLine, ...]:
        """Check a declaration as `check` would, deciding, drawing, and telling nothing."""
        looked = self._gathering.look(work, declaration.lines)
        standing = self._drawing.look(work, _keys(looked))
        return self._checked(work, declaration, looked=looked, standing=standing, is_dry=True)

    def decide_line(  # noqa: PLR0913  # the facts of one decision, each by its name
        self,
        work: Work,
        claim_id: str,
        *,
        line_no: int,
        decision: Decision,
        reason: str,
        by: User,
        spec_no: int = 0,
    ) -> Claim:
        """Decide a line that the checks left to an officer, or that waits.

        Raises:
            MissingError: there is no such claim or line.
            ConflictError: the line is decided, or what is left does not suffice.

        """
        claim = self.get(work, claim_id)
        old = next((one for one in claim.lines if one.line.place == (line_no, spec_no)), None)
        if old is None:
            raise MissingError(what="line", id=f"{line_no} of claim {claim_id}")
        is_open = old.decision in (Decision.REFERRED, Decision.AWAITING)
        if not is_open or claim.superseded:
            raise ConflictError(what="line", current=old.decision, wanted=decision)
        new = replace(old, decision=decision, reason_code="OFFICER", reason=reason, until=None)
        standing: Mapping[ItemKey, Balance] = {}
        if decision is Decision.GRANTED:
            looked = self._gathering.look(work, (old.line,))
            if old.key is None or old.key not in _keys(looked):
                raise ConflictError(what="line", current="without a certificate", wanted=decision)
            standing = self._drawing.hold(work, (old.key,))
            standing = self._draw(
                work, claim, lines=(new,), looked=looked, standing=standing, by=by.login
            )
        changed = {old.line.place: new}
        return self._put(
            work, claim, changed=changed, standing=standing, what="claim.decided", by=by.login
        )

    def check_again(self, work: Work, *, number_key: str) -> int:
        """Check again the lines that waited for a certificate, which has come; count them.

        A line that is decided meanwhile is not looked at, so hearing twice does nothing.
        """
        waiting = ClaimRows(work.transaction).awaiting(number_key)
        return sum(self._check_again(work, one, number_key) for one in waiting)

    def check_referred(self, work: Work, claim_id: str) -> int:
        """Check again the lines left to an officer: what barred them is over."""
        return self._check_again(work, claim_id, None)

    def end_waits(self, work: Work) -> int:
        """Leave to an officer what has waited in vain; count the claims."""
        rows = ClaimRows(work.transaction)
        ended = rows.waited_in_vain(work.today, most=_WAITED_AT_ONCE)
        for claim_id in ended:
            claim = self.get(work, claim_id)
            changed = {
                one.line.place: replace(one, decision=_REFERRED, until=None)
                for one in claim.lines
                if one.decision is Decision.AWAITING and one.until and one.until < work.today
            }
            self._put(
                work, claim, changed=changed, standing={}, what="claim.waited_in_vain", by=_ITSELF
            )
        return len(ended)

    def get(self, work: Work, claim_id: str) -> Claim:
        """Return a claim.

        Raises:
            MissingError: there is none.

        """
        found = ClaimRows(work.transaction).find(claim_id)
        if found is None:
            raise MissingError(what="claim", id=claim_id)
        return found

    def page(self, work: Work, window: Window, sought: Sought) -> tuple[Claim, ...]:
        """Return the claims that somebody seeks."""
        return ClaimRows(work.transaction).page(window, sought)

    def certificates(self, work: Work, claim_id: str) -> Mapping[Place, tuple[Held, ...]]:
        """Return the certificates that each line may mean, as they were received and stand now.

        Raises:
            MissingError: there is no such claim.

        """
        claim = self.get(work, claim_id)
        looked = self._gathering.look(work, (one.line for one in claim.lines))
        return {one.line.place: one.found for one in looked}

    def received(self, work: Work, number: str) -> tuple[Held, ...]:
        """Return what partners sent under a number, however it is spelled."""
        return self._gathering.received(work, number)

    def _again(self, rows: ClaimRows, declaration: Declaration, fingerprint: str) -> Claim:
        known = rows.fingerprint(declaration)
        found = rows.find(known[0]) if known else None
        if known is None or found is None or known[1] != fingerprint:
            current = f"known in version {declaration.version} with another content"
            raise ConflictError(what="declaration", current=current, wanted="claimed")
        return found

    def _before(self, rows: ClaimRows, declaration: Declaration) -> Claim | None:
        others = rows.others(declaration)
        before = others[0] if others and not others[0].superseded else None
        if before is not None and before.declaration.version > declaration.version:
            current = f"known in version {before.declaration.version}"
            raise ConflictError(what="declaration", current=current, wanted="claimed")
        return before

    def _hold(
        self, work: Work, looked: tuple[Looked, ...], before: Claim | None
    ) -> Mapping[ItemKey, Balance]:
        old = {one.key for one in before.lines if one.key} if before is not None else set()
        return self._drawing.hold(work, _keys(looked) | old)

    def _give_back(
        self,
        work: Work,
        before: Claim,
        declaration: Declaration,
        *,
        looked: tuple[Looked, ...],
        by: User,
    ) -> Mapping[ItemKey, Balance]:
        reason = f"version {declaration.version} of the declaration"
        self._drawing.give_back(work, before, reason=reason, by=by.login)
        ClaimRows(work.transaction).supersede(before.id)
        if self._follower is not None:
            self._follower.withdrawn(work, before, by=by.login)
        return self._drawing.look(work, _keys(looked))

    def _checked(
        self,
        work: Work,
        declaration: Declaration,
        *,
        looked: tuple[Looked, ...],
        standing: Mapping[ItemKey, Balance],
        is_dry: bool = False,
    ) -> tuple[CheckedLine, ...]:
        cases = self._gathering.cases(
            work, declaration, looked=looked, standing=standing, is_dry=is_dry
        )
        serving = Serving(self._gathering.knowledge.terms)
        lines = []
        for case, one in sorted(
            zip(cases, looked, strict=True), key=lambda both: both[0].line.place
        ):
            decided = _decided(serving.behind(case, key=one.key), one)
            lines.append(self._timely(work, declaration, decided))
            serving.serve(lines[-1], item=one.item)
        return tuple(lines)

    def _timely(self, work: Work, declaration: Declaration, line: CheckedLine) -> CheckedLine:
        """Deny a line that is claimed too late, whatever its checks say."""
        barred = self._follower.barred(work, declaration, line) if self._follower else None
        return _barred(line, barred) if barred else line

    def _check_again(self, work: Work, claim_id: str, number_key: str | None) -> int:
        """Check again the lines that lack a certificate, or where none is named all left open."""
        claim = self.get(work, claim_id)
        left = [one for one in claim.lines if one.decision in (_REFERRED, Decision.AWAITING)]
        lacking = [one.line for one in left if number_key is None or one.lacks_certificate]
        looked = self._gathering.look(work, lacking)
        come = tuple(
            one for one in looked if one.held and number_key in (None, one.held.number_key)
        )
        if not come:
            return 0
        standing: Mapping[ItemKey, Balance] = self._drawing.hold(work, _keys(come))
        lines = self._checked(work, claim.declaration, looked=come, standing=standing)
        standing = self._draw(work, claim, lines=lines, looked=come, standing=standing, by=_ITSELF)
        changed = {one.line.place: one for one in lines}
        self._put(
            work, claim, changed=changed, standing=standing, what="claim.checked_again", by=_ITSELF
        )
        return len(changed)

    def _draw(  # noqa: PLR0913  # the facts of one draw, each by its name
        self,
        work: Work,
        claim: Claim,
        *,
        lines: tuple[CheckedLine, ...],
        looked: tuple[Looked, ...],
        standing: Mapping[ItemKey, Balance],
        by: str,
    ) -> Mapping[ItemKey, Balance]:
        items = {one.line.place: one.item for one in looked}
        granted = [(one, items[one.line.place]) for one in _granted(lines)]
        return self._drawing.draw(
            work,
            claim.declaration,
            claim_id=claim.id,
            granted=[(one, item) for one, item in granted if item is not None],
            by=by,
            held=standing,
        )

    def _put(  # noqa: PLR0913  # the facts of one change, each by its name
        self,
        work: Work,
        claim: Claim,
        *,
        changed: Mapping[Place, CheckedLine],
        standing: Mapping[ItemKey, Balance],
        what: str,
        by: str,
    ) -> Claim:
        """Write decisions on lines, tell the partners, and record."""
        rows = ClaimRows(work.transaction)
        for old in claim.lines:
            new = changed.get(old.line.place)
            if new is not None and not rows.decide_line(claim.id, new, since=old):
                raise ConflictError(what="line", current="decided meanwhile", wanted=new.decision)
        self._tell(work, claim, lines=tuple(changed.values()), given_back=(), standing=standing)
        lines = tuple(changed.get(one.line.place, one) for one in claim.lines)
        decided = replace(claim, lines=lines)
        _record(work, decided, what=what, by=by)
        if self._follower is not None:
            self._follower.decided(work, decided, lines=tuple(changed.values()), by=by)
        return decided

    def _tell(
        self,
        work: Work,
        claim: Claim,
        *,
        lines: tuple[CheckedLine, ...],
        given_back: tuple[CheckedLine, ...],
        standing: Mapping[ItemKey, Balance],
    ) -> None:
        others = {one.key for one in lines if one.key} - standing.keys()
        balances = {**standing, **self._drawing.look(work, others)}
        used = {key: one.used for key, one in balances.items()}
        self._telling.tell(work, claim, lines=lines, given_back=given_back, used=used)


def _decided(case: Case, looked: Looked) -> CheckedLine:
    checks = check_all(case)
    decision, told = decide(checks), telling(checks)
    if decision is Decision.GRANTED and looked.key is None:
        # Small consignments need no certificate; nothing is drawn for them.
        return CheckedLine(case.line, checks, decision, None)
    return CheckedLine(
        case.line,
        checks,
        decision,
        looked.key,
        reason_code=told.code if told else "",
        reason=told.detail if told else "",
        until=told.until if told and decision is Decision.AWAITING else None,
    )


def _barred(line: CheckedLine, barred: Checked) -> CheckedLine:
    return replace(
        line,
        checks=(barred, *line.checks),
        decision=Decision.DENIED,
        reason_code=barred.code,
        reason=barred.detail,
        until=None,
    )


def _keys(looked: tuple[Looked, ...]) -> set[ItemKey]:
    return {one.key for one in looked if one.key is not None}


def _granted(lines: tuple[CheckedLine, ...]) -> tuple[CheckedLine, ...]:
    return tuple(one for one in lines if one.decision is Decision.GRANTED and one.key)


def _held(lines: tuple[CheckedLine, ...]) -> tuple[CheckedLine, ...]:
    left = (Decision.DENIED, Decision.REFERRED, Decision.AWAITING)
    return tuple(one for one in lines if one.decision not in left and one.key)


def _record(work: Work, claim: Claim, *, what: str, by: str) -> None:
    decided = {_place(one): one.decision.value for one in claim.lines}
    record(
        work,
        who=by,
        what=what,
        subject=f"claim/{claim.id}",
        facts={
            "declaration": claim.declaration.number,
            "version": str(claim.declaration.version),
            **decided,
        },
    )


def _place(one: CheckedLine) -> str:
    line_no, spec_no = one.line.place
    return f"line {line_no}" if not spec_no else f"line {line_no} specification {spec_no}"
