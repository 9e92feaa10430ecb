"""What may be done about a verification case, in which state and by whom; one page a step.

The interface judges each step; this table only says which of them to offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ooms.portal.border import case_words as said
from ooms.portal.languages import N_

_WAITING = ("REQUESTED", "ACKED", "IN_PROGRESS", "EXTENDED", "MORE_INFO")
_ANSWERED = ("NO_REPLY", "RESULT_RECEIVED")
_LOOKED_INTO = (
    *("SELECTED", "SELF_CHECK", "IMPORTER_INQUIRY", "UNRESOLVED", "DRAFT", "HQ_APPROVED"),
    *(*_WAITING, *_ANSWERED, "STOPPED", "PRELIMINARY"),
)
OFFICER, HEAD = "IMPORT_OFFICER", "SUPERVISOR"
_YES_NO: Mapping[str, str] = {"true": N_("Yes"), "false": N_("No")}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a step."""

    name: str
    words: str
    kind: str = "long"
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where the interface takes it, what it is called, when and by whom it is done."""

    name: str
    path: str
    words: str
    states: tuple[str, ...]
    fields: tuple[Asked, ...] = ()
    who: str = OFFICER
    #: FINDINGS of each item, a REPLY on each item, a DRAFT, or just fields.
    shape: str = "FIELDS"
    body: Mapping[str, Any] = field(default_factory=dict)
    #: What happens with the step, where its name alone does not tell.
    hint: str = ""


_WORDS = Asked("words", N_("In words"))
_SECURITY = (
    Asked("amount", N_("Amount of the security"), "number"),
    Asked("currency", N_("Currency of the security"), "short"),
    Asked("reference", N_("Reference of the security"), "text"),
)
_DAYS = (Asked("from_date", N_("From"), "day"), Asked("to_date", N_("To"), "day"))
_VISIT = (
    *_DAYS,
    Asked("person", N_("Who is visited"), "text"),
    Asked("role", N_("As whom"), "choice", options=said.PLACES),
    Asked("address", N_("Address"), "text"),
    Asked("coverage", N_("What the visit covers")),
    Asked("officials.0", N_("First official who comes"), "text"),
    Asked("officials.1", N_("Second official, if any"), "text"),
)
_VISIT_ANSWERS = {name: said.VISITS[name] for name in ("CONSENTED", "REFUSED", "POSTPONED")}
_EXTENSION = (
    Asked("asked_on", N_("Asked for on"), "day"),
    Asked("until", N_("Until when"), "day"),
    Asked("reason_code", N_("Ground"), "select", options=said.EXTENSIONS),
    Asked("reason", N_("In the partner's words")),
)
#: In the order in which a case runs.
STEPS: tuple[Step, ...] = (
    Step(
        *("self-check", "self-check", N_("Let the importer look himself first")),
        states=("SELECTED",),
        fields=(
            Asked("ground", N_("Why he may"), "choice", options=said.SELF_CHECK_GROUNDS),
            Asked("points", N_("What he is to look at mainly")),
            Asked("until", N_("Until when"), "day", hint=N_("Between 5 and 30 days from today.")),
        ),
    ),
    Step(
        *("self-check-more-time", "self-check/more-time", N_("Give him more time to look")),
        states=("SELF_CHECK",),
        fields=(Asked("asked_on", N_("Asked for on"), "day"),),
    ),
    Step(
        *("self-check-answer", "self-check/answer", N_("Enter what the importer found himself")),
        states=("SELF_CHECK",),
        fields=(_WORDS, Asked("answered_on", N_("Received on"), "day")),
    ),
    Step(
        *("self-check-conclusion", "self-check/conclusion", N_("Say what his look came to")),
        states=("SELF_CHECK",),
        fields=(
            Asked("end", N_("What it came to"), "choice", options=said.SELF_CHECK_ENDS),
            _WORDS,
        ),
    ),
    Step(
        *("inquiry", "inquiry", N_("Ask the importer for papers")),
        states=("SELECTED", "SELF_CHECK"),
        fields=(_WORDS,),
    ),
    Step(
        *("more-time", "inquiry/more-time", N_("Give the importer more time")),
        states=("IMPORTER_INQUIRY",),
        fields=(Asked("asked_on", N_("Asked for on"), "day"),),
    ),
    Step(
        *("conclusion", "inquiry/conclusion", N_("Say what the importer's papers came to")),
        states=("IMPORTER_INQUIRY",),
        fields=(
            Asked("is_resolved", N_("Do they settle the doubt?"), "choice", options=_YES_NO),
            Asked(
                *("is_corrected", N_("Did the importer hand his declaration in anew?"), "choice"),
                hint=N_("The new version of the declaration must be there, and differ."),
                options=_YES_NO,
            ),
            _WORDS,
        ),
    ),
    Step(
        *("draft", "draft", N_("Draft what the partner is asked")),
        states=("SELECTED", "UNRESOLVED", "HQ_APPROVED", "RESULT_RECEIVED"),
        shape="DRAFT",
    ),
    Step("approval", "approval", N_("Approve the draft"), ("DRAFT",), who=HEAD),
    Step(
        *("letter", "letters", N_("Print and seal the letter"), ("HQ_APPROVED",)),
        hint=N_(
            "A sealed PDF is made of the approved draft, for a partner who takes no messages. "
            "Post it, and note the posting on the page of the case."
        ),
    ),
    Step(
        *("request", "request", N_("Let the request go"), ("HQ_APPROVED",)),
        hint=N_(
            "The partner is asked and the period begins: by message, or by the letter whose "
            "posting was noted."
        ),
    ),
    Step(
        *("receipt", "receipt", N_("Note that the partner has the request")),
        states=_WAITING,
        fields=(
            Asked("received_on", N_("Received on"), "day"),
            Asked("proof", N_("Proof of receipt"), "text"),
        ),
    ),
    Step(
        *("reminder", "letters", N_("Print and seal a reminder")),
        states=_WAITING,
        body={"is_reminder": True},
    ),
    Step("progress", "progress", N_("Note that the partner has begun"), _WAITING, (_WORDS,)),
    Step(
        *("extension", "extension", N_("Note that the partner asks for more time")),
        states=(*_WAITING, "NO_REPLY"),
        fields=_EXTENSION,
    ),
    Step(
        *("extension-decision", "extension/decision", N_("Say yes or no to more time")),
        states=(*_WAITING, "NO_REPLY"),
        fields=(Asked("granted", N_("Is more time given?"), "choice", options=_YES_NO),),
        who=HEAD,
    ),
    Step("stop", "stop", N_("Let the period stand still"), _WAITING, (_WORDS,)),
    Step("resumption", "resumption", N_("Let the period run again"), ("STOPPED",)),
    Step(
        *("result", "result", N_("Enter a result that came by letter")),
        states=(*_WAITING, "NO_REPLY", "STOPPED"),
        fields=(Asked("received_on", N_("Received on"), "day"),),
        shape="REPLY",
    ),
    Step("visit", "visits", N_("Propose a visit"), (*_WAITING, *_ANSWERED), _VISIT),
    Step(
        *("visit-answer", "visits/answer", N_("Enter what the partner says to the visit")),
        states=_LOOKED_INTO,
        fields=(
            Asked("answer", N_("Answer"), "choice", options=_VISIT_ANSWERS),
            Asked("answered_on", N_("Answered on"), "day"),
            Asked("reason", N_("Reason, if one is given")),
            Asked("from_date", N_("Postponed to"), "day"),
        ),
    ),
    Step(
        *("visit-record", "visits/record", N_("Note what the visit showed")),
        states=_LOOKED_INTO,
        fields=(*_DAYS, Asked("facts", N_("Facts"))),
    ),
    Step(
        *("visit-draft", "visits/draft", N_("Draft a determination after the visit")),
        states=_LOOKED_INTO,
        shape="FINDINGS",
    ),
    Step(
        *("visit-comments", "visits/comments", N_("Enter what is said to the draft")),
        states=_LOOKED_INTO,
        fields=(_WORDS, Asked("commented_on", N_("Received on"), "day")),
    ),
    Step(
        *("visit-determination", "visits/determination", N_("Determine after the visit")),
        states=_LOOKED_INTO,
        shape="FINDINGS",
    ),
    Step(
        *("preliminary", "preliminary-determination", N_("Determine for comments first")),
        states=_ANSWERED,
        shape="FINDINGS",
    ),
    Step(
        *("comments", "preliminary-determination/comments", N_("Keep the importer's comments")),
        states=("PRELIMINARY",),
        fields=(_WORDS,),
    ),
    Step(
        *("determination", "determination", N_("Determine every item")),
        states=(*_ANSWERED, "PRELIMINARY"),
        shape="FINDINGS",
    ),
    Step(
        *("objection", "objection", N_("Take the importer's objection")),
        states=("DETERMINED",),
        fields=(_WORDS,),
    ),
    Step(
        *("objection-decision", "objection/decision", N_("Decide the objection")),
        states=("OBJECTED",),
        fields=(Asked("reasons", N_("Reasons")),),
        who=HEAD,
        shape="OBJECTION",
    ),
    Step(
        *("notice", "notices", N_("Note that the importer was told")),
        states=tuple(said.STATES),
        fields=(
            Asked("kind", N_("Of what"), "choice", options=said.TELLINGS),
            Asked(
                "channel", N_("How"), "text", hint=N_("Such as a letter or the clearance system.")
            ),
        ),
    ),
    Step(
        *("suspension", "suspension", N_("Suspend preference for identical goods")),
        states=_LOOKED_INTO,
        fields=(_WORDS,),
    ),
    Step(
        *("release", "suspension/release", N_("Give preference again, against security")),
        states=_LOOKED_INTO,
        fields=_SECURITY,
    ),
    Step(
        *("lifting", "suspension/lifting", N_("Lift the suspension")),
        states=tuple(said.STATES),
        fields=(_WORDS,),
    ),
    Step("closing", "closing", N_("Close the case"), ("DETERMINED",)),
)
BY_NAME: Mapping[str, Step] = {one.name: one for one in STEPS}
#: Steps about a visit, by the states of the last visit in which they are offered.
_OF_VISIT: Mapping[str, tuple[str, ...]] = {
    "visit-answer": ("PROPOSED", "NO_ANSWER", "CONSENTED", "POSTPONED", "REFUSED"),
    "visit-record": ("CONSENTED", "POSTPONED"),
    "visit-draft": ("HELD",),
    "visit-comments": ("DRAFT_DETERMINATION",),
    "visit-determination": ("DRAFT_DETERMINATION", "COMMENTS"),
}
#: Steps about the importer's own look: whether he has told what he found when they are offered.
_OF_SELF_CHECK: Mapping[str, bool] = {
    "self-check-more-time": False,
    "self-check-answer": False,
    "self-check-conclusion": True,
}
#: Steps about suspended preference: whether it is suspended when they are offered.
_OF_SUSPENSION: Mapping[str, bool] = {"suspension": False, "release": True, "lifting": True}


def offered(case: Mapping[str, Any], *, role: str, suspended: bool) -> tuple[Step, ...]:
    """Return the steps that a role may take where the case stands."""
    return tuple(
        one
        for one in STEPS
        if one.who == role
        and case["state"] in one.states
        and _is_due(one.name, case, suspended=suspended)
    )


def _is_due(name: str, case: Mapping[str, Any], *, suspended: bool) -> bool:
    if name in _OF_VISIT:
        visits = case["visits"]
        return bool(visits) and visits[-1]["state"] in _OF_VISIT[name]
    if name in _OF_SELF_CHECK:
        return bool(case["self_check"]["answered_on"]) is _OF_SELF_CHECK[name]
    if name in _OF_SUSPENSION:
        return suspended is _OF_SUSPENSION[name]
    match name:
        case "extension-decision":
            return bool(case["extensions"]) and case["extensions"][-1]["granted"] is None
        case "notice":
            return any(one["told_on"] is None for one in case["tellings"])
        case _:
            return True
