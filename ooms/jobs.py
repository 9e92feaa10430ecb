"""The office's own jobs: a name, how often, and the verb; the node's ticker runs them.

They take no lease: each ends what is past its day, and doing that twice does nothing.  Files of
bills are the exception: each is claimed by one worker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ooms.bill_imports.working import import_next
from ooms.bootstrap import Office
from ooms.company_letters.writing import write_due

CLOCKS_SECONDS = 300.0
LISTS_SECONDS = 600.0
TIDY_SECONDS = 600.0
IMPORTS_SECONDS = 2.0
#: Days begin and end at midnight of the office; an hour late is early enough.
DAILY_SECONDS = 3600.0
SWEPT_AT_ONCE = 200
MOST_DAYS_AT_ONCE = 31
MOST_IMPORTS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class OfficeJob:
    """One job: what it is called, what it does, and when it ticks."""

    name: str
    purpose: str
    run: Callable[[], int]
    every: float


def sweep_determinations(office: Office) -> int:
    """Look at every determination once, a group in each transaction."""
    changed, after = 0, ""
    while True:
        of_group, after = office.works.do(
            partial(office.determinations.staleness.sweep, after=after, most=SWEPT_AT_ONCE)
        )
        changed += of_group
        if not after:
            return changed


def close_days(office: Office) -> int:
    """Close the days that are over, a list in each transaction; a month at most at once."""
    for closed in range(MOST_DAYS_AT_ONCE):
        if office.works.do(office.registers.close_next) is None:
            return closed
    return MOST_DAYS_AT_ONCE


def turn_approvals(office: Office) -> int:
    """Look at every approval near its end once, a group in each transaction."""
    if not office.approvals.has_scheme:
        return 0
    turned, after = 0, ""
    while True:
        of_group, after = office.works.do(partial(office.ending.turn, after=after))
        turned += of_group
        if not after:
            return turned


def propose_lists(office: Office) -> int:
    """Propose the lists of applicants that the year still lacks."""
    return office.works.do(office.listings.turn) if office.approvals.has_scheme else 0


def import_bills(office: Office) -> int:
    """Import the files of bills that wait, one after the other."""
    for imported in range(MOST_IMPORTS_AT_ONCE):
        if not import_next(office.bill_imports, office.works):
            return imported
    return MOST_IMPORTS_AT_ONCE


def turn_verifications(office: Office) -> int:
    """Look at every open verification once, a group in each transaction."""
    turned, after = office.works.do(office.inquiries.turn), ""
    while True:
        of_group, after = office.works.do(partial(office.verification_clocks.turn, after=after))
        turned += of_group
        if not after:
            return turned


def lapse_completions(office: Office) -> int:
    """Let requests for the completion of proofs lapse whose last day has passed."""
    return office.works.do(office.claim_completions.lapse)


def remind_of_notices(office: Office) -> int:
    """Remind of the prior notices whose period has passed, a group in each transaction."""
    reminded, after = 0, ""
    while True:
        of_group, after = office.works.do(partial(office.prior_notices.remind, after=after))
        reminded += of_group
        if not after:
            return reminded


def fill_statistics(office: Office) -> int:
    """Take over what was issued and used since, a group in each transaction; then count anew."""
    taken = 0
    while of_group := office.works.do(office.statistics.fill):
        taken += of_group
    office.works.do(office.statistics.recount)
    return taken


def tidy_doors(office: Office) -> int:
    """Forget what let people in and is over: sessions, answers, log-ins nobody finished."""
    desks = (office.access.tidy, office.sign_on.tidy, office.passkeys.tidy)
    return sum(office.works.do(tidy) for tidy in desks)


def _of_applicants(office: Office) -> tuple[OfficeJob, ...]:
    return (
        OfficeJob(
            "applicant-lists",
            "propose the year's lists of applicants, for a supervisor to fix",
            lambda: propose_lists(office),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "approval-days",
            "remind approved exporters of their renewal, and let approvals expire",
            lambda: turn_approvals(office),
            every=DAILY_SECONDS,
        ),
    )


def _of_imports(office: Office) -> tuple[OfficeJob, ...]:
    return (
        OfficeJob(
            "claim-completions",
            "let requests for the completion of proofs lapse after their last day",
            lambda: lapse_completions(office),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "claims-waits",
            "leave to officers the claims whose certificates did not come in time",
            lambda: office.works.do(office.claims.end_waits),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "prior-notice-days",
            "remind of notices before denials whose period has passed, once a week",
            lambda: remind_of_notices(office),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "risk-figures",
            "count anew what claims are compared with: prices, capacity, headings, history",
            lambda: office.works.do(office.risk.refresh),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "statistics-fill",
            "count what was issued, and what partners said of its use",
            lambda: fill_statistics(office),
            every=CLOCKS_SECONDS,
        ),
        OfficeJob(
            "verification-days",
            "note reminders and ended periods of verifications, and inquiries not answered",
            lambda: turn_verifications(office),
            every=DAILY_SECONDS,
        ),
    )


def _of_companies(office: Office) -> tuple[OfficeJob, ...]:
    return (
        OfficeJob(
            "company-letters",
            "write each company's letter of compliance of the period that is over, once",
            lambda: write_due(office.company_letters, office.works),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "supplier-days",
            "let suppliers' declarations begin, near their end, and end",
            lambda: office.works.do(office.suppliers.turn),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "supplier-reminders",
            "remind suppliers who have not answered",
            lambda: office.works.do(office.suppliers.remind),
            every=DAILY_SECONDS,
        ),
    )


def table(office: Office) -> tuple[OfficeJob, ...]:
    """Return the jobs of an office, those of a group of desks together."""
    return (
        *_of_applicants(office),
        *_of_companies(office),
        *_of_imports(office),
        OfficeJob(
            "bill-imports",
            "read and write the files of bills that were handed in",
            lambda: import_bills(office),
            every=IMPORTS_SECONDS,
        ),
        OfficeJob(
            "crosschecks-refresh",
            "load the lists that other registers are asked by",
            lambda: sum(one.edition is not None for one in office.crosscheck_lists.refresh()),
            every=LISTS_SECONDS,
        ),
        OfficeJob(
            "determinations-stale",
            "find determinations that no longer stand as they were made",
            lambda: sweep_determinations(office),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "office-clocks",
            "return applications that were not completed in time",
            lambda: office.works.do(office.completions.return_lapsed),
            every=CLOCKS_SECONDS,
        ),
        OfficeJob(
            "office-tidy",
            "forget sessions that expired and answers kept long enough",
            lambda: tidy_doors(office),
            every=TIDY_SECONDS,
        ),
        OfficeJob(
            "registers-daily",
            "close every day that is over with its list of acts",
            lambda: close_days(office),
            every=DAILY_SECONDS,
        ),
        OfficeJob(
            "retention-proposals",
            "propose what is past its period; two supervisors decide",
            lambda: int(office.works.do(office.retention.propose) is not None),
            every=DAILY_SECONDS,
        ),
    )
