"""Who is to be let in, which users are wanted, and who acts at the command line."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import Role, User


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to let in; a company's user names the company."""

    login: str
    name: str
    role: Role
    exporter_id: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which users are wanted."""

    role: Role | None = None
    exporter_id: str | None = None


def console(login: str = "console") -> User:
    """Return who acts at the command line: whoever may write the node's files is an operator."""
    return User(id="", login=login, name="at the command line", role=Role.OPERATOR)
