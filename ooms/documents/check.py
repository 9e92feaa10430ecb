"""Check a document: is it authentic, is it unaltered, is it still valid?

It needs the trusted issuers' certificates and nothing else.  What only the issuing office knows,
a cancellation or a replacement, is said to be unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from ooms.documents import code, scan, sealed_pdf
from ooms.documents.model import Answer, Checked, Finding, Summary, validity
from ooms.documents.trust import Trust

XML_FILE = "certificate.xml"
OFFLINE = (
    "Whether it was cancelled or replaced since is known to the issuing office only: ask there."
)
COMPARE = "Compare what the seal says with what is printed."
_PDF = b"%PDF-"


class XmlReader(Protocol):
    """What this desk needs of whoever understands the sealed XML."""

    def read(self, raw: bytes, *, trust: Trust, at: datetime) -> Summary | str:
        """Return what the XML says, judged as of an instant, or why it is not believed."""
        ...


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks documents against trusted issuers."""

    trust: Trust
    xml: XmlReader

    def check(self, data: bytes, *, on: date) -> Checked:
        """Check a PDF, a photograph, or the text of a code; the bytes say which it is."""
        if data.startswith(_PDF):
            return self._pdf(data, on=on)
        if data.startswith(code.PREFIX.encode()):
            return self._codes((data.decode("ascii", "replace").strip("\r\n"),), on=on)
        try:
            return self._codes(scan.codes_in_picture(data), on=on)
        except scan.UnreadableError as error:
            return _unread("readable", str(error))

    def _codes(self, texts: tuple[str, ...], *, on: date) -> Checked:
        """Judge the codes of a picture: the one that says most is the one that counts."""
        if not texts:
            return _unread(
                "code found",
                "no sealed code was found; photograph it straight from above, or scan at 300 dpi",
            )
        judged = [code.read(text, trust=self.trust) for text in texts]
        for one in judged:
            if isinstance(one, code.Disbelieved):
                return _refused("seal of the code", one.because, claimed=one.claimed)
        believed = [one for one in judged if isinstance(one, code.Believed)]
        numbers = {one.summary.number for one in believed}
        if len(numbers) > 1:
            return _refused(
                "one certificate", f"codes of {', '.join(sorted(numbers))} lie together"
            )
        best = max(believed, key=lambda one: one.summary.item_count)
        found = Finding(
            "seal of the code", passed=True, because=f"sealed by {best.issuer.authority}"
        )
        return Checked(
            authentic=Answer.YES,
            unaltered=Answer.UNKNOWN,
            valid=validity(best.summary, on=on),
            findings=(found, _dates(best.summary, on=on)),
            remark=f"{COMPARE} {OFFLINE}",
            summary=best.summary,
        )

    def _pdf(self, data: bytes, *, on: date) -> Checked:
        """Judge a PDF.

        1. Judge its seal; without one it is a picture of paper, and its codes are judged.
        2. Read the sealed XML as of the moment of the seal.
        3. Compare the printed code with the XML.
        """
        sealed = sealed_pdf.judge(data, trust=self.trust)  # 1
        if isinstance(sealed, sealed_pdf.Broken):
            return _refused("seal of the file", sealed.because)
        try:
            codes = scan.codes_in_pdf(data)
        except scan.UnreadableError as error:
            return _unread("readable", str(error))
        if isinstance(sealed, sealed_pdf.Unsealed):
            bare = "the file bears no seal, and no sealed code was found on its pages"
            return self._codes(codes, on=on) if codes else _refused("code found", bare)
        whole = Finding(
            "seal of the file",
            passed=True,
            because=f"sealed by {sealed.issuer.authority} at {sealed.sealed_at.isoformat()}, "
            "over every byte",
        )
        said = self.xml.read(  # 2
            sealed.files.get(XML_FILE, b""), trust=self.trust, at=sealed.sealed_at
        )
        if isinstance(said, str):
            return _refused("signature of the XML", said, before=(whole,))
        findings = (
            whole,
            Finding("signature of the XML", passed=True, because=f"signed by {said.authority}"),
            *self._printed(codes, said),  # 3
            _dates(said, on=on),
        )
        is_whole = all(one.passed for one in findings[:-1])
        return Checked(
            authentic=Answer.YES if said.authority == sealed.issuer.authority else Answer.NO,
            unaltered=Answer.YES if is_whole else Answer.NO,
            valid=validity(said, on=on),
            findings=findings,
            remark=OFFLINE,
            summary=said,
        )

    def _printed(self, texts: tuple[str, ...], said: Summary) -> tuple[Finding, ...]:
        """Compare every printed code with the XML; a document without a code has lost it."""
        if not texts:
            return (Finding("printed code", passed=False, because="no code is printed"),)
        return tuple(self._compared(code.read(text, trust=self.trust), said) for text in texts)

    def _compared(self, judged: code.Believed | code.Disbelieved, said: Summary) -> Finding:
        if isinstance(judged, code.Disbelieved):
            return Finding("printed code", passed=False, because=judged.because)
        printed = judged.summary
        expected = (
            code.shortened(said, items=len(printed.items))
            if printed.item_count
            else code.minimal(said)
        )
        expected = replace(expected, sealed_at=printed.sealed_at)
        if printed != expected:
            return Finding(
                "printed code", passed=False, because="the code is of another certificate"
            )
        return Finding("printed code", passed=True, because="it says what the XML says")


def _dates(summary: Summary, *, on: date) -> Finding:
    return Finding(
        "dates",
        passed=validity(summary, on=on) is Answer.YES,
        because=f"valid from {summary.issued_on} until {summary.valid_until}, asked for {on}",
    )


def _unread(check: str, because: str) -> Checked:
    """Tell that nothing was read: a blurred photograph of a good paper is no forgery."""
    return Checked(
        authentic=Answer.UNKNOWN,
        unaltered=Answer.UNKNOWN,
        valid=Answer.UNKNOWN,
        findings=(Finding(check, passed=False, because=because),),
        remark="Nothing was read; hand in a better picture, or ask the issuing office.",
    )


def _refused(
    check: str, because: str, *, claimed: Summary | None = None, before: tuple[Finding, ...] = ()
) -> Checked:
    return Checked(
        authentic=Answer.NO,
        unaltered=Answer.NO,
        valid=Answer.UNKNOWN,
        findings=(*before, Finding(check, passed=False, because=because)),
        remark="Do not rely on it; ask the issuing office.",
        summary=claimed,
    )
