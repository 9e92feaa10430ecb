"""What a determination comes to, without the trace that led to it."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.origin.trace import Determination, ValueTest, Verdict


@dataclass(frozen=True, slots=True)
class Brief:
    """The verdict and what people act on; the same from the compiled and the traced engine."""

    verdict: Verdict
    criterion: str
    rule: str
    rule_source: str
    rule_verified: bool
    value: ValueTest | None
    questions: tuple[str, ...]
    rule_pack: str

    @classmethod
    def of(cls, determination: Determination) -> Brief:
        """Take what people act on out of a traced determination."""
        return cls(
            verdict=determination.verdict,
            criterion=determination.criterion,
            rule=determination.rule,
            rule_source=determination.rule_source,
            rule_verified=determination.rule_verified,
            value=determination.value,
            questions=tuple(question.key for question in determination.questions),
            rule_pack=determination.rule_pack,
        )
