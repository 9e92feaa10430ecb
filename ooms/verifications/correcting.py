"""See that an importer put his declarations right, as he says: the claims themselves tell."""

from __future__ import annotations

from ooms.claims.declaration import Line, bare
from ooms.claims.model import Claim
from ooms.claims.repository import ClaimRows
from ooms.db import Work
from ooms.errors import Flaw, UnfitError
from ooms.verifications.importer import Correction
from ooms.verifications.model import Subject, Verification


class NotCorrectedError(UnfitError):
    """A claim that is looked into stands as it was; a correction is another version of it."""

    code = "RUL-CORRECTION"


def corrections_of(work: Work, case: Verification) -> tuple[Correction, ...]:
    """Return what the importer handed in anew of every claim that is looked into.

    Raises:
        NotCorrectedError: no claim is named, or the lines in doubt of one are as they were.

    """
    if not case.subject.claim_ids:
        raise NotCorrectedError(Flaw("", "no claim is named that could have been corrected"))
    rows = ClaimRows(work.transaction)
    return tuple(_correction(rows, case, one) for one in case.subject.claim_ids)


def in_doubt(claim: Claim, subject: Subject) -> tuple[Line, ...]:
    """Return the lines of a claim that use an item in doubt."""
    items = {(bare(one.number), item.item_no) for one in subject.certificates for item in one.items}
    lines = (one.line for one in claim.lines)
    return tuple(one for one in lines if (bare(one.certificate_number), one.item_no) in items)


def _correction(rows: ClaimRows, case: Verification, claim_id: str) -> Correction:
    before = rows.find(claim_id)
    if before is None:
        raise NotCorrectedError(Flaw("", f"there is no claim {claim_id}"))
    others = rows.others(before.declaration)
    after = next((one for one in others if not one.superseded), None)
    if after is None or not before.superseded or after.made_at < case.selected_at:
        words = f"declaration {before.declaration.number} was not handed in anew"
        raise NotCorrectedError(Flaw("", words))
    if in_doubt(after, case.subject) == in_doubt(before, case.subject):
        version = f"version {after.declaration.version} of declaration {after.declaration.number}"
        raise NotCorrectedError(Flaw("", f"{version} leaves the lines in doubt as they were"))
    return Correction(
        after.declaration.number, after.declaration.version, after.id, instead_of=before.id
    )
