"""Writes every letter that is due, each in a transaction of its own."""

from __future__ import annotations

from functools import partial

import structlog

from ooms.company_letters.service import CompanyLetters, Draft
from ooms.db import Works
from ooms.documents.compose import UnprintableError

log = structlog.get_logger(__name__)


def write_due(desk: CompanyLetters, works: Works) -> int:
    """Write every letter that companies lack; tells how many were written."""
    written, after = 0, ""
    while due := works.read(partial(desk.due, after=after)):
        written += sum(_write(desk, works, one) for one in due)
        after = due[-1].words.about
    return written


def _write(desk: CompanyLetters, works: Works, draft: Draft) -> bool:
    """Write one letter.

    1. Print and seal it, with no transaction open.
    2. Keep it, unless another worker was quicker.

    A letter that cannot be printed is logged and stops no other one.
    """
    try:
        sealed = desk.seal(draft, at=works.clock())  # 1
    except UnprintableError as error:
        log.warning("letter.write.refused", company=draft.words.about, problem=str(error))
        return False
    return works.do(partial(desk.keep, sealed=sealed, period=draft.period))  # 2
