"""Why a passkey lets nobody in, each with its code."""

from __future__ import annotations

from ooms.errors import MissingError, OfficeError, UnauthenticatedError


class PasskeyError(UnauthenticatedError):
    """What the passkey showed does not stand; begin again."""

    code = "AUT-PASSKEY"

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        OfficeError.__init__(self, f"{reason}; begin again, or log in with the password")


class CopiedPasskeyError(PasskeyError):
    """The passkey signed less often than it told before: it, or an older answer, is a copy."""

    code = "AUT-PASSKEY-COPIED"

    def __init__(self) -> None:
        super().__init__(
            reason="the passkey counts fewer signatures than before, as a copy would; "
            "remove it and make another"
        )


class PasskeysOffError(MissingError):
    """The office does not say at which address its pages are, which passkeys are bound to."""

    code = "AUT-PASSKEYS-OFF"

    def __init__(self) -> None:
        super().__init__(what="use of passkeys here:", id="http.public_address is not set")
