"""Words that several pages share: what was done, and the states that people see."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: What a page tells after something was done, by the name in its address.
DONE: Mapping[str, str] = {
    "signed-out": N_("You are signed out."),
    "password-changed": N_("Your password is changed. Sign in with the new one."),
    "session-ended": N_("The session is ended."),
    "second-factor-set": N_("Your authenticator app counts from now on."),
}

#: States of things as everybody sees them, by their codes.
STATES: Mapping[str, str] = {}
