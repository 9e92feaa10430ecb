"""A person says why a difference may stand: it is listed on, but asks nobody to act any more."""

from __future__ import annotations

from dataclasses import replace

from eodes.errors import UnknownDifferenceError
from eodes.store.records import Explanation, FoundDifference
from eodes.store.unit import Unit


def explain(unit: Unit, digest: str, *, partner: str, explanation: Explanation) -> FoundDifference:
    """Keep the explanation of a difference that the last comparison with a partner found.

    It holds for every later comparison that finds the same: partner, kind, certificate and both
    sides' lines.  When a line changes, the difference is another one, and open.

    Raises:
        UnknownDifferenceError: the last comparison found none with this digest.

    """
    run = unit.reconciliations.last_ended(partner)
    listed = unit.reconciliations.findings(run.run_id) if run else ()
    found = next((one for one in listed if one.digest == digest), None)
    if found is None:
        raise UnknownDifferenceError(partner=partner, digest=digest)
    unit.reconciliations.explain(digest, explanation)
    return replace(found, explanation=explanation)
