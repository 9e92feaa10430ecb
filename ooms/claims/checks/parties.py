"""10. Are exporter, producer and consignee those of the certificate?"""

from __future__ import annotations

from collections.abc import Iterator

from ooms.claims import minor
from ooms.claims.declaration import IssuerType, Person, bare
from ooms.claims.held import Held, Named
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
        names = [one.name for one in certified]
        facts |= {f"declared_{role}": declared.name, f"certified_{role}": " / ".join(names)}
        if _is_registered_alike(declared, certified):
            notes.append(f"{role}: the registration {declared.identifier} is the same")
            continue
        compared = [minor.names(declared.name, one, minor=case.terms.minor) for one in names]
        likened = next((one for one in compared if one.alike), None)
        if likened is None:
            detail = f"declared {role} {declared.name}, certified {' / '.join(names)}"
            return case.differs(_CODES[role], detail=detail, facts=facts)
        if likened.kind:
            notes.append(f"{role}: {likened.note}")
            facts |= {f"source_{role}": likened.source}
    if held.producer_masked and case.about.producer is not None:
        notes.append(_MASKED)
    return _address(case, held, facts=facts) or _passed(facts, notes)


def _persons(case: Case, held: Held) -> Iterator[tuple[str, Person, tuple[Named, ...]]]:
    about, exporter = case.about, case.about.exporter
    named = case.line.exporter
    if named and (exporter is None or exporter.name != named):
        exporter = Person(named)
    if exporter is not None and held.exporter:
        yield "exporter", exporter, (held.exporter_party or Named(held.exporter),)
    if about.producer is not None and held.producers and not held.producer_masked:
        yield "producer", about.producer, held.producers
    if about.importer is not None and held.consignee is not None:
        yield "consignee", about.importer, (held.consignee,)


def _is_registered_alike(declared: Person, certified: tuple[Named, ...]) -> bool:
    """Names in two scripts may be one company's: its registration tells."""
    wanted = bare(declared.identifier)
    return bool(wanted) and wanted in (bare(one.identifier) for one in certified)


def _address(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    """Whoever made the proof out is of a Party: the exporter, or the producer where it is his."""
    proof, parties = case.proof, case.facts.parties
    if proof is not None and proof.issuer_type is IssuerType.PRODUCER:
        countries = dict.fromkeys(one.country for one in held.producers if one.country)
        facts |= {"producer_country": ", ".join(countries)}
        outside = [one for one in countries if one not in parties]
        if parties and outside:
            detail = f"the producer is of {outside[0]}, which is no Party of {held.agreement}"
            return case.differs("REF-ADDRESS", detail=detail, facts=facts)
        return None
    author = held.exporter_party
    if author is None or not author.country:
        return None
    facts |= {"exporter_country": author.country}
    if parties and author.country not in parties:
        detail = f"the exporter is of {author.country}, which is no Party of {held.agreement}"
        return case.differs("REF-ADDRESS", detail=detail, facts=facts)
    return None


def _passed(facts: dict[str, str], notes: list[str]) -> Checked | None:
    if not facts:
        return None
    return passes(NAME, "; ".join(notes) or "the same", facts)
