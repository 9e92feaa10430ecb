"""Reads and writes issuing offices, posts and trainings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Table, insert, select

from ooms.access import tables as access
from ooms.access.model import Role
from ooms.db import Transaction
from ooms.officers import tables
from ooms.officers.model import IssuingPlace, OfficeKind, Officer, Post, Training

_place, _post, _training = tables.place, tables.post, tables.training


class OfficerRows:
    """Offices, posts and trainings within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def keep_place(self, place: IssuingPlace) -> None:
        """Keep an office, in the place of what was said of it before."""
        row = asdict(place) | {"kind": place.kind.value, "cities": list(place.cities)}
        self._keep(_place, row, key="code")

    def keep_post(self, post: Post) -> None:
        """Keep an officer's post, in the place of the one before."""
        lists = {"agreements": list(post.agreements), "chapters": list(post.chapters)}
        self._keep(_post, asdict(post) | lists, key="user_id")

    def places(self) -> tuple[IssuingPlace, ...]:
        """Return every office."""
        rows = self._transaction.execute(select(_place).order_by(_place.c.code))
        return tuple(_place_of(row) for row in rows)

    def place(self, code: str) -> IssuingPlace | None:
        """Find an office by its code."""
        row = self._transaction.execute(select(_place).where(_place.c.code == code)).first()
        return _place_of(row) if row else None

    def posts(self) -> tuple[Post, ...]:
        """Return every post."""
        rows = self._transaction.execute(select(_post).order_by(_post.c.user_id))
        return tuple(
            Post(
                row.user_id,
                row.office,
                row.most_open,
                tuple(row.agreements),
                tuple(row.chapters),
                row.is_present,
            )
            for row in rows
        )

    def officers(self) -> tuple[Officer, ...]:
        """Return everybody who decides applications, by name."""
        user, posts = access.user, {one.user_id: one for one in self.posts()}
        wanted = select(user.c.id, user.c.name, user.c.disabled_at)
        rows = self._transaction.execute(
            wanted.where(user.c.role == Role.OFFICER.value).order_by(user.c.name, user.c.id)
        )
        return tuple(
            Officer(row.id, row.name, row.disabled_at is None, posts.get(row.id)) for row in rows
        )

    def is_officer(self, user_id: str) -> bool:
        """Tell whether a user decides applications."""
        user = access.user
        wanted = select(user.c.id).where(user.c.id == user_id, user.c.role == Role.OFFICER.value)
        return self._transaction.execute(wanted).first() is not None

    def add_training(self, training: Training) -> None:
        """Keep a training."""
        self._transaction.execute(insert(_training).values(**asdict(training)))

    def trainings(self, user_id: str, *, year: int) -> tuple[Training, ...]:
        """Return an officer's trainings of a year, the earliest first."""
        wanted = (
            select(_training)
            .where(
                _training.c.user_id == user_id,
                _training.c.held_on >= date(year, 1, 1),
                _training.c.held_on < date(year + 1, 1, 1),
            )
            .order_by(_training.c.held_on, _training.c.id)
        )
        return tuple(Training(*row) for row in self._transaction.execute(wanted))

    def _keep(self, table: Table, row: dict[str, Any], *, key: str) -> None:
        found = select(table.c[key]).where(table.c[key] == row[key])
        if self._transaction.execute(found).first() is None:
            self._transaction.execute(insert(table).values(**row))
        else:
            self._transaction.execute(table.update().where(table.c[key] == row[key]).values(**row))


def _place_of(row: Any) -> IssuingPlace:
    return IssuingPlace(row.code, row.name, OfficeKind(row.kind), tuple(row.cities), row.place)
