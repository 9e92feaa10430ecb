"""What becomes of an approval: inspections, renewal, checks, orders, hearings, lapse, expiry."""

import pytest

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from ooms.jobs import turn_approvals
from tests.approvals import (
    BASE,
    ITEM,
    MANAGER,
    PAPERS,
    after,
    approved_exporter,
    decided,
    flaw,
    refused,
)


@pytest.fixture
def supervisor(offices):
    """The second pair of eyes in Seoul."""
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


# Keeping


def answers(exporter, *, holds=True):
    asked = exporter.get(f"{BASE}/scheme")["scheme"]["checklist"]
    return [{"code": one["code"], "holds": holds} for one in asked if "COMPANY" in one["levels"]]


def test_clean_self_inspections_make_the_renewal_light(offices, exporter, officer):
    approval = approved_exporter(exporter, officer)
    path = f"{BASE}/{approval['id']}"
    told = answers(exporter)
    early = exporter.try_post(
        f"{path}/self-inspections", {"held_on": "2026-11-21", "answers": told}
    )
    lacking, kept = [], []
    for pause in (800, 730):
        exporter, officer = after(offices, pause, exporter, officer)
        held_on = offices.world.clock.now().date().isoformat()
        half = {"held_on": held_on, "answers": told[:1]}
        lacking.append(exporter.try_post(f"{path}/self-inspections", half).status_code)
        exporter.post(f"{path}/self-inspections", {"held_on": held_on, "answers": told})
        reply = {"reply": "CLEAN", "words": "nothing amiss"}
        kept.append(officer.post(f"{path}/self-inspection-reply", reply))
    pledge = [{"code": "PLEDGE", "reference": "p"}, {"code": "MANAGER_EVIDENCE", "reference": "m"}]
    renewal = {"approval_ids": [approval["id"]], "managers": [MANAGER], "papers": pledge}
    request = exporter.post(f"{BASE}/requests/renewal", renewal)
    twice = exporter.try_post(f"{BASE}/requests/renewal", renewal)
    decided(officer, request)
    renewed = exporter.get(path)

    assert flaw(early) == "RUL-SPAN"
    assert lacking == [422, 422]
    assert [one["reply"] for one in kept[-1]["inspections"]] == ["CLEAN", "CLEAN"]
    assert (request["kind"], request["missing_papers"]) == ("LIGHT_RENEWAL", [])
    assert refused(twice) == (409, "RUL-STATE")
    assert (renewed["number"], renewed["valid_until"]) == (approval["number"], "2036-11-21")


def test_inspection_that_has_to_be_looked_at_opens_a_check(offices, exporter, officer):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}"
    told = answers(exporter, holds=False)
    exporter, officer = after(offices, 800, exporter, officer)
    held_on = offices.world.clock.now().date().isoformat()
    exporter.post(f"{path}/self-inspections", {"held_on": held_on, "answers": told})
    opened = officer.post(
        f"{path}/self-inspection-reply", {"reply": "LOOK_AGAIN", "words": "nothing holds"}
    )
    closed = officer.post(f"{path}/follow-up-result", {"words": "put right"})
    nothing = officer.try_post(f"{path}/follow-up-result", {"words": "again"})

    assert [one["trigger"] for one in opened["follow_ups"]] == ["SELF_INSPECTION"]
    assert closed["follow_ups"][0]["result"] == "put right"
    assert refused(nothing) == (409, "RUL-STATE")


def test_items_renewed_together_end_together(offices, exporter, officer):
    first = approved_exporter(exporter, officer, ITEM)
    exporter, officer = after(offices, 200, exporter, officer)
    second = approved_exporter(exporter, officer, ITEM | {"hs6": "850431"})
    both = {
        "approval_ids": [second["id"], first["id"]],
        "managers": [MANAGER],
        "papers": PAPERS,
    }
    closed = exporter.try_post(f"{BASE}/requests/renewal", both)
    exporter, officer = after(offices, 5 * 365 - 200 - 60, exporter, officer)
    request = exporter.post(f"{BASE}/requests/renewal", both)
    decided(officer, request)
    ends = {exporter.get(f"{BASE}/{one['id']}")["valid_until"] for one in (first, second)}

    assert flaw(closed) == "RUL-SPAN"
    assert request["kind"] == "RENEWAL"
    assert ends == {"2036-11-21"}


def test_clock_reminds_then_ends_an_approval(offices, exporter, officer):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}"
    office = offices.offices["KR-KCS"]
    idle = turn_approvals(office)
    exporter, officer = after(offices, 5 * 365 - 65, exporter, officer)
    reminded = (turn_approvals(office), turn_approvals(office))
    warned = exporter.get(path)
    exporter, officer = after(offices, 80, exporter, officer)
    ended = (turn_approvals(office), turn_approvals(office))

    assert (idle, reminded, ended) == (0, (1, 0), (1, 0))
    assert warned["reminded_on"] is not None
    assert exporter.get(path)["state"] == "EXPIRED"


