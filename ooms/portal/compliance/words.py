"""Words of a company's figures, by the codes of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

SAID: Mapping[str, str] = {
    "YES": N_("Yes"),
    "NO": N_("No, not yet"),
    "NOT_APPLICABLE": N_("Does not apply"),
}
