"""Retention: deleted after the period by four eyes; what remains proves what was there."""

import json
from datetime import date

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from ooms.retention.loader import load_periods
from ooms.retention.model import Rule
from tests.integration.office.test_office_listings import listed_for_errors
from tests.offices import an_application, approved, determined

FIVE_YEARS = 365 * 5 + 2
SECRETS = ("ORIENT POWER TRADING", "HB-2026-1120", "HMM PROMISE", "printed circuit board")
COVERED = (
    "ooms_certificate",
    "ooms_application",
    "ooms_application_check",
    "ooms_partner_news",
    "ooms_determination",
)


@pytest.fixture
def issued(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    officer.try_get(f"/certificates/{certificate['id']}/document")
    return certificate


@pytest.fixture
def later(offices, issued):
    """Five years on, with everybody still there."""
    for login in ("choi", "yoon"):
        offices.person("KR-KCS", login, Role.SUPERVISOR)
    offices.world.clock.advance(days=FIVE_YEARS)
    return {login: offices.log_in("KR-KCS", login) for login in ("choi", "yoon", "kim", "hanbit")}


def proposed(offices):
    office = offices.offices["KR-KCS"]
    return office.works.do(office.retention.propose)


def carry_out(offices, later):
    made = proposed(offices)
    later["choi"].post(f"/retention/lists/{made.id}/agreement")
    return later["yoon"].post(f"/retention/lists/{made.id}/agreement")


def everything_in(offices):
    office = offices.offices["KR-KCS"]

    def read(work):
        rows = [work.transaction.execute(text(f"SELECT * FROM {name}")).all() for name in COVERED]
        return json.dumps(rows, default=str)

    return office.works.read(read)


def test_periods_of_korea_are_those_of_its_law():
    periods = load_periods("KR")

    assert {one.years for one in periods.values()} == {5}
    assert {rule for rule, one in periods.items() if not one.verified} == {Rule.PERSON}
    assert periods[Rule.ISSUER].years_for("CN") == 3
    assert periods[Rule.EXPORTER].years_for("CN") == 3
    assert periods[Rule.CONFIDENTIAL].years_for("CN") == 5
    assert periods[Rule.ISSUER].ends(date(2026, 11, 21)) == date(2031, 11, 21)
    assert not any(one.verified for one in load_periods("VN").values())


def test_nothing_is_due_before_its_period_ended(offices, issued):
    offices.world.clock.advance(days=FIVE_YEARS - 3)

    assert proposed(offices) is None


def test_one_supervisor_alone_deletes_nothing(offices, later):
    before = everything_in(offices)
    made = proposed(offices)
    seen = later["choi"].post(f"/retention/lists/{made.id}/agreement")
    again = later["choi"].try_post(f"/retention/lists/{made.id}/agreement")

    assert seen["state"] == "SEEN"
    assert (again.status_code, again.json()["code"]) == (409, "AUT-SECOND-EYES")
    assert everything_in(offices) == before


def test_deleted_certificate_keeps_number_dates_and_chain(offices, later, issued):
    done = carry_out(offices, later)
    certificate = later["kim"].get(f"/certificates/{issued['id']}")
    office = offices.offices["KR-KCS"]

    assert done["state"] == "DONE"
    assert certificate["number"] == issued["number"]
    assert certificate["issued_on"] == issued["issued_on"]
    assert certificate["document"]["erased_on"] == "2031-11-22"
    assert office.works.read(verify_chain) > 0


def test_lists_let_go_of_one_thing_after_the_other(offices, later, issued):
    kinds = []
    while (made := proposed(offices)) is not None:
        kinds.append(sorted({one.kind.value for one in made.items}))
        later["choi"].post(f"/retention/lists/{made.id}/agreement")
        later["yoon"].post(f"/retention/lists/{made.id}/agreement")
    left = everything_in(offices)

    assert kinds == [["CERTIFICATE"], ["APPLICATION"], ["DETERMINATION"]]
    assert [one for one in SECRETS if one in left] == []
    assert issued["number"] in left


def test_what_remains_is_still_shown_without_its_content(offices, later, issued):
    while proposed(offices) is not None:
        waiting = later["choi"].get("/retention/lists")["items"][0]
        later["choi"].post(f"/retention/lists/{waiting['id']}/agreement")
        later["yoon"].post(f"/retention/lists/{waiting['id']}/agreement")
    kim, path = later["kim"], f"/certificates/{issued['id']}"
    application = kim.get(f"/applications/{issued['application_id']}")
    determination = application["content"]["lines"][0]["determination_id"]
    gone = kim.try_get(f"{path}/document")
    (line,) = kim.get("/registers/issued")["items"]

    assert application["content"]["buyer"]["name"] == "(deleted)"
    assert later["hanbit"].get(f"/determinations/{determination}")["verdict"] == "originating"
    assert (gone.status_code, gone.json()["code"]) == (404, "REF-ERASED")
    assert kim.try_get(f"{path}/evidence?audience=office").json()["code"] == "REF-ERASED"
    assert (line["number"], line["importer"]) == (issued["number"], "(deleted)")


def test_evidence_of_the_deletion_says_what_was_there(offices, later, issued):
    made = carry_out(offices, later)
    (deletion,) = later["choi"].get(f"/retention/lists/{made['id']}/deletions")["items"]

    assert deletion["due"]["number"] == issued["number"]
    assert deletion["due"]["source"] == "Rules 9(4)"
    assert set(deletion["digests"]) == {"ooms_certificate", "ooms_document", "ooms_partner_news"}
    assert {len(one) for one in deletion["digests"].values()} == {64}
    assert len(set(deletion["approved_by"])) == 2


def test_nothing_is_made_of_a_certificate_without_content(offices, later, issued):
    carry_out(offices, later)
    path, why = f"/certificates/{issued['id']}", {"code": "LOST", "text": "lost in the post"}
    refused = [
        later["kim"].try_post(f"{path}/corrections", {"reason": "marks"}),
        later["kim"].try_post(f"{path}/cancellation", {"reason": "unused"}),
        later["hanbit"].try_post(f"{path}/applications", {"kind": "REISSUE", "cause": why}),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refused] == [(404, "REF-ERASED")] * 3


def test_held_certificate_is_not_deleted_though_it_was_proposed(offices, later, issued):
    made = proposed(offices)
    later["choi"].post(f"/retention/lists/{made.id}/agreement")
    body = {"certificate_id": issued["id"], "reason": "verification open", "reference": "VN-7"}
    hold = later["choi"].post("/retention/holds", body)
    trial = later["choi"].get(f"/retention/lists/{made.id}/trial")
    later["yoon"].post(f"/retention/lists/{made.id}/agreement")
    kept = later["kim"].get(f"/certificates/{issued['id']}")["document"]
    nothing = proposed(offices)
    later["choi"].post(f"/retention/holds/{hold['id']}/lifting")

    assert (trial["would_delete"], len(trial["would_skip"])) == ([], 1)
    assert "erased_on" not in kept
    assert nothing is None
    assert proposed(offices) is not None


def test_words_of_an_answered_contest_are_deleted(offices, exporter, officer):
    choi = offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    offices.person("KR-KCS", "yoon", Role.SUPERVISOR)
    people, edition, _ = listed_for_errors(offices, exporter, officer, choi)
    said = {"edition_id": edition["id"], "statement": "the officer asked by mistake"}
    contest = people[0].post("/approvals/contests", said)
    answer = {"is_upheld": True, "answer": "so it was"}
    people[2].post(f"/approvals/contests/{contest['id']}/answer", answer)
    offices.world.clock.advance(days=FIVE_YEARS)
    done = carry_out(offices, {one: offices.log_in("KR-KCS", one) for one in ("choi", "yoon")})
    (left,) = offices.log_in("KR-KCS", "kim").get("/approvals/contests")["items"]

    assert "LIST_CONTEST" in {one["kind"] for one in done["items"]}
    assert (left["statement"], left["answer"]) == ("(deleted)", "(deleted)")
    assert left["is_upheld"] is True


def test_trial_changes_nothing(offices, later):
    made = proposed(offices)
    before = everything_in(offices)
    trial = later["choi"].get(f"/retention/lists/{made.id}/trial")

    assert len(trial["would_delete"]) == 1
    assert everything_in(offices) == before


def test_dropped_list_makes_way_for_the_next(offices, later):
    made = proposed(offices)
    dropped = later["choi"].post(f"/retention/lists/{made.id}/dropping")

    assert dropped["state"] == "DROPPED"
    assert proposed(offices) is not None
