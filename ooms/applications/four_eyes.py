"""Refusals need four eyes: the officer proposes, a supervisor confirms or sends back."""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import User
from ooms.applications.model import Application, State, advance
from ooms.applications.service import Applications
from ooms.db import Work
from ooms.errors import ConflictError, NotAllowedError
from ooms.exporters.service import Exporters
from ooms.refusals.model import Good, Refusal, Warned
from ooms.refusals.service import Refusals


class FourEyes:
    """Confirms refusals, shares them, and warns of earlier ones."""

    def __init__(
        self,
        applications: Applications,
        exporters: Exporters,
        refusals: Refusals,
        *,
        office: str,
    ) -> None:
        """Refuse in the name of an office, unless the application was assigned to another."""
        self._applications = applications
        self._exporters = exporters
        self._refusals = refusals
        self._office = office

    def confirm(self, work: Work, application_id: str, *, by: User) -> Application:
        """Refuse for good what an officer proposed to refuse.

        1. Another person than the officer confirms.
        2. Share the refusal with every issuing office, in this same transaction.

        Raises:
            NotAllowedError: the same person proposed it.
            ConflictError: no refusal is proposed.

        """
        current = self._applications.get(work, application_id, by=by)
        state = advance(current.state, State.REFUSED)
        proposed_by, decision = current.officer_id, current.decision
        assert proposed_by is not None  # a proposal has an officer and his words
        assert decision is not None
        if proposed_by == by.id:  # 1
            raise NotAllowedError(role=by.role, action="confirm a refusal of their own")
        changed = self._applications.change(work, current, replace(current, state=state))
        refusal = Refusal(  # 2
            id=work.new_id(),
            application_id=current.id,
            exporter_id=current.exporter_id,
            goods=self._goods(work, current, by=by),
            reason_code=decision.reason_code,
            reason=decision.reason,
            office=current.office or self._office,
            proposed_by=proposed_by,
            confirmed_by=by.id,
            refused_at=work.now,
        )
        self._refusals.share(work, refusal)
        self._applications.note(
            work, changed, what="application.refused", by=by, reason_code=decision.reason_code
        )
        return changed

    def send_back(self, work: Work, application_id: str, *, reason: str, by: User) -> Application:
        """Give a proposed refusal back to its officer, with what is to be looked at again.

        Raises:
            ConflictError: no refusal is proposed.

        """
        current = self._applications.get(work, application_id, by=by)
        if current.state is not State.REFUSAL_PROPOSED:
            raise ConflictError(what="application", current=current.state, wanted="sent back")
        back = replace(current, state=advance(current.state, State.UNDER_REVIEW), decision=None)
        changed = self._applications.change(work, current, back)
        self._applications.note(
            work, changed, what="application.refusal_sent_back", by=by, facts={"reason": reason}
        )
        return changed

    def warnings(self, work: Work, application_id: str, *, by: User) -> tuple[Warned, ...]:
        """Return the earlier refusals that an application calls to mind."""
        current = self._applications.get(work, application_id, by=by)
        found = self._refusals.warnings(
            work, exporter_id=current.exporter_id, goods=self._goods(work, current, by=by)
        )
        return tuple(one for one in found if one.refusal.application_id != current.id)

    def _goods(self, work: Work, application: Application, *, by: User) -> frozenset[Good]:
        content = application.content
        exporter = self._exporters.get(work, application.exporter_id, by=by)
        maker = content.producer.name if content.producer else exporter.name
        return frozenset(
            Good.of(agreement=content.agreement, hs=line.hs, maker=maker) for line in content.lines
        )
