"""The reference page of rights: who may do what, as the one table in the code says it."""

from __future__ import annotations

from collections.abc import Iterator

from ooms.access.model import (
    FOR_A_COMPANY,
    FRESH,
    NEEDS_STANDING,
    OF_A_COMPANY,
    PURPOSES,
    RIGHTS,
    SCOPES,
    Action,
    Role,
)
from tools.docs import markdown


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"rights.md": markdown.page("Rights", "`ooms/access/model.py`", _lines())}


def _lines() -> Iterator[str]:
    yield "Every route asks for one right; a role without it is refused with `AUT-ROLE`."
    yield "[Let people in](../how-to/people-and-rights.md) tells how people get their role."
    yield from markdown.section("Roles")
    yield from markdown.table(("role", "is for", "sees"), _roles())
    yield from markdown.section("Rights by role")
    yield from markdown.table(("may", *(_short(role) for role in Role)), _rights())
    yield from markdown.section("Only with a fresh proof of who calls")
    yield "To change something under these rights is refused with `AUT-PROOF` when it was shown too"
    yield "long ago who calls (`access.fresh_proof_minutes`); `POST /account/proof` shows it again:"
    yield ""
    yield from (f"- {action.value}" for action in Action if action in FRESH)
    yield ""
    yield "Who holds a second factor and did not show it in the session is refused them with"
    yield "`AUT-SECOND-FACTOR-DUE`, whatever was proved by the password alone."
    yield from markdown.section("Only while the company's account is active")
    yield "A company's people are refused these with `AUT-COMPANY` while it is not:"
    yield ""
    yield from (f"- {action.value}" for action in Action if action in NEEDS_STANDING)
    yield from markdown.section("What a company lets its broker do, by scope")
    yield "Beyond the scopes of a delegation a broker is refused with `AUT-DELEGATION`."
    yield ""
    yield from markdown.table(("may", *(markdown.code(scope.value) for scope in SCOPES)), _scopes())


def _roles() -> Iterator[tuple[str, str, str]]:
    for role in Role:
        yield markdown.code(role.value), PURPOSES[role], _sight(role)


def _sight(role: Role) -> str:
    if role in OF_A_COMPANY:
        return "the own company's things"
    if role in FOR_A_COMPANY:
        return "the things of the company that the call names"
    return "every company's things, as far as its rights go"


def _rights() -> Iterator[tuple[str, ...]]:
    for action in Action:
        yield action.value, *(_mark(held=role in RIGHTS[action]) for role in Role)


def _scopes() -> Iterator[tuple[str, ...]]:
    delegated = frozenset[Action]().union(*SCOPES.values())
    for action in Action:
        if action in delegated:
            yield action.value, *(_mark(held=action in scope) for scope in SCOPES.values())


def _mark(*, held: bool) -> str:
    return "yes" if held else ""


def _short(role: Role) -> str:
    """Return the role as the head of a narrow column."""
    return role.value.replace("_", " ").lower()
