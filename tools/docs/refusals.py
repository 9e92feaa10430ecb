"""The reference page of the refusal codes."""

from __future__ import annotations

from collections.abc import Iterator

from eodes.domain.refusals.catalogue import CATALOGUE, FAMILIES
from eodes.domain.refusals.meaning import Meaning, Mender
from tools.docs import markdown
from tools.docs.office_codes import OFFICE_CODES

_MENDERS = {
    Mender.SENDER: "the administration that sent the message or the card",
    Mender.RECEIVER: "the administration that refused or did not answer",
    Mender.OPERATOR: "who runs this node",
    Mender.EXPORTER: "who stated the facts of the certificate",
}


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"refusals.md": markdown.page("Refusal codes", "`eodes/domain/refusals/`", _lines())}


def _lines() -> Iterator[str]:
    yield "A refusal carries its code, a sentence, the path in the document, the box of the form,"
    yield "and whether the same bytes may succeed later."
    yield "A partner's own system may give codes that are not here."
    yield "[How to investigate a refusal](../how-to/investigate-a-refusal.md) says where to look."
    yield from markdown.section("Who mends it")
    yield from markdown.table(("word", "who"), ((one.value, who) for one, who in _MENDERS.items()))
    for family, about in FAMILIES.items():
        yield from markdown.section(f"{family}: {about}")
        meanings = [one for one in CATALOGUE.values() if one.family == family]
        if not meanings:
            yield "No code of this family is given yet."
            continue
        yield from markdown.table(
            ("code", "means", "who mends it", "what to do next", "same bytes later", "source"),
            map(_row, meanings),
        )
    yield from markdown.section("The office's own codes")
    yield "These stand in answers of `ooms` to its users and in its checks of a claim; none of them"
    yield "travels to a partner."
    yield ""
    yield from markdown.table(
        ("code", "means", "who mends it", "what to do next"),
        ((markdown.code(code), *words) for code, words in OFFICE_CODES.items()),
    )


def _row(meaning: Meaning) -> tuple[object, ...]:
    return (
        f'<a id="{meaning.code.lower()}"></a>`{meaning.code}`',
        meaning.means,
        meaning.mender.value,
        meaning.next_step,
        meaning.retryable,
        meaning.source,
    )
