"""Users and their sessions on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.model import Role, User
from ooms.access.schemas import Body, Name
from ooms.access.sessions import Session
from ooms.audit.model import Entry
from ooms.people.factors import Held
from ooms.people.model import NewUser

Password = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class UserIn(Body):
    """A person to let in; a company's user names the company."""

    login: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,34}$")]
    name: Name
    role: Role
    password: Password
    exporter_id: Annotated[str, Field(max_length=36)] | None = None

    def value(self) -> NewUser:
        """Return the new user, without the password."""
        return NewUser(self.login, self.name, self.role, self.exporter_id)


class UserOut(Body):
    """A user; nothing here lets anybody in."""

    id: str
    login: str
    name: str
    role: Role
    exporter_id: str | None
    disabled_at: datetime | None

    @classmethod
    def of(cls, user: User) -> Self:
        """Show a user."""
        return cls.model_validate(user, from_attributes=True)


class DisablingIn(Body):
    """Why a user is shut out."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]


class FreshPasswordOut(UserOut):
    """A user's fresh password, shown this once."""

    password: str

    @classmethod
    def showing(cls, user: User, password: str) -> Self:
        """Show a user with the password that was drawn."""
        return cls.model_validate(UserOut.of(user).model_dump() | {"password": password})


class SessionRow(Body):
    """Where a user is logged in."""

    id: str
    means: str
    address: str
    device: str
    created_at: datetime
    expires_at: datetime
    proved_at: datetime | None

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session without its token, which is kept nowhere."""
        return cls(
            id=session.id,
            means=session.means,
            address=session.address,
            device=session.device,
            created_at=session.created_at,
            expires_at=session.expires_at,
            proved_at=session.proved_at,
        )


class SessionsOut(Body):
    """Every session of a user that has not ended."""

    items: tuple[SessionRow, ...]


class PasswordChangeIn(Body):
    """The password so far, and the one from now on."""

    old: Password
    new: Password


class FactorOut(Body):
    """Whether an authenticator app is set up, and whether a second factor is due or was shown."""

    is_set_up: bool
    is_due: bool
    #: Whether the caller holds a factor to show: an app, a passkey or a recovery code.
    is_held: bool
    #: Whether this session showed a second factor, by whatever means.
    is_shown: bool


class SecondFactorOut(Body):
    """What an authenticator app reads, as a QR code or by hand; shown until a code confirms it."""

    address: str


class FactorsHeldOut(Body):
    """Which second factors a user holds; nothing here lets anybody in."""

    has_app: bool
    passkeys: int
    recovery_codes_made_at: datetime | None
    recovery_codes_left: int

    @classmethod
    def of(cls, held: Held) -> Self:
        """Show what a user holds."""
        return cls(
            has_app=held.has_app,
            passkeys=held.passkeys,
            recovery_codes_made_at=held.codes_made_at,
            recovery_codes_left=held.codes_left,
        )


class RecoveryCodesOut(Body):
    """Recovery codes, shown this once: each takes the place of a lost second factor once."""

    codes: tuple[str, ...]


class FactorsRemovalIn(Body):
    """Why the second factors of a user are taken away; he reads it on his account."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]


class FactorEventOut(Body):
    """What was done to how a user signs in: what, when, by whom, and why."""

    what: str
    who: str
    at: datetime
    by_another: bool
    reason: str
    left: str

    @classmethod
    def of(cls, entry: Entry, *, user: User) -> Self:
        """Show an entry of the trail about a user."""
        return cls(
            what=entry.what,
            who=entry.who,
            at=entry.at,
            by_another=entry.who != user.login,
            reason=entry.facts.get("reason", ""),
            left=entry.facts.get("left", ""),
        )


class FactorEventsOut(Body):
    """What was done to how the caller signs in, the newest first."""

    items: tuple[FactorEventOut, ...]


class CodeIn(Body):
    """A one-time code."""

    code: Code
