"""10. Are exporter, producer and consignee those of the certificate?"""

from __future__ import annotations

from collections.abc import Iterator

from ooms.claims import minor
from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes

NAME = "parties"

_CODES = {"exporter": "REF-EXPORTER", "producer": "REF-PRODUCER", "consignee": "REF-CONSIGNEE"}
#: Whether a producer is named to customs on request only is the agreement's own way.
_MASKED = "the certificate names its producer on request only"


def check(case: Case) -> Checked | None:
    """Declared and certified persons are the same; how their names are written matters little."""
    held = case.held
    if held is None:
        return None
    facts: dict[str, str] = {}
    notes: list[str] = []
    for role, declared, certified in _persons(case, held):
        facts |= {f"declared_{role}": declared, f"certified_{role}": " / ".join(certified)}
        compared = [minor.names(declared, one, minor=case.terms.minor) for one in certified]
        likened = next((one for one in compared if one.alike), None)
        if likened is None:
            detail = f"declared {role} {declared}, certified {' / '.join(certified)}"
            return case.differs(_CODES[role], detail=detail, facts=facts)
        if likened.kind:
            notes.append(f"{role}: {likened.note}")
            facts |= {f"source_{role}": likened.source}
    if held.producer_masked and case.about.producer is not None:
        notes.append(_MASKED)
    return _address(case, held, facts=facts) or _passed(facts, notes)


def _persons(case: Case, held: Held) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    about = case.about
    exporter = case.line.exporter or (about.exporter.name if about.exporter else None)
    if exporter and held.exporter:
        yield "exporter", exporter, (held.exporter,)
    if about.producer is not None and held.producers and not held.producer_masked:
        yield "producer", about.producer.name, tuple(one.name for one in held.producers)
    if about.importer is not None and held.consignee is not None:
        yield "consignee", about.importer.name, (held.consignee.name,)


def _address(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    author = held.exporter_party
    if author is None or not author.country:
        return None
    facts |= {"exporter_country": author.country}
    if case.facts.parties and author.country not in case.facts.parties:
        detail = f"the exporter is of {author.country}, which is no Party of {held.agreement}"
        return case.differs("REF-ADDRESS", detail=detail, facts=facts)
    return None


def _passed(facts: dict[str, str], notes: list[str]) -> Checked | None:
    if not facts:
        return None
    return passes(NAME, "; ".join(notes) or "the same", facts)
