"""What leaves with a reply: papers of companies, each class only under consent.

Korea: FTA Customs Special Act 38(1), Decree 13(2): evidence goes along only where who handed it in
consents.  What stays is named, so that the partner knows that it was withheld.
"""

from __future__ import annotations

from dataclasses import replace

from ooms.consents.model import Class, ConsentMissingError, Purpose, Subject
from ooms.consents.service import record_release, require_consent
from ooms.db import Work
from ooms.errors import Flaw, UnfitError
from ooms.verifications.answer import Answer, Inquiry, Leaving, Result, Withheld
from ooms.verifications.parts import Paper

PURPOSE = Purpose.VERIFICATION_CASE
#: What an administration writes or issues itself, and the consent: nobody has to agree to it.
NOBODYS = frozenset({"CERTIFICATE", "CONSENT", "LETTER"})


def sorted_by_consent(
    work: Work, answer: Answer, *, inquiries: tuple[Inquiry, ...], wanted: tuple[str, ...]
) -> tuple[tuple[Leaving, ...], tuple[Withheld, ...]]:
    """Sort papers into those that may leave and those that no consent covers.

    Raises:
        UnfitError: no company handed in such a paper.

    """
    handed = {paper.sha256: (paper, one.company_id) for one in inquiries for paper in one.papers}
    unknown = [digest for digest in wanted if digest not in handed]
    if unknown:
        words = f"no company handed in {unknown[0]} here"
        raise UnfitError(Flaw("/papers", words, code="REF-PAPER"))
    leaving, withheld = [], []
    for digest in dict.fromkeys(wanted):
        paper, company = handed[digest]
        consent = _consent(work, answer, paper, company=company)
        if consent is None:
            withheld.append(Withheld(paper.title, company, tuple(sorted(_classes(paper)))))
        else:
            leaving.append(Leaving(paper, company, consent))
    return tuple(leaving), tuple(withheld)


def release(work: Work, answer: Answer, *, result: Result, who: str) -> Result:
    """Record what leaves now; what is no longer consented to stays, and is said to stay."""
    leaving, withheld = [], list(result.withheld)
    for one in result.leaving:
        consent = _consent(work, answer, one.paper, company=one.company_id)
        if consent is None:
            classes = tuple(sorted(_classes(one.paper)))
            withheld.append(Withheld(one.paper.title, one.company_id, classes))
            continue
        leaving.append(replace(one, consent=consent))
        if _classes(one.paper):
            record_release(
                work,
                subject=_subject(answer, one.paper, company=one.company_id),
                to=answer.asked.partner,
                purpose=PURPOSE,
                content=one.paper.sha256,
                who=who,
            )
    return replace(result, leaving=tuple(leaving), withheld=tuple(withheld))


def withheld_words(result: Result) -> str:
    """Say what stays here, without saying what it says."""
    if not result.withheld:
        return ""
    named = "; ".join(
        f"{one.title} ({', '.join(one.classes).replace('_', ' ').lower()})"
        for one in result.withheld
    )
    return f"Withheld without the consent of who submitted it: {named}."


def _consent(work: Work, answer: Answer, paper: Paper, *, company: str) -> str | None:
    if not _classes(paper):
        return ""
    try:
        given = require_consent(
            work,
            subject=_subject(answer, paper, company=company),
            to=answer.asked.partner,
            purpose=PURPOSE,
        )
    except ConsentMissingError:
        return None
    return given[0].id


def _classes(paper: Paper) -> frozenset[Class]:
    """Return what has to be consented to; a proof without a class still is somebody's."""
    if not paper.classes and paper.kind in NOBODYS:
        return frozenset()
    return frozenset(Class(one) for one in paper.classes) or frozenset({Class.OTHER})


def _subject(answer: Answer, paper: Paper, *, company: str) -> Subject:
    return Subject(company, _classes(paper), f"received-verification/{answer.id}")
