"""A stored answer in the reader's language: the trace stays as it is, its words are told anew."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ooms.agreements import notation
from ooms.agreements.notation import NotationError
from ooms.languages.rule_words import rule_in_words
from ooms.origin.classification import slug
from ooms.origin.explain import told
from ooms.origin.trace import Reason

Json = dict[str, Any]

# A list of determinations tells the same few rules again and again.
_read = lru_cache(maxsize=4096)(notation.read)


def in_words(answer: Mapping[str, Any], catalogue: Mapping[str, str]) -> Json:
    """Tell an answer in the words of a catalogue; its data, and its keys, do not change.

    `verdict_text` and `rule_text` are added: the verdict and every rule in plain words.
    """
    told_anew: Json = {
        **answer,
        "verdict_text": catalogue[f"verdict.{answer['verdict']}"],
        "rule_text": notation_in_words(answer["rule"], catalogue) if answer["rule"] else None,
        "alternatives": [_alternative(one, catalogue) for one in answer["alternatives"]],
        "origins": [_retold(one, "because", catalogue) for one in answer.get("origins", ())],
        "questions": [_retold(one, "text", catalogue) for one in answer["questions"]],
        "would_qualify_if": [_way_out(one, catalogue) for one in answer["would_qualify_if"]],
    }
    return told_anew


def notation_in_words(text: str, catalogue: Mapping[str, str]) -> str:
    """Tell a rule that is written in the notation; what is not notation is told as it stands."""
    try:
        return rule_in_words(_read(text), catalogue)
    except NotationError:
        return catalogue.get(f"alternative.{slug(text)}", text)


def _alternative(alternative: Json, catalogue: Mapping[str, str]) -> Json:
    return {
        **alternative,
        "rule_text": notation_in_words(alternative["rule"], catalogue),
        "findings": [_finding(finding, catalogue) for finding in alternative["findings"]],
    }


def _finding(finding: Json, catalogue: Mapping[str, str]) -> Json:
    retold = _retold(finding, "because", catalogue)
    if "parts" in finding:
        retold["parts"] = [_finding(part, catalogue) for part in finding["parts"]]
    return retold


def _way_out(way: Json, catalogue: Mapping[str, str]) -> Json:
    steps = [
        [_retold(remedy, "text", catalogue) for remedy in step["any_of"]] for step in way["all_of"]
    ]
    text = catalogue["ways.and"].join(
        catalogue["ways.or"].join(remedy["text"] for remedy in step) for step in steps
    )
    return {
        **way,
        "text": text,
        "rule_text": notation_in_words(way["rule"], catalogue),
        "all_of": [{"any_of": step} for step in steps],
    }


def _retold(told_once: Json, field: str, catalogue: Mapping[str, str]) -> Json:
    """Tell the reason of a thing again; one that was stored without its reason keeps its words."""
    reason = told_once.get("reason")
    if reason is None or reason["key"] not in catalogue:
        return dict(told_once)
    facts = tuple((str(name), str(value)) for name, value in reason["facts"].items())
    return {**told_once, field: told(Reason(reason["key"], facts), catalogue)}
