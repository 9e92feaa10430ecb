"""Sessions: by what means they are opened, and how lately it was shown who is behind one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ooms.access.model import User


class Means(StrEnum):
    """How a session was opened."""

    PASSWORD = "PASSWORD"  # noqa: S105  # the name of a means, no password
    PASSWORD_AND_CODE = "PASSWORD_AND_CODE"  # noqa: S105  # as above
    PASSWORD_AND_PASSKEY = "PASSWORD_AND_PASSKEY"  # noqa: S105  # as above
    #: The password, and one of the codes that were saved for a lost factor.
    RECOVERY_CODE = "RECOVERY_CODE"
    #: Two factors: the device, and what it verified its owner by.
    PASSKEY = "PASSKEY"
    OIDC = "OIDC"
    OIDC_AND_FACTOR = "OIDC_AND_FACTOR"


#: The means that show nothing but one factor, and what a code makes of each.
WITH_CODE: Mapping[Means, Means] = {
    Means.PASSWORD: Means.PASSWORD_AND_CODE,
    Means.OIDC: Means.OIDC_AND_FACTOR,
}
#: What a passkey makes of each.
WITH_PASSKEY: Mapping[Means, Means] = {
    Means.PASSWORD: Means.PASSWORD_AND_PASSKEY,
    Means.OIDC: Means.OIDC_AND_FACTOR,
}


#: What a recovery code makes of each.
WITH_RECOVERY: Mapping[Means, Means] = {
    Means.PASSWORD: Means.RECOVERY_CODE,
    Means.OIDC: Means.OIDC_AND_FACTOR,
}


@dataclass(frozen=True, slots=True)
class LogIn:
    """What somebody shows to be let in, and from where."""

    login: str
    password: str
    code: str = ""
    recovery_code: str = ""
    address: str = ""
    device: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """What failures are counted by: the account, and the address if it is known."""
        account = f"account:{self.login.casefold()}"
        return (account, f"address:{self.address}") if self.address else (account,)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a session is opened, and from where."""

    means: Means
    address: str
    #: What the browser or program calls itself.
    device: str
    #: When it was shown who he is; None where nobody says, as at some identity providers.
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that lasts until it expires; only the digest of its token is kept."""

    id: str
    token_sha256: str
    user_id: str
    means: Means
    address: str
    device: str
    created_at: datetime
    expires_at: datetime
    proved_at: datetime | None

    def is_fresh(self, *, lasts: timedelta, now: datetime) -> bool:
        """Tell whether it was shown lately who he is."""
        return self.proved_at is not None and now - self.proved_at <= lasts


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A token that is shown once, who it stands for, and until when."""

    token: str
    user: User
    session: Session