def test_follow_up_knows_its_triggers_and_its_notice(exporter, officer):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}/follow-ups"
    check = {"trigger": "PRICE_SWING", "text": "copper doubled", "papers_by": "2026-12-01"}

    assert officer.post(path, check)["follow_ups"][0]["begun_on"] == "2026-11-21"
    assert flaw(officer.try_post(path, check | {"papers_by": "2026-11-30"})) == "RUL-SPAN"
    assert refused(officer.try_post(path, check | {"trigger": "WHIM"})) == (
        422,
        "REF-SCHEME-CODE",
    )


# Ending


def test_missed_order_leads_to_a_hearing_of_two_persons(offices, exporter, officer, supervisor):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}"
    order = {"ground": "REGISTER_OR_MANAGER", "text": "no manager", "due_on": "2026-12-21"}
    hearing = {"ground": "NOT_CORRECTED", "text": "still none", "hearing_on": "2027-01-20"}
    short = officer.try_post(f"{path}/order", order | {"due_on": "2026-12-20"})
    officer.post(f"{path}/order", order)
    too_early = officer.try_post(f"{path}/hearing", hearing)
    exporter, officer, supervisor = after(offices, 31, exporter, officer, supervisor)
    no_notice = officer.try_post(f"{path}/hearing", hearing | {"hearing_on": "2026-12-31"})
    called = officer.post(f"{path}/hearing", hearing)
    not_yet = supervisor.try_post(
        f"{path}/cancellation", {"outcome": "CANCELLED", "reason": "no manager"}
    )
    exporter.post(f"{path}/hearing-statement", {"text": "we look for one"})
    exporter, officer, supervisor = after(offices, 29, exporter, officer, supervisor)
    officer.post(
        f"{path}/hearing-record", {"text": "a manager starts in May", "confirmed_by": "Park Jiwoo"}
    )
    ended = supervisor.post(
        f"{path}/cancellation", {"outcome": "CANCELLED", "reason": "no manager"}
    )

    assert flaw(short) == "RUL-SPAN"
    assert refused(too_early) == (409, "RUL-STATE")
    assert flaw(no_notice) == "RUL-SPAN"
    assert (called["state"], refused(not_yet)) == ("HEARING", (409, "RUL-STATE"))
    assert [one["is_oral"] for one in ended["hearing"]["statements"]] == [False, True]
    assert (ended["state"], ended["ended"]["reason_code"]) == ("CANCELLED", "NOT_CORRECTED")


def test_followed_order_is_accepted_and_over(exporter, officer):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}"
    order = {"ground": "NOT_ABLE", "text": "the system is off", "due_on": "2026-12-21"}
    officer.post(f"{path}/order", order)
    exporter.post(f"{path}/order-answer", {"words": "on again"})
    done = officer.post(f"{path}/order-acceptance", {"words": "seen"})

    assert (done["state"], done["order"]) == ("APPROVED", None)


def test_fraud_leaves_the_supervisor_no_choice(exporter, officer, supervisor):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}"
    hearing = {"ground": "FRAUD", "text": "forged register", "hearing_on": "2026-12-01"}
    officer.post(f"{path}/hearing", hearing)
    exporter.post(f"{path}/hearing-statement", {"text": "we waive it", "is_waiver": True})
    kept = supervisor.try_post(f"{path}/cancellation", {"outcome": "KEPT", "reason": "mercy"})
    lost = supervisor.post(
        f"{path}/cancellation", {"outcome": "CANCELLED", "reason": "the register is forged"}
    )

    assert refused(kept) == (422, "SCH-BODY")
    assert lost["state"] == "CANCELLED"


def test_unproven_ground_leaves_the_approval_as_it_was(offices, exporter, officer, supervisor):
    approval = approved_exporter(exporter, officer)
    path = f"{BASE}/{approval['id']}"
    hearing = {"ground": "RECORDS", "text": "papers missing", "hearing_on": "2026-12-01"}
    officer.post(f"{path}/hearing", hearing)
    moved = officer.post(f"{path}/hearing-day", {"to": "2026-12-05", "reason": "asked for"})
    exporter.post(f"{path}/hearing-statement", {"text": "here they are", "is_waiver": True})
    kept = supervisor.post(
        f"{path}/cancellation", {"outcome": "NOT_PROVEN", "reason": "they were there"}
    )
    office = offices.offices["KR-KCS"]

    assert moved["hearing"]["hearing_on"] == "2026-12-05"
    assert (kept["state"], kept["hearing"]) == ("APPROVED", None)
    assert office.works.read(verify_chain) > 0


def test_lapse_names_a_reason_that_the_law_has(exporter, officer):
    path = f"{BASE}/{approved_exporter(exporter, officer)['id']}/lapse"
    why = {"reason_code": "BORED", "reason": "x"}

    assert refused(officer.try_post(path, why)) == (422, "REF-SCHEME-CODE")
    assert officer.post(path, why | {"reason_code": "CLOSED"})["state"] == "LAPSED"


def test_company_sees_no_approval_of_another(offices, exporter, officer):
    approval = approved_exporter(exporter, officer)
    other = offices.company("daehan", tax_id="120-81-00002")

    assert refused(other.try_get(f"{BASE}/{approval['id']}")) == (404, "REF-UNKNOWN")
    assert other.get(BASE)["items"] == []
