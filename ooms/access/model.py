"""Users, roles, and the table of rights: every cell of it is tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ooms.errors import MissingError, NotAllowedError


class Role(StrEnum):
    """What a person is in this office."""

    EXPORTER = "EXPORTER"
    OFFICER = "OFFICER"
    IMPORT_OFFICER = "IMPORT_OFFICER"
    OPERATOR = "OPERATOR"


class Action(StrEnum):
    """What a person may want to do; written as it is read in a refusal."""

    REGISTER_EXPORTER = "register exporters"
    SEE_EXPORTER = "see exporters"
    DESCRIBE_PRODUCT = "describe products"
    SEE_PRODUCT = "see products"
    DETERMINE = "determine origin"
    SEE_DETERMINATION = "see determinations"
    APPLY = "apply for certificates"
    SEE_APPLICATION = "see applications"
    DECIDE_APPLICATION = "decide applications"
    ISSUE = "issue certificates"
    TAKE_BACK = "correct or take back certificates"
    SEE_CERTIFICATE = "see certificates"
    CLAIM = "check and decide claims"
    SEE_CLAIM = "see claims"
    SEE_AUDIT = "see the audit trail"


_E, _O, _I, _P = Role.EXPORTER, Role.OFFICER, Role.IMPORT_OFFICER, Role.OPERATOR

#: The right to act, by action; what an exporter sees is his company's only.
RIGHTS: Mapping[Action, frozenset[Role]] = {
    Action.REGISTER_EXPORTER: frozenset({_O, _P}),
    Action.SEE_EXPORTER: frozenset({_E, _O, _P}),
    Action.DESCRIBE_PRODUCT: frozenset({_E}),
    Action.SEE_PRODUCT: frozenset({_E, _O}),
    Action.DETERMINE: frozenset({_E, _O}),
    Action.SEE_DETERMINATION: frozenset({_E, _O}),
    Action.APPLY: frozenset({_E}),
    Action.SEE_APPLICATION: frozenset({_E, _O}),
    Action.DECIDE_APPLICATION: frozenset({_O}),
    Action.ISSUE: frozenset({_O}),
    Action.TAKE_BACK: frozenset({_O}),
    Action.SEE_CERTIFICATE: frozenset({_E, _O, _P}),
    Action.CLAIM: frozenset({_I}),
    Action.SEE_CLAIM: frozenset({_I}),
    Action.SEE_AUDIT: frozenset({_P}),
}


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in; an exporter's people act for one company."""

    id: str
    login: str
    name: str
    role: Role
    exporter_id: str | None = None

    def require(self, action: Action) -> None:
        """Refuse an action that the role has no right to.

        Raises:
            NotAllowedError: the table of rights says no.

        """
        if self.role not in RIGHTS[action]:
            raise NotAllowedError(role=self.role, action=action)

    def require_sight(self, exporter_id: str, *, what: str, id: str) -> None:  # noqa: A002  # as in the error
        """Refuse to show a company's thing to another company, as if it did not exist.

        Raises:
            MissingError: the thing is another company's.

        """
        if self.role is Role.EXPORTER and self.exporter_id != exporter_id:
            raise MissingError(what=what, id=id)

    @property
    def company(self) -> str | None:
        """The company whose things alone this person sees; None is everybody's."""
        return (self.exporter_id or "") if self.role is Role.EXPORTER else None


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that lasts until it expires; only the digest of its token is kept."""

    token_sha256: str
    user_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer once given under an idempotency key."""

    fingerprint: str
    status: int
    body: str
