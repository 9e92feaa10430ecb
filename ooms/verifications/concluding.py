"""End a verification at its importer: all is well, he put it right, or others have to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.verifications.correcting import corrections_of
from ooms.verifications.deciding import Deciding
from ooms.verifications.importer import InquiryEnd, SelfCheckEnd
from ooms.verifications.keeping import Keeping
from ooms.verifications.model import PUT_RIGHT, State, Verification
from ooms.verifications.suspending import lift

_AFTER_INQUIRY: Mapping[InquiryEnd, State] = {
    InquiryEnd.SETTLED: State.CLOSED_OK,
    InquiryEnd.CORRECTED: State.CORRECTED_BY_IMPORTER,
    InquiryEnd.UNRESOLVED: State.UNRESOLVED,
}
_AFTER_SELF_CHECK: Mapping[SelfCheckEnd, State] = {
    SelfCheckEnd.NOTHING_WRONG: State.CLOSED_OK,
    SelfCheckEnd.CORRECTED: State.CORRECTED,
}


class Concluding:
    """What inquiries at importers and their own checks come to."""

    def __init__(self, keeping: Keeping) -> None:
        """Work on the verifications that are kept there."""
        self._keeping = keeping
        self._deciding: Deciding | None = None

    def connect(self, deciding: Deciding) -> None:
        """Tell what was put right to a desk that is opened after this one."""
        self._deciding = deciding

    def conclude_inquiry(
        self, work: Work, case_id: str, *, end: InquiryEnd, words: str, by: User
    ) -> Verification:
        """Say what the importer's papers came to.

        Raises:
            ConflictError: nobody asks him.
            NotCorrectedError: his claims stand as they were.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, _AFTER_INQUIRY[end])
        assert case.inquiry is not None  # the state says so
        inquiry = replace(case.inquiry, answered_on=work.today, result=words)
        changed = replace(case, state=state, inquiry=inquiry)
        return self._end(work, case, changed, what="inquiry_concluded", by=by)

    def conclude_self_check(
        self, work: Work, case_id: str, *, end: SelfCheckEnd, words: str, by: User
    ) -> Verification:
        """Say what the importer's own check came to.

        Raises:
            ConflictError: he has not answered.
            NotCorrectedError: his claims stand as they were.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, _AFTER_SELF_CHECK[end])
        check = case.self_check
        if check is None or check.answered_on is None:
            raise ConflictError(what="self-check", current="not answered yet", wanted=state)
        changed = replace(case, state=state, self_check=replace(check, result=words))
        return self._end(work, case, changed, what="self_check_concluded", by=by)

    def _end(
        self, work: Work, case: Verification, changed: Verification, *, what: str, by: User
    ) -> Verification:
        """Write how a case goes on.

        1. Where the importer put it right, see that he did.
        2. Lift a suspension where nothing is looked into any more.
        3. Tell whoever decides on claims, once the case bars them no longer.
        """
        if changed.state in PUT_RIGHT:  # 1
            changed = replace(changed, corrections=corrections_of(work, case))
        if not changed.is_open:  # 2
            lift(work, case.id, because="the case was closed")
        changed = self._keeping.change(work, case, changed, what=what, who=by.login)
        if changed.corrections and self._deciding is not None:  # 3
            self._deciding.put_right(work, changed, who=by.login)
        return changed
