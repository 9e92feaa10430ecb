"""Conjunctions whose members share one tolerance: on bits where nobody needs it."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.origin.compiled.shift import CompiledShift
from ooms.origin.compiled.sitting import Sitting
from ooms.origin.compiled.words import ByTrace, Every
from ooms.origin.trace import Finding


@dataclass(frozen=True, slots=True)
class Together:
    """Members that hold together; when a shift fails, the traced criteria weigh all of them."""

    shifts: tuple[CompiledShift, ...]
    plainly: Every
    by_trace: ByTrace

    def hear(self, sitting: Sitting) -> Finding:
        """Judge each for itself where every shift holds without an excuse."""
        if not sitting.is_bare and all(shift.holds(sitting) for shift in self.shifts):
            return self.plainly.hear(sitting)
        return self.by_trace.hear(sitting)
