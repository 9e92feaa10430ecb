"""Keep offices, posts and trainings, and choose who gets a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import Flaw, UnfitError
from ooms.officers.model import (
    Assignment,
    Case,
    Credits,
    IssuingPlace,
    Officer,
    Post,
    Training,
    assign,
    credits_of,
)
from ooms.officers.repository import OfficerRows
from ooms.procedures.model import Procedure


class NotCompetentError(UnfitError):
    """The case lies outside the officer's post; leave it to a colleague."""

    code = "RUL-COMPETENCE"


class Officers:
    """The desk of offices and their officers."""

    def __init__(self, procedure: Procedure) -> None:
        """Count training by the administration's procedure."""
        self._training = procedure.training

    @property
    def subjects(self) -> tuple[str, ...]:
        """Name the subjects that a training may have."""
        return self._training.subjects

    def keep_place(self, work: Work, place: IssuingPlace, *, by: User) -> IssuingPlace:
        """Keep an issuing office.

        Raises:
            UnfitError: another office's numbers could not be told from this one's.

        """
        rows = OfficerRows(work.transaction)
        key = place.code.replace("-", "")
        alike = [one.code for one in rows.places() if one.code.replace("-", "") == key]
        if set(alike) - {place.code}:
            detail = f"numbers look like those of {alike[0]}; choose a code that differs in letters"
            raise UnfitError(Flaw("/code", detail))
        rows.keep_place(place)
        record(work, who=by.login, what="office.kept", subject=f"office/{place.code}")
        return place

    def keep_post(self, work: Work, post: Post, *, by: User) -> Post:
        """Keep an officer's post.

        Raises:
            UnfitError: there is no such office, or the person is no officer.

        """
        rows = OfficerRows(work.transaction)
        if post.office not in {one.code for one in rows.places()}:
            raise UnfitError(Flaw("/office", f"there is no office {post.office}"))
        self.require_officer(work, post.user_id)
        rows.keep_post(post)
        record(work, who=by.login, what="post.kept", subject=f"user/{post.user_id}")
        return post

    def places(self, work: Work) -> tuple[IssuingPlace, ...]:
        """Return every issuing office."""
        return OfficerRows(work.transaction).places()

    def place(self, work: Work, code: str) -> IssuingPlace | None:
        """Find an issuing office by its code."""
        return OfficerRows(work.transaction).place(code)

    def posts(self, work: Work) -> tuple[Post, ...]:
        """Return every post."""
        return OfficerRows(work.transaction).posts()

    def officers(self, work: Work) -> tuple[Officer, ...]:
        """Return everybody who decides applications, with his post."""
        return OfficerRows(work.transaction).officers()

    def choose(self, work: Work, case: Case, *, load: Mapping[str, int]) -> Assignment | None:
        """Choose who gets a case; None while no office is kept."""
        rows = OfficerRows(work.transaction)
        return assign(case, rows.places(), rows.posts(), load=load)

    def require_competence(self, work: Work, case: Case, user_id: str) -> None:
        """Refuse a case to an officer whose post does not cover it; without a post all is covered.

        Raises:
            NotCompetentError: the case lies outside the post.

        """
        posts = OfficerRows(work.transaction).posts()
        if any(one.user_id == user_id and not one.is_competent(case) for one in posts):
            raise NotCompetentError(
                Flaw("", f"{case.agreement}, chapters {', '.join(sorted(case.chapters))}")
            )

    def train(self, work: Work, training: Training, *, by: User) -> Training:
        """Keep a training; the desk gives it its key.

        Raises:
            UnfitError: the procedure knows no such subject, or the person is no officer.

        """
        rows = OfficerRows(work.transaction)
        if training.subject not in self._training.subjects:
            known = ", ".join(self._training.subjects)
            raise UnfitError(Flaw("/subject", f"{training.subject} is none of {known}"))
        if training.held_on > work.today:
            raise UnfitError(Flaw("/held_on", "the training has not been held yet"))
        self.require_officer(work, training.user_id)
        kept = replace(training, id=work.new_id(), recorded_by=by.id, recorded_at=work.now)
        rows.add_training(kept)
        record(work, who=by.login, what="training.recorded", subject=f"user/{training.user_id}")
        return kept

    def credits(self, work: Work, user_id: str, *, year: int) -> Credits:
        """Sum an officer's training in a year."""
        trainings = OfficerRows(work.transaction).trainings(user_id, year=year)
        return credits_of(user_id, trainings, year=year, wanted=self._training.hours)

    def require_officer(self, work: Work, user_id: str) -> None:
        """Refuse whoever decides no applications.

        Raises:
            UnfitError: the person is no officer.

        """
        if not OfficerRows(work.transaction).is_officer(user_id):
            raise UnfitError(Flaw("/user_id", f"{user_id} is no officer"))
