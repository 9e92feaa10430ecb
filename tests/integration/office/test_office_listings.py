"""Lists of applicants: figures, facts, editions, contests; and review waived by rule."""

import pytest

from ooms.access.model import Role
from ooms.jobs import propose_lists
from ooms.listings.tables import waiver as waivers
from tests.approvals import BASE, ITEM, after, approved_exporter, refused
from tests.offices import an_application, approved, determined

LISTS = "/approvals/lists"
YEAR_END = 60  # days from 21 November 2026 into 20 January 2027
LACK = {"box": "8", "reason_code": "ORIGIN_EVIDENCE", "text": "the bill of materials"}
AEO = {"kind": "AEO", "code": "AA", "happened_on": "2026-01-10", "text": "certificate 77"}


@pytest.fixture
def supervisor(offices):
    """The second pair of eyes in Seoul."""
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


def submitted(exporter, **changes):
    content = an_application(determined(exporter), **changes)
    path = f"/applications/{exporter.post('/applications', content)['id']}"
    return exporter.post(f"{path}/submission")


def published(officer, supervisor, kind):
    proposed = officer.post(f"{LISTS}/{kind}/proposal")
    return supervisor.post(f"{LISTS}/editions/{proposed['id']}/publication")


def company_of(exporter):
    return exporter.get("/exporters")["items"][0]["id"]


def listed_for_errors(offices, exporter, officer, supervisor):
    """Let completion be asked for one of two applications, and fix next year's list."""
    wrong = submitted(exporter)
    officer.post(f"/applications/{wrong['id']}/review")
    officer.post(f"/applications/{wrong['id']}/completions", {"lacks": [LACK]})
    submitted(exporter)
    people = after(offices, YEAR_END, exporter, officer, supervisor)
    return people, published(people[1], people[2], "ON_SITE"), wrong


def test_company_reads_its_figures_and_which_applications_count(
    offices, exporter, officer, supervisor
):
    people, edition, wrong = listed_for_errors(offices, exporter, officer, supervisor)
    shown = people[0].get("/approvals/standing?year=2026")
    seen = people[1].get(f"/approvals/figures?exporter_id={company_of(people[0])}&year=2026")

    assert shown["words"] == "applications 2, errors 1, 50.0 %, above 5 % (2026)"
    assert shown["which"] == [{"application_id": wrong["id"], "what": ["COMPLETION"]}]
    assert [(one["list"], one["ground"]) for one in shown["lists"]] == [("ON_SITE", "ERROR_RATE")]
    assert shown["lists"][0]["edition_id"] == edition["id"]
    assert seen["words"] == shown["words"]
    assert (edition["due_on"], edition["is_late"]) == ("2027-02-01", False)


def test_correction_counts_by_the_exporters_fault_only(offices, exporter, officer):
    reasons = ("EXPORTER_ERROR", "OFFICE_ERROR")
    for code in reasons:
        application = approved(exporter, officer, an_application(determined(exporter)))
        issued = officer.post("/certificates", {"application_id": application["id"]})
        offices.run()
        officer.post(
            f"/certificates/{issued['id']}/corrections", {"reason_code": code, "reason": "box 7"}
        )
    shown = exporter.get("/approvals/standing?year=2026")

    assert (shown["applications"], shown["errors"]) == (2, 1)
    assert [one["what"] for one in shown["which"]] == [["CORRECTED"]]


def test_listed_applicant_gets_the_ground_for_a_visit(offices, exporter, officer, supervisor):
    (exporter, officer, _), _, _ = listed_for_errors(offices, exporter, officer, supervisor)
    path = f"/applications/{submitted(exporter)['id']}/site-checks"
    plain = officer.get(path)["proposed"]
    approval = approved_exporter(exporter, officer, ITEM)
    spared = officer.get(path)["proposed"]

    assert [(one["ground"], one["exempt"]) for one in plain] == [("LISTED", "")]
    assert plain[0]["because"].startswith("ERROR_RATE: applications 2, errors 1")
    assert approval["number"] in spared[0]["exempt"]


