"""What each exercise asks, by its code: what to do, where, and how one sees that it is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ooms.portal.languages import N_


@dataclass(frozen=True, slots=True)
class Told:
    """An exercise in words."""

    title: str
    task: str
    right: str


EXERCISES: Mapping[str, Told] = {
    "COMPLETE_DRAFT": Told(
        N_("Complete a draft and hand it in"),
        N_(
            "This draft names neither transport nor invoice. Fill in what the task list calls "
            "missing, then hand it in."
        ),
        N_("The application is shown as handed in, and the office has it in its queue."),
    ),
    "MEND_FINDINGS": Told(
        N_("Mend what the check before submission finds"),
        N_(
            "The line names another code than the goods were determined under. Read the "
            "finding, correct the line, check again, and hand it in."
        ),
        N_("The check finds nothing more, and the application is handed in."),
    ),
    "ANSWER_COMPLETION": Told(
        N_("Answer a request for completion"),
        N_(
            "The office asks for something, box by box. Complete the application and hand it "
            "in again with an answer."
        ),
        N_("The application is under review again, and the office's clock runs."),
    ),
    "TELL_ERROR": Told(
        N_("Tell of an error that you found after issue"),
        N_("A certificate names a wrong model. Read whom the error reaches, then give the notice."),
        N_("The notice is given, and letters to customs, the buyer and the partner are ready."),
    ),
    "ASK_COMPLETION": Told(
        N_("Ask for completion"),
        N_(
            "This application names no export declaration. Take it and ask the exporter for "
            "it, box by box."
        ),
        N_("The application waits for its exporter, and your clock stands still."),
    ),
    "DECIDE_WAITING": Told(
        N_("Check an application and decide"),
        N_("Take the application, work through the five checks, and decide."),
        N_("The application is approved, or its refusal is proposed to the supervisor."),
    ),
    "ISSUE_APPROVED": Told(
        N_("Issue a certificate"),
        N_("The application is approved. Issue its certificate."),
        N_("The certificate has a number and is on its way to the partner."),
    ),
    "TAKE_REQUEST": Told(
        N_("Take a partner's request for verification on"),
        N_(
            "A partner asks by letter about a certificate of this office. Read what it doubts "
            "and take the case on."
        ),
        N_("The case is yours, and the days that are left to answer are shown."),
    ),
    "CONFIRM_REFUSAL": Told(
        N_("Confirm a refusal, or give it back"),
        N_(
            "An officer proposes to refuse. Read the reason beside the papers, then confirm "
            "it or give it back."
        ),
        N_("The application is refused, or under review again with your reason."),
    ),
    "DECIDE_QUERY": Told(
        N_("Decide a claim that raises a question"),
        N_(
            "The declared goods are described otherwise than in the certificate. Compare both "
            "sides and decide the line."
        ),
        N_("The line carries your decision; a denial names its ground, remedy and deadline."),
    ),
    "GRANT_PART": Told(
        N_("Grant the part that the certificate still covers"),
        N_(
            "More pieces are claimed than the certificate covers, so the rule denied the "
            "line. Look at the ledger and decide it anew."
        ),
        N_("The line is granted in part, and the ledger stands at nothing left, never below."),
    ),
    "ASK_IMPORTER": Told(
        N_("Begin a verification"),
        N_("The case is selected. Ask the importer for papers before the partner is asked."),
        N_("The case waits for the importer, with the last day of his answer."),
    ),
}
