"""Files of declarations on the wire: what was handed in, and what became of each declaration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.claims.intake import Taken


class FileIn(Body):
    """A file by its name and digest; the same file under the same key gives the same report."""

    file: Annotated[str, Field(max_length=255)]
    sha256: str


class RowFlawOut(Body):
    """Something wrong with a declaration of a file."""

    pointer: str
    detail: str
    code: str


class TakenOut(Body):
    """What became of one declaration, with the rows of the file that it stands in."""

    rows: tuple[int, ...]
    declaration_number: str
    version: int
    claim_id: str | None
    decisions: dict[str, str]
    flaws: tuple[RowFlawOut, ...]

    @classmethod
    def of(cls, taken: Taken) -> Self:
        """Show what became of a declaration."""
        claim = taken.claim
        lines = claim.lines if claim else ()
        return cls(
            rows=taken.rows,
            declaration_number=taken.number,
            version=taken.version,
            claim_id=claim.id if claim else None,
            decisions={_place(one.line.place): one.decision.value for one in lines},
            flaws=tuple(
                RowFlawOut(pointer=one.pointer, detail=one.detail, code=one.code)
                for one in taken.flaws
            ),
        )


class FileOut(Body):
    """The report on a file: every declaration for itself."""

    file: str
    accepted: int
    refused: int
    declarations: tuple[TakenOut, ...]

    @classmethod
    def of(cls, file: str, taken: Iterable[Taken]) -> Self:
        """Count and show what became of a file."""
        shown = tuple(TakenOut.of(one) for one in taken)
        refused = sum(one.claim_id is None for one in shown)
        return cls(file=file, accepted=len(shown) - refused, refused=refused, declarations=shown)


def _place(place: tuple[int, int]) -> str:
    line_no, spec_no = place
    return f"{line_no}.{spec_no}" if spec_no else str(line_no)
