"""Why nobody is let in by an identity provider, each with its code."""

from __future__ import annotations

from ooms.errors import OfficeError, UnauthenticatedError, UnavailableError


class SignOnError(UnauthenticatedError):
    """The log-in at the provider does not stand; begin again."""

    code = "AUT-SIGN-ON"

    def __init__(self, *, provider: str, reason: str) -> None:
        self.provider = provider
        self.reason = reason
        OfficeError.__init__(self, f"{reason}; begin to log in at {provider} again")


class UnlinkedError(SignOnError):
    """The provider knows the person, and no user of this office is linked to it."""

    code = "AUT-UNLINKED"

    def __init__(self, *, provider: str, subject: str) -> None:
        self.subject = subject
        super().__init__(
            provider=provider,
            reason=f"nobody here is linked to {subject} at {provider}: ask an operator for it",
        )


class ProviderError(UnavailableError):
    """The provider did not answer, or not as its own description promises."""

    code = "SYS-PROVIDER"

    def __init__(self, *, provider: str, problem: str) -> None:
        self.provider = provider
        self.problem = problem
        super().__init__(f"the identity provider {provider} {problem}; try again later")


class ProviderSettingsError(OfficeError):
    """A provider's settings name a file that cannot be read."""

    code = "SYS-SETTINGS"

    def __init__(self, *, provider: str, key: str, problem: str) -> None:
        super().__init__(f"access.oidc.{provider}.{key}: {problem}")
