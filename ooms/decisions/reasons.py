"""Turn a decision into what the importer is told: basis, remedies with their days, the notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.claims.model import Claim
from ooms.decisions.denial_text import told
from ooms.decisions.grounds import Ground, Grounds, RemedyKind
from ooms.decisions.law import Cited, ClockKind, Law
from ooms.decisions.model import REFUSING, Entry, RemedyTold, Verdict, Wanted, Why
from ooms.errors import Flaw, UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue

_PENDING = frozenset({Verdict.SUSPENDED, Verdict.SECURED})
#: The class of what is pending: the issuing side learns that it is being verified.
_VERIFIED = "VERIFICATION"


class Reasons:
    """The closed list of grounds, and the law around a claim."""

    def __init__(self, grounds: Grounds, law: Law) -> None:
        """Rest on these grounds and this law."""
        self.grounds = grounds
        self.law = law

    def of_finding(self, claim: Claim, entry: Entry, *, code: str, facts: str) -> Entry:
        """Give a denial by rule its ground, and tell it."""
        ground = self.grounds.of_check(code)
        if ground is None:
            ground = self.grounds.by_code["OFFICER"]
        return self._reasoned(claim, entry, ground, facts=facts, wire=code.replace("-", "_"))

    def of_officer(self, claim: Claim, entry: Entry, wanted: Wanted) -> Entry:
        """Give what somebody decides its ground, basis and remedies, and tell it.

        Raises:
            UnknownGroundError: the ground is in no list here.
            UnfitError: the facts are missing, or an exception is none of the law's.

        """
        if entry.verdict in REFUSING:
            ground = self.grounds.find(
                wanted.ground, agreement=entry.about.agreement, country=self.law.country
            )
            if not wanted.facts.strip():
                raise UnfitError(Flaw("/facts", "say which facts the decision rests on"))
            reasoned = self._reasoned(
                claim,
                entry,
                ground,
                facts=wanted.facts,
                wire=ground.wire,
                more=self._excepted(wanted),
            )
            why = reasoned.why
            assert why is not None
            return replace(reasoned, why=replace(why, verification=wanted.verification))
        if entry.verdict in _PENDING:
            return self._pending(entry, wanted)
        why = Why("", "", wanted.facts, verification=wanted.verification)
        return self._told(replace(entry, why=why))

    def _excepted(self, wanted: Wanted) -> tuple[str, ...]:
        """Name the exception by which the importer is not told beforehand."""
        excepted = self.law.prior_notice.excepted
        if not wanted.without_notice:
            return ()
        if wanted.without_notice not in excepted:
            known = ", ".join(excepted) or "nothing: no exception is written down here"
            detail = f"not one of {known}"
            raise UnfitError(Flaw("/without_notice", detail, code="REF-CODE"))
        return (excepted[wanted.without_notice],)

    def _reasoned(  # noqa: PLR0913  # the facts of one denial, each by its name
        self,
        claim: Claim,
        entry: Entry,
        ground: Ground,
        *,
        facts: str,
        wire: str,
        more: tuple[str, ...] = (),
    ) -> Entry:
        agreement = entry.about.agreement
        basis = ground.based_on(agreement=agreement, country=self.law.country)
        remedies = tuple(
            self._remedy(one, agreement, on=_start(one, claim, entry)) for one in ground.remedies
        )
        sources = (*(one.source for one in basis), *more)
        why = Why(ground.code, wire, facts, sources, remedies)
        return self._told(replace(entry, why=why))

    def _pending(self, entry: Entry, wanted: Wanted) -> Entry:
        bases: dict[Verdict, tuple[Cited, ...]] = {
            Verdict.SUSPENDED: (self.law.suspension,),
            Verdict.SECURED: (self.law.suspension, self.law.security),
        }
        why = Why(
            "",
            _VERIFIED,
            wanted.facts,
            basis=tuple(one.source for one in bases[entry.verdict]),
            remedies=(
                self._remedy(RemedyKind.OBJECTION, entry.about.agreement, on=entry.decided_on),
            ),
            verification=wanted.verification,
        )
        return self._told(replace(entry, why=why))

    def _remedy(self, kind: RemedyKind, agreement: str, *, on: date | None) -> RemedyTold:
        clock = ClockKind(kind.value)
        if on is None:
            source = self.law.clock(clock, agreement=agreement).source
            return RemedyTold(kind.value, None, source)
        due = self.law.due(clock, on, agreement=agreement)
        return RemedyTold(kind.value, due.on, due.source)

    def _told(self, entry: Entry) -> Entry:
        why = entry.why
        assert why is not None
        place = entry.place.line_no, entry.place.spec_no
        texts = {
            language: told(
                entry.verdict,
                entry.about,
                place=place,
                quantity=f"{entry.quantity:f} {entry.unit}",
                why=why,
                words=catalogue(language),
                security=entry.security,
            )
            for language in LANGUAGES
        }
        return replace(entry, texts=texts)


def _start(kind: RemedyKind, claim: Claim, entry: Entry) -> date | None:
    """Say from which day a remedy's period runs; None while that day is not known."""
    if kind is RemedyKind.OBJECTION:
        return entry.decided_on
    return claim.declaration.about.released_on
