"""What the office's own refusal codes mean; the gateway's are in its catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from eodes.domain.refusals.catalogue import CATALOGUE
from ooms.handbook.loader import load_office_codes

Words = tuple[str, str, str]

#: Code: what it means, who mends it, what to do next.  A new one is written in
#: `ooms/handbook/data/office_codes.toml`.
OFFICE_CODES: Mapping[str, Words] = {
    one.code: (one.means, one.who, one.then)
    for one in load_office_codes()
    if one.code not in CATALOGUE
}