def test_fixed_list_is_never_fixed_or_made_anew(exporter, officer, supervisor):
    assert company_of(exporter)
    edition = published(officer, supervisor, "ON_SITE")
    again = supervisor.try_post(f"{LISTS}/editions/{edition['id']}/publication")
    anew = officer.try_post(f"{LISTS}/ON_SITE/proposal")

    assert (edition["state"], len(edition["digest"])) == ("PUBLISHED", 64)
    assert refused(again) == (409, "RUL-STATE")
    assert refused(anew) == (409, "RUL-STATE")


def test_upheld_contest_takes_the_company_off_the_list(offices, exporter, officer, supervisor):
    people, edition, _ = listed_for_errors(offices, exporter, officer, supervisor)
    exporter, officer, supervisor = people
    said = {"edition_id": edition["id"], "statement": "the officer asked by mistake"}
    contest = exporter.post("/approvals/contests", said)
    answer = {"is_upheld": True, "answer": "so it was"}
    answered = supervisor.post(f"/approvals/contests/{contest['id']}/answer", answer)
    twice = supervisor.try_post(f"/approvals/contests/{contest['id']}/answer", answer)
    shown = exporter.get("/approvals/standing?year=2026")
    kept = officer.get(f"{LISTS}/editions/{edition['id']}")

    assert answered["is_upheld"] is True
    assert refused(twice) == (409, "RUL-STATE")
    assert shown["lists"] == []
    assert shown["contests"][0]["answer"] == "so it was"
    assert kept["digest"] == edition["digest"]
    assert kept["entries"][0]["removal_code"] == "CONTEST_UPHELD"


def test_stranger_to_a_list_cannot_contest_it(offices, exporter, officer, supervisor):
    edition = published(officer, supervisor, "ON_SITE")
    said = {"edition_id": edition["id"], "statement": "not me"}

    assert refused(exporter.try_post("/approvals/contests", said)) == (404, "REF-UNKNOWN")


def test_urgent_entry_holds_at_once_and_is_removed_for_a_reason(exporter, officer, supervisor):
    company = company_of(exporter)
    urgent = {"exporter_id": company, "ground": "JUDGMENT", "reason": "simple processing"}
    edition = supervisor.post(f"{LISTS}/urgent-entry", urgent)
    path = f"/applications/{submitted(exporter)['id']}/site-checks"
    before = officer.get(path)["proposed"]
    removal = {"exporter_id": company, "reason_code": "CLEAN_ON_SITE", "reason": "all in order"}
    wrong = supervisor.try_post(
        f"{LISTS}/editions/{edition['id']}/removal", removal | {"reason_code": "FAVOR"}
    )
    supervisor.post(f"{LISTS}/editions/{edition['id']}/removal", removal)

    assert [one["because"] for one in before] == ["JUDGMENT: simple processing"]
    assert refused(wrong) == (422, "REF-SCHEME-CODE")
    assert officer.get(path)["proposed"] == []


def test_facts_are_stated_in_the_schemes_codes_and_withdrawn(exporter, officer, supervisor):
    company = company_of(exporter)
    stated = officer.post("/approvals/facts", AEO | {"exporter_id": company})
    wrong = officer.try_post("/approvals/facts", AEO | {"exporter_id": company, "code": "A"})
    officer.post(f"/approvals/facts/{stated['id']}/withdrawal", {"reason": "another company"})
    shown = officer.get(f"/approvals/facts?exporter_id={company}")["items"]

    assert refused(wrong) == (422, "REF-SCHEME-CODE")
    assert [one["withdrawn_because"] for one in shown] == ["another company"]
    assert published(officer, supervisor, "REVIEW_WAIVER")["entries"] == []


def test_job_proposes_each_list_of_the_year_once(offices, officer, supervisor):
    office = offices.offices["KR-KCS"]
    proposed = (propose_lists(office), propose_lists(office))
    edition = officer.get(f"{LISTS}/ON_SITE")["items"][0]
    supervisor.post(f"{LISTS}/editions/{edition['id']}/publication")

    assert proposed == (2, 0)
    assert (edition["state"], edition["year"], edition["is_late"]) == ("PROPOSED", 2026, True)
    assert propose_lists(office) == 0


# Waived review


