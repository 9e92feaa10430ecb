"""Words of the figures."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

SIDES: Mapping[str, str] = {
    "EXPORT": N_("Our certificates abroad"),
    "IMPORT": N_("Partners' certificates here"),
}
