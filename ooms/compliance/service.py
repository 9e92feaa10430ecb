"""Keep what companies answered to the lists by which they check themselves."""

from __future__ import annotations

from collections.abc import Sequence

from ooms.access.model import User
from ooms.audit.service import record
from ooms.compliance.kept import Answer, Change, KeptCheck, changes, edition_of
from ooms.compliance.model import SelfChecks
from ooms.compliance.repository import SelfCheckRows
from ooms.db import Window, Work
from ooms.errors import Flaw, UnfitError

Compared = tuple[KeptCheck, tuple[Change, ...]]


class KeptChecks:
    """The desk of answered lists."""

    def __init__(self, checks: SelfChecks) -> None:
        """Keep answers to these questions."""
        self._checks = checks

    def keep(
        self, work: Work, answers: Sequence[Answer], *, industry: str, agreement: str, by: User
    ) -> Compared:
        """Keep a list as its company answered it, signed by who sends it.

        1. Every question of the list is answered, and no other.
        2. Keep it; it is never changed, a later one stands beside it.
        3. Write its digest into the audit trail, which is what proves it later.

        Raises:
            UnfitError: a question is not answered, or none of this list.

        """
        asked = self._checks.of(industry=industry, agreement=agreement)
        _require_whole({one.code for one in asked}, answers)  # 1
        kept = KeptCheck(
            id=work.new_id(),
            exporter_id=by.company or "",
            industry=industry,
            agreement=agreement,
            edition=edition_of([(one.code, one.question) for one in asked]),
            answers=tuple(sorted(answers, key=lambda one: one.question)),
            kept_by=by.id,
            signed_as=by.name,
            kept_at=work.now.replace(microsecond=0),
        )
        rows = SelfCheckRows(work.transaction)
        rows.add(kept)  # 2
        record(  # 3
            work,
            who=by.login,
            what="self_check.signed",
            subject=f"exporter/{kept.exporter_id}",
            facts={"self_check": kept.id, "sha256": kept.sha256},
        )
        return kept, changes(kept, since=rows.before(kept))

    def page(
        self, work: Work, window: Window, *, company: str | None, by: User
    ) -> tuple[Compared, ...]:
        """Return answered lists, the newest first, each beside the one before it."""
        rows = SelfCheckRows(work.transaction)
        found = rows.page(window, company=by.looks_at(company))
        return tuple((one, changes(one, since=rows.before(one))) for one in found)


def _require_whole(asked: set[str], answers: Sequence[Answer]) -> None:
    answered = {one.question for one in answers}
    missing = sorted(asked - answered)
    strange = sorted(answered - asked)
    flaws = [Flaw(f"/answers/{one}/said", "answer this question") for one in missing]
    flaws += [Flaw(f"/answers/{one}", "is no question of this list") for one in strange]
    if flaws:
        raise UnfitError(*flaws)
