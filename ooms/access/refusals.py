"""Why somebody is not let in, or not let do something, each with its code."""

from __future__ import annotations

from ooms.errors import NotAllowedError, OfficeError, UnauthenticatedError


class SecondFactorError(UnauthenticatedError):
    """The password is right, and the code of the second factor is missing or wrong."""

    code = "AUT-SECOND-FACTOR"

    def __init__(self, *, was_shown: bool) -> None:
        said = "the code is wrong or was used before" if was_shown else "a code is needed too"
        super().__init__(reason=said)


class ProofDueError(UnauthenticatedError):
    """What is asked needs a fresh proof of who calls, and the last one is too long ago."""

    code = "AUT-PROOF"

    def __init__(self, *, action: str, seconds: int) -> None:
        self.seconds = seconds
        OfficeError.__init__(
            self,
            f"to {action}, show again who you are: POST /account/proof with the password or a "
            f"one-time code, then send this again; a proof is fresh for {seconds // 60} minutes",
        )


class ThrottledError(OfficeError):
    """Too many log-ins failed lately; whoever it is has to wait."""

    code = "AUT-THROTTLED"

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many log-ins failed; try again in {seconds} seconds")


class SecondFactorPolicyError(NotAllowedError):
    """The office asks this role for a second factor, and the session has none."""

    code = "AUT-SECOND-FACTOR-DUE"

    def __init__(self, *, role: str, action: str) -> None:
        super().__init__(
            role=role, action=f"{action} with a password alone; set up a second factor first"
        )


class UnshownFactorError(NotAllowedError):
    """The user holds a second factor, and the session did not show it."""

    code = "AUT-SECOND-FACTOR-DUE"

    def __init__(self, *, role: str, action: str) -> None:
        super().__init__(
            role=role,
            action=f"{action} without the second factor that you hold; show it: "
            "POST /account/proof with a one-time code or a recovery code, or "
            "POST /account/proof/passkey",
        )


class NotDelegatedError(NotAllowedError):
    """The company did not let this broker do this, or no longer does."""

    code = "AUT-DELEGATION"

    def __init__(self, *, company: str, action: str) -> None:
        self.company = company
        super().__init__(role="BROKER", action=f"{action} for {company}: there is no delegation")


class NoStandingError(NotAllowedError):
    """The company's account is not active, so its people may not act."""

    code = "AUT-COMPANY"

    def __init__(self, *, hindrance: str, role: str, action: str) -> None:
        self.hindrance = hindrance
        super().__init__(role=role, action=f"{action}: the company's account is {hindrance}")
