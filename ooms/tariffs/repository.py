"""Reads and writes tariffs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from ooms.db import Transaction
from ooms.tariffs import tables
from ooms.tariffs.model import Line, Tariff, Wording

_t, _line = tables.tariff, tables.line


class TariffRows:
    """Tariffs within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def digest(self, edition: int, language: str) -> str | None:
        """Return what tells the loaded tariff from others, None when none is loaded."""
        found = self._transaction.execute(
            select(_t.c.digest).where(_t.c.edition == edition, _t.c.language == language)
        )
        return found.scalar_one_or_none()

    def add(self, tariff: Tariff, *, now: datetime) -> None:
        """Keep the first tariff of its edition and language."""
        self._transaction.execute(
            insert(_t).values(
                edition=tariff.edition,
                language=tariff.language,
                digest=tariff.digest,
                loaded_at=now,
            )
        )
        self._add_lines(tariff)

    def replace(self, tariff: Tariff, *, now: datetime) -> None:
        """Put a tariff in the place of the one of its edition and language."""
        # The head first: who loads at the same time waits for it.
        self._transaction.execute(
            update(_t)
            .where(_t.c.edition == tariff.edition, _t.c.language == tariff.language)
            .values(digest=tariff.digest, loaded_at=now)
        )
        self._transaction.execute(
            delete(_line).where(
                _line.c.edition == tariff.edition, _line.c.language == tariff.language
            )
        )
        self._add_lines(tariff)

    def wording(self, edition: int, codes: Iterable[str]) -> tuple[Wording, ...]:
        """Return the lines of some codes in every language, by language and code."""
        found = self._transaction.execute(
            select(_line.c.language, _line.c.code, _line.c.description)
            .where(_line.c.edition == edition, _line.c.code.in_(tuple(codes)))
            .order_by(_line.c.language, _line.c.code)
        )
        return tuple(Wording(language, Line(code, words)) for language, code, words in found)

    def language_like(self, edition: int, language: str) -> str | None:
        """Return a language that the edition has words in: the wanted one before any other."""
        found = self._transaction.execute(select(_t.c.language).where(_t.c.edition == edition))
        return min(found.scalars(), key=lambda one: (one != language, one), default=None)

    def lines(self, edition: int, language: str, codes: Iterable[str]) -> tuple[Line, ...]:
        """Return the lines of some codes in a language."""
        found = self._transaction.execute(
            select(_line.c.code, _line.c.description)
            .where(_line.c.edition == edition, _line.c.language == language)
            .where(_line.c.code.in_(tuple(codes)))
        )
        return tuple(Line(code, words) for code, words in found)

    def search(
        self, edition: int, language: str, *, words: Iterable[str], most: int
    ) -> tuple[Line, ...]:
        """Return the lines that hold every one of some words, whatever their case."""
        wanted = select(_line.c.code, _line.c.description).where(
            _line.c.edition == edition, _line.c.language == language
        )
        for word in words:
            wanted = wanted.where(_line.c.description.icontains(word, autoescape=True))
        found = self._transaction.execute(wanted.order_by(_line.c.code).limit(most))
        return tuple(Line(code, told) for code, told in found)

    def _add_lines(self, tariff: Tariff) -> None:
        self._transaction.execute(
            insert(_line),
            [
                {
                    "edition": tariff.edition,
                    "language": tariff.language,
                    "code": line.code,
                    "description": line.description,
                }
                for line in tariff.lines
            ],
        )
