"""What goes over the wire about sessions, and what all desks' bodies share."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from ooms.access.confidentiality import Withheld
from ooms.access.sessions import OpenedSession, Session
from ooms.kernel.quantity import parse_amount

Thing = TypeVar("Thing", bound=BaseModel)

_DIGITS = r"^[0-9]{1,15}(\.[0-9]{1,8})?$"


def _exact(given: object) -> Decimal:
    if isinstance(given, Decimal):
        return given
    if not isinstance(given, str):
        raise ValueError("a decimal is written as a text")  # noqa: TRY004  # pydantic reads this one
    return parse_amount(given)


#: A decimal is a text on the wire: a binary float is refused.
Exact = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _DIGITS, "examples": ["1250.5"]}),
]
Name = Annotated[str, Field(min_length=1, max_length=256)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]
AgreementCode = Annotated[str, Field(max_length=12, pattern="^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$")]
HsDigits = Annotated[str, Field(pattern="^[0-9]{6,12}$")]
Reason = Annotated[str, Field(min_length=1, max_length=2000)]
ReasonCode = Annotated[str, Field(pattern="^[A-Z][A-Z0-9_-]{1,39}$")]
#: A recovery code as somebody types it: with dashes, with blanks, in small letters.
RecoveryCode = Annotated[str, Field(pattern=r"^([A-Za-z0-9 -]{24,40})?$")]


class Body(BaseModel):
    """Anything on the wire: unknown fields are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WithheldOut(Body):
    """Which fields are not shown to this reader, and why."""

    fields: tuple[str, ...]
    because: str

    @classmethod
    def of(cls, withheld: Withheld) -> Self:
        """Show what is withheld."""
        return cls(fields=withheld.fields, because=withheld.because)


class PageOut(Body, Generic[Thing]):
    """Part of a list; `next` is the cursor of the part that follows."""

    items: tuple[Thing, ...]
    next: str | None = None


class SessionIn(Body):
    """User and password, and the one-time code of a second factor, or a recovery code for it."""

    login: Annotated[str, Field(min_length=1, max_length=70)]
    password: Annotated[str, Field(min_length=1, max_length=200)]
    code: Annotated[str, Field(pattern=r"^([0-9]{6})?$")] = ""
    recovery_code: RecoveryCode = ""


class ProofIn(Body):
    """What shows again who calls: the password, a one-time code, a recovery code, or two of it."""

    password: Annotated[str, Field(max_length=200)] = ""
    code: Annotated[str, Field(pattern=r"^([0-9]{6})?$")] = ""
    recovery_code: RecoveryCode = ""


class ProofOut(Body):
    """Until when what can hardly be taken back may be done without another proof."""

    proved_at: datetime
    fresh_until: datetime
    means: str

    @classmethod
    def of(cls, proved: Session, *, lasts: timedelta) -> Self:
        """Show a session that was proved just now."""
        at = proved.proved_at or proved.created_at
        return cls(proved_at=at, fresh_until=at + lasts, means=proved.means)


class SessionOut(Body):
    """The token to send as `Authorization: Bearer`, shown this once."""

    token: str
    expires_at: datetime
    role: str
    name: str
    exporter_id: str | None

    @classmethod
    def of(cls, opened: OpenedSession) -> Self:
        """Show an opened session."""
        return cls(
            token=opened.token,
            expires_at=opened.session.expires_at,
            role=opened.user.role,
            name=opened.user.name,
            exporter_id=opened.user.exporter_id,
        )
