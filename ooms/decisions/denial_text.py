"""The notice to an importer: ground, facts, basis, remedy and deadline, in his language.

Pure: the same decision tells the same words, and what was told is kept with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ooms.decisions.model import About, RemedyTold, Security, Verdict, Why

Words = Mapping[str, str]


def told(  # noqa: PLR0913  # the facts of one notice, each by its name
    verdict: Verdict,
    about: About,
    *,
    place: tuple[int, int],
    quantity: str,
    why: Why,
    words: Words,
    security: Security | None = None,
) -> str:
    """Write the notice of a decision, a paragraph for each thing that it has to say."""
    line_no, spec_no = place
    stated = {
        "line": f"{line_no}-{spec_no}" if spec_no else str(line_no),
        "declaration": about.declaration_number,
        "item": str(about.item_no),
        "certificate": about.certificate_number,
        "agreement": about.agreement,
        "quantity": quantity,
    }
    paragraphs = [words[f"decision.{verdict.value.lower()}"].format(**stated)]
    paragraphs += _reasons(why, words)
    if security is not None:
        given = {"amount": f"{security.amount:f}", "currency": security.currency}
        paragraphs.append(words["decision.security"].format(**given, reference=security.reference))
    paragraphs += [_remedy(one, words) for one in why.remedies]
    return "\n".join(paragraphs)


def _reasons(why: Why, words: Words) -> list[str]:
    """Name what stands behind the decision; what has nothing to say is left out."""
    reasons = []
    if why.ground:
        key = f"ground.{why.ground.lower().replace('-', '_')}"
        reasons.append(words["decision.ground"].format(ground=words[key]))
    if why.facts:
        reasons.append(words["decision.facts"].format(facts=why.facts))
    if why.basis:
        reasons.append(words["decision.basis"].format(basis="; ".join(why.basis)))
    if why.verification:
        reasons.append(words["decision.verification"].format(case=why.verification))
    return reasons


def _remedy(remedy: RemedyTold, words: Words) -> str:
    key = f"remedy.{remedy.kind.lower()}"
    if remedy.until is None:
        return words[f"{key}.open"].format(source=remedy.source)
    return words[key].format(until=remedy.until, source=remedy.source)
