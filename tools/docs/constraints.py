"""The reference page of the constraints that judge a certificate."""

from __future__ import annotations

from collections.abc import Iterator

from eodes.domain.constraints.judge import CONSTRAINTS
from eodes.exchange.rules import REFUSED_AT_RECEIPT
from tools.docs import markdown


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"constraints.md": markdown.page("Constraints", "`eodes/domain/constraints/`", _lines())}


def _lines() -> Iterator[str]:
    yield "Each constraint looks at one certificate with its form, calendars and originals."
    yield "C1 to C16 are rules that agreements share; F01 and on keep the certificate itself sound."
    yield "A finding names the code, the path, the box of the form and the facts that decided."
    yield ""
    yield "The sender refuses to send on any breach."
    yield "A receiver refuses only what the last column marks and reports everything else as a"
    yield "warning, because clocks depend on the issuer's calendar and slight discrepancies do not"
    yield "void a proof of origin (KVFTA 3.19, ATIGA operational certification procedure rule 16)."
    yield "Some breaches only warn on both sides: then the text says what could not be judged."
    yield ""
    yield from markdown.table(
        ("code", "constraint", "refused at receipt"),
        (
            (
                f"[`{one.code}`](refusals.md#{one.code.lower()})",
                one.sentence,
                one.code in REFUSED_AT_RECEIPT,
            )
            for one in CONSTRAINTS
        ),
    )
    yield ""
    yield "A receiver refuses by these codes of its own profile too:"
    yield f"{markdown.codes(sorted(REFUSED_AT_RECEIPT - {one.code for one in CONSTRAINTS}))}."
