"""Words of the own account, by the codes of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: What was done to how somebody signs in, as the audit trail names it.
EVENTS: Mapping[str, str] = {
    "user.factors_removed": N_("Every second factor was taken away"),
    "user.passkey_added": N_("A passkey was added"),
    "user.passkey_removed": N_("A passkey was removed"),
    "user.password_changed": N_("The password was changed"),
    "user.password_reset": N_("A fresh password was drawn, and every second factor taken away"),
    "user.recovery_code_used": N_("A recovery code was used"),
    "user.recovery_codes_made": N_("Recovery codes were made"),
    "user.second_factor_dropped": N_("The authenticator app was taken away"),
    "user.second_factor_set": N_("An authenticator app was set up"),
}
