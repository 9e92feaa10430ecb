"""The 33 points in which administrations differ, each with the fields of the profile that say it.

The list is the one of the study of existing exchanges; the field of each point is proved below to
exist, and every field of a profile belongs to a point, or says whose profile it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from eodes.domain.partner import Profile
from eodes.domain.record import hints, shape

POINTS: Mapping[int, tuple[str, ...]] = {
    1: ("exchanging.access",),
    2: ("exchanging.trigger",),
    3: ("exchanging.medium",),
    4: ("exchanging.route",),
    5: ("wire.dialect", "wire.dialect_version", "wire.syntax"),
    6: ("wire.client_certificate", "wire.accepts_gzip", "wire.max_document_bytes"),
    7: ("wire.signature", "wire.algorithms"),
    8: ("wire.acknowledges", "wire.message_types"),
    9: (
        "timers.connect",
        "timers.answer",
        "timers.business_answer",
        "timers.first_repeat",
        "timers.longest_pause",
        "timers.repeats",
        "timers.hold_for_predecessor",
        "timers.clock_tolerance",
    ),
    10: ("numbers.style", "numbers.pattern", "numbers.longest"),
    11: ("lineage.correction",),
    12: ("lineage.cancellation",),
    13: ("content.forms",),
    14: ("content.fields",),
    15: ("content.hs_digits_most", "content.hs_editions"),
    16: ("content.item_cap",),
    17: ("content.charset", "content.transliterate", "content.longest_text"),
    18: ("content.zone",),
    19: ("content.codes",),
    20: ("content.percent_rounding",),
    21: ("border.feedback",),
    22: ("border.match_keys",),
    23: ("border.transit_proofs",),
    24: ("border.verification", "border.verification_reply_months", "border.annex_bytes"),
    25: ("border.paper",),
    26: ("border.specimens",),
    27: ("keeping.retransmits", "keeping.reconciliation"),
    28: ("keeping.retention_years",),
    29: ("joining.sample_pairs", "joining.pass_percent"),
    30: ("wire.version_upgrade",),
    31: ("joining.issuing_bodies",),
    32: ("content.producer_disclosures",),
    33: ("keeping.statistics",),
}

#: What says whose profile it is, since when, and by which keys: no point of variation.
IDENTITY = frozenset({"code", "version", "dated", "authority", "country", "name", "pins"})


def profile_fields() -> Iterator[str]:
    """Name every field of a profile: `timers.connect`, `content.forms`."""
    for name, annotation in hints(Profile).items():
        form = shape(annotation)
        if form.many or not dataclasses.is_dataclass(form.bare):
            yield name
        else:
            yield from (f"{name}.{field.name}" for field in dataclasses.fields(form.bare))


def may_be_absent(path: str) -> bool:
    """Tell whether a field says "none" by not being there."""
    section, _, name = path.partition(".")
    return shape(hints(shape(hints(Profile)[section]).bare)[name]).optional
