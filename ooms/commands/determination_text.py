"""A determination as people read it: the verdict, the rule, every criterion, what would help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

Json = dict[str, Any]

_MARKS = {True: "mark.yes", False: "mark.no", None: "mark.unknown"}


def told(answer: Json, words: Mapping[str, str], *, currency: str) -> str:
    """Tell an answer whose words are in the reader's language already."""
    parts = (
        _head(answer, words, currency),
        _alternatives(answer, words),
        _questions(answer, words),
        _ways_out(answer, words),
        [words["label.trace"].format(engine=answer["engine"], pack=answer["rule_pack"])],
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)


def _head(answer: Json, words: Mapping[str, str], currency: str) -> Iterator[str]:
    yield answer["verdict_text"]
    if answer["criterion"]:
        yield "  " + words["label.criterion"].format(criterion=answer["criterion"])
    if answer["rule"]:
        yield "  " + words["label.rule"].format(rule=answer["rule_text"])
        yield "  " + _source(answer, words)
    value = answer["value"]
    if value and not _is_open(answer):
        yield "  " + words["label.value"].format(
            content=value["content_percent"],
            method=words.get(f"fact.method.{value['method']}", value["method"]),
            basis=value["basis"],
            threshold=value["threshold_percent"],
            slack=value["slack"],
        )
        if value["minimum_price"]:
            price = f"{value['minimum_price']} {currency}".strip()
            yield "  " + words["label.minimum_price"].format(price=price)


def _is_open(answer: Json) -> bool:
    """Tell whether a value is missing, so that no percentage and no price is final."""
    tops = (finding for one in answer["alternatives"] for finding in one["findings"])
    return any(finding["reason"]["key"] == "value.open" for finding in tops)


def _source(answer: Json, words: Mapping[str, str]) -> str:
    told_source = words["label.source"].format(source=answer["rule_source"])
    doubt = "" if answer["rule_verified"] else f" ({words['label.unverified']})"
    return f"{told_source}{doubt}"


def _alternatives(answer: Json, words: Mapping[str, str]) -> Iterator[str]:
    if answer["alternatives"]:
        yield words["label.alternatives"]
    for alternative in answer["alternatives"]:
        mark = _mark(alternative, words)
        yield f"  {mark} {alternative['rule_text']}   {alternative['rule']}"
        for finding in alternative["findings"]:
            yield from _finding(finding, words, indent="      ")


def _finding(finding: Json, words: Mapping[str, str], *, indent: str) -> Iterator[str]:
    yield f"{indent}{_mark(finding, words)} {finding['criterion']}: {finding['because']}"
    parts = finding.get("parts", [])
    if len(parts) == 1 and parts[0]["because"] == finding["because"]:
        return  # it would say the same again
    for part in parts:
        yield from _finding(part, words, indent=f"{indent}    ")


def _mark(judged: Json, words: Mapping[str, str]) -> str:
    return f"[{words[_MARKS[judged['met']]]}]"


def _questions(answer: Json, words: Mapping[str, str]) -> Iterator[str]:
    questions = answer["questions"]
    if not questions:
        return
    yield words["label.questions"]
    for question in questions:
        star = "*" if question.get("decides") else " "
        yield f"  {star} {question['text']}   {question['key']}"
    if any(question.get("decides") for question in questions):
        yield "  " + words["label.deciding"]


def _ways_out(answer: Json, words: Mapping[str, str]) -> Iterator[str]:
    ways = answer["would_qualify_if"]
    if not ways:
        return
    yield words["label.ways"]
    for rule, grouped in groupby(ways, key=lambda way: str(way["rule_text"])):
        yield f"  {rule}"
        yield from (f"    - {way['text']}" for way in grouped)