def test_listed_approved_exporter_is_issued_without_review(exporter, officer, supervisor):
    approval = approved_exporter(exporter, officer, ITEM)
    published(officer, supervisor, "REVIEW_WAIVER")
    application = submitted(exporter)
    waiver = exporter.get(f"/approvals/waivers/{application['id']}")
    issued = officer.post("/certificates", {"application_id": application["id"]})

    assert (application["state"], application["decision"]["reason_code"]) == (
        "APPROVED",
        "REVIEW_WAIVED",
    )
    assert (waiver["ground"], approval["number"] in waiver["detail"]) == ("ITEM_APPROVAL", True)
    assert issued["application_id"] == application["id"]
    assert "is_sampled" not in waiver, "nobody knows beforehand what is looked at later"


def test_waived_review_still_runs_every_check(exporter, officer, supervisor):
    approved_exporter(exporter, officer, ITEM)
    published(officer, supervisor, "REVIEW_WAIVER")
    determination = determined(exporter)
    content = an_application(determination)
    path = f"/applications/{exporter.post('/applications', content)['id']}"
    waived = exporter.post(f"{path}/submission")
    exporter.post(
        f"/products/{determination['product_id']}/bills", {"materials": [], "processes": []}
    )
    stopped = officer.try_post("/certificates", {"application_id": waived["id"]})
    taken_up = officer.post(f"{path}/review")

    assert waived["state"] == "APPROVED"
    assert refused(stopped) == (422, "RUL-CHECKS")
    assert taken_up["state"] == "UNDER_REVIEW"


def test_waiver_ends_with_the_approval_that_carried_it(exporter, officer, supervisor):
    approval = approved_exporter(exporter, officer, ITEM)
    published(officer, supervisor, "REVIEW_WAIVER")
    before = submitted(exporter)
    why = {"reason_code": "OWN_REQUEST", "reason": "asked for"}
    officer.post(f"{BASE}/{approval['id']}/lapse", why)

    assert (before["state"], submitted(exporter)["state"]) == ("APPROVED", "SUBMITTED")


def test_waiver_by_aeo_ends_with_its_year_and_on_site_listing(
    offices, exporter, officer, supervisor
):
    company = company_of(exporter)
    officer.post("/approvals/facts", AEO | {"exporter_id": company})
    edition = published(officer, supervisor, "REVIEW_WAIVER")
    by_aeo = submitted(exporter)
    urgent = {"exporter_id": company, "ground": "JUDGMENT", "reason": "doubt"}
    on_site = supervisor.post(f"{LISTS}/urgent-entry", urgent)
    listed = submitted(exporter)
    removal = {"exporter_id": company, "reason_code": "CLEAN_ON_SITE", "reason": "in order"}
    supervisor.post(f"{LISTS}/editions/{on_site['id']}/removal", removal)
    again = submitted(exporter)
    (exporter,) = after(offices, 366, exporter)

    assert edition["valid_until"] == "2027-11-21"
    assert [one["state"] for one in (by_aeo, listed, again)] == [
        "APPROVED",
        "SUBMITTED",
        "APPROVED",
    ]
    assert submitted(exporter)["state"] == "SUBMITTED"


def test_sampled_issue_waits_for_a_later_look_once(offices, exporter, officer, supervisor):
    company = company_of(exporter)
    officer.post("/approvals/facts", AEO | {"exporter_id": company})
    published(officer, supervisor, "REVIEW_WAIVER")
    application = submitted(exporter)
    sample(offices, application["id"])
    before = officer.get("/approvals/post-checks")["items"]
    officer.post("/certificates", {"application_id": application["id"]})
    waiting = officer.get("/approvals/post-checks")["items"]
    found = {"outcome": "FLAWED", "text": "the invoice is of another shipment"}
    path = f"/approvals/post-checks/{application['id']}"
    looked = officer.post(path, found)

    assert before == []
    assert [one["application_id"] for one in waiting] == [application["id"]]
    assert (looked["outcome"], looked["issued_on"]) == ("FLAWED", "2026-11-21")
    assert refused(officer.try_post(path, found)) == (409, "RUL-STATE")
    assert officer.get("/approvals/post-checks")["items"] == []


def sample(offices, application_id):
    """Draw this application, whatever the seed of the list would say."""

    def draw(work):
        of_this = waivers.c.application_id == application_id
        work.transaction.execute(waivers.update().where(of_this).values(is_sampled=True))

    offices.offices["KR-KCS"].works.do(draw)
