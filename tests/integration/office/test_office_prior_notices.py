"""Told before preference is taken away: notice, answer, period, and what may follow."""

from dataclasses import replace
from datetime import date

import pytest

from ooms.decisions.determined import Determined
from ooms.decisions.loader import load_law
from ooms.decisions.outcomes import Outcomes
from ooms.jobs import remind_of_notices
from ooms.verifications.outcomes import ItemOutcome, Outcome
from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined

DAY = 86_400
FORGED = {"ground": "FORGED", "facts": "the seal is none of the issuer's"}
DENIED = {"verdict": "DENIED"} | FORGED
LINE = "/lines/1"


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def claim(importer, issued):
    """A claim of 200 pieces that the rules grant."""
    return importer.post("/claims", a_claim(issued["number"]))


@pytest.fixture
def korean_law(offices):
    """The importing office decides under Korea's law, which wants importers told beforehand."""
    office = offices.offices["VN-CUSTOMS"]
    office.reasons.law = load_law("KR", calendar=office.gateway.calendar("KR"))


def path_of(claim, what):
    return f"/claims/{claim['id']}{LINE}/{what}"


def notified(person, claim, **said):
    return person.post(path_of(claim, "prior-notices"), FORGED | said)


def refused(person, claim, **decision):
    answer = person.try_post(path_of(claim, "decisions"), DENIED | decision)
    told = answer.json()
    flaws = told.get("errors") or [{}]
    return answer.status_code, flaws[0].get("code") or told["code"]


def after(offices, days):
    offices.world.clock.advance(seconds=days * DAY)
    return offices.log_in("VN-CUSTOMS", "linh")


def state_of(person, notice):
    listed = {one["id"]: one for one in person.get("/prior-notices")["items"]}
    return listed[notice["id"]]["state"]


@pytest.mark.usefixtures("korean_law")
def test_denial_of_what_was_given_needs_a_notice(importer, claim):
    assert refused(importer, claim) == (422, "RUL-PRIOR-NOTICE")


@pytest.mark.usefixtures("korean_law")
def test_part_that_is_taken_away_needs_a_notice_too(importer, claim):
    assert refused(importer, claim, verdict="PARTLY", quantity="50") == (422, "RUL-PRIOR-NOTICE")


@pytest.mark.usefixtures("korean_law")
def test_preview_of_a_denial_asks_for_the_notice(importer, claim):
    answer = importer.try_post(path_of(claim, "decisions/preview"), DENIED)

    assert answer.json()["errors"][0]["code"] == "RUL-PRIOR-NOTICE"


@pytest.mark.usefixtures("korean_law")
def test_notice_tells_ground_facts_basis_papers_and_deadline(importer, claim):
    notice = notified(importer, claim, submit="the original certificate")
    words = notice["texts"]["en"].split("\n")

    assert (notice["sent_on"], notice["due_on"]) == ("2026-11-21", "2026-12-21")
    assert words[0].startswith("It is intended to deny preference under AKFTA for line 1")
    assert words[1] == "Ground: the certificate was forged or altered."
    assert words[2] == "Facts: the seal is none of the issuer's"
    assert "Special Act 35(1)(1)" in words[3]
    assert "Decree 44(1)" in words[3]
    assert words[4].endswith("the original certificate")
    assert "2026-12-21" in words[5]
    assert set(notice["texts"]) == {"en", "fr", "ko", "sw"}
    (kept,) = importer.get(f"/claims/{claim['id']}/notices")["items"]
    assert (kept["kind"], kept["texts"]) == ("PRIOR_NOTICE", notice["texts"])


@pytest.mark.usefixtures("korean_law")
def test_previewed_notice_is_not_sent(importer, claim):
    shown = importer.post(path_of(claim, "prior-notices/preview"), FORGED)

    assert shown["due_on"] == "2026-12-21"
    assert importer.get("/prior-notices")["items"] == []


@pytest.mark.usefixtures("korean_law")
def test_denial_waits_for_the_last_day_of_the_notice(offices, importer, claim):
    notice = notified(importer, claim)
    at_once = refused(importer, claim)
    last_day = refused(after(offices, 30), claim)
    person = after(offices, 1)
    decided = person.post(path_of(claim, "decisions"), DENIED)

    assert at_once == last_day == (409, "RUL-NOTICE-RUNNING")
    assert decided["verdict"] == "DENIED"
    assert state_of(person, notice) == "FOLLOWED"


@pytest.mark.usefixtures("korean_law")
def test_answer_is_kept_and_the_period_still_runs(importer, claim):
    notice = notified(importer, claim)
    answered = importer.post(f"/prior-notices/{notice['id']}/answer", {"words": "it is genuine"})

    assert (answered["state"], answered["answer"]) == ("ANSWERED", "it is genuine")
    assert refused(importer, claim) == (409, "RUL-NOTICE-RUNNING")


@pytest.mark.usefixtures("korean_law")
def test_importer_with_nothing_more_to_say_ends_the_wait(importer, claim):
    notice = notified(importer, claim)
    importer.post(
        f"/prior-notices/{notice['id']}/answer", {"words": "so be it", "nothing_more": True}
    )

    assert importer.post(path_of(claim, "decisions"), DENIED)["verdict"] == "DENIED"


@pytest.mark.usefixtures("korean_law")
def test_answer_after_the_last_day_is_refused(offices, importer, claim):
    notice = notified(importer, claim)
    late = after(offices, 31).try_post(
        f"/prior-notices/{notice['id']}/answer", {"words": "wait, please"}
    )

    assert (late.status_code, late.json()["code"]) == (409, "RUL-PERIOD-ENDED")


@pytest.mark.usefixtures("korean_law")
def test_notice_on_another_ground_holds_but_does_not_serve(offices, importer, claim):
    notified(importer, claim, ground="NOT-DIRECT", facts="they lay in a port for a year")

    assert refused(importer, claim, ground="OTHER-GOODS") == (409, "RUL-NOTICE-RUNNING")
    assert refused(after(offices, 31), claim) == (422, "RUL-PRIOR-NOTICE")


@pytest.mark.usefixtures("korean_law")
def test_notice_is_dropped_when_preference_stays(offices, importer, claim):
    notice = notified(importer, claim)
    ended = importer.post(f"/prior-notices/{notice['id']}/end", {"words": "the seal is known now"})
    again = importer.try_post(f"/prior-notices/{notice['id']}/end", {"words": "once more"})

    assert (ended["state"], ended["closed_because"]) == ("DROPPED", "the seal is known now")
    assert again.status_code == 409


@pytest.mark.usefixtures("korean_law")
def test_second_notice_on_a_line_is_refused_while_one_is_open(importer, claim):
    notified(importer, claim)

    assert importer.try_post(path_of(claim, "prior-notices"), FORGED).status_code == 409


@pytest.mark.usefixtures("korean_law")
def test_later_version_drops_what_was_announced(importer, issued, claim):
    notice = notified(importer, claim)
    importer.post("/claims", a_claim(issued["number"], version=2, quantity="100"))

    assert state_of(importer, notice) == "DROPPED"


@pytest.mark.usefixtures("korean_law")
def test_exception_of_the_law_goes_without_a_notice_and_says_so(importer, claim):
    strange = refused(importer, claim, without_notice="A_FEELING")
    decided = importer.post(path_of(claim, "decisions"), DENIED | {"without_notice": "LIMITATION"})

    assert strange == (422, "REF-CODE")
    assert any("ends within three months" in one for one in decided["why"]["basis"])
    assert "ends within three months" in decided["texts"]["en"]


@pytest.mark.usefixtures("korean_law")
@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({}, 201),
        ({"released_on": "2026-11-20"}, 422),
        ({"released_on": "2026-11-20", "claim_type": "LATE"}, 201),
    ],
)
def test_what_nobody_gave_yet_needs_no_notice(importer, issued, about, expected):
    open_claim = importer.post("/claims", a_claim(issued["number"], hs="850490") | about)
    answer = importer.try_post(path_of(open_claim, "decisions"), DENIED)

    assert open_claim["lines"][0]["decision"] == "REFERRED"
    assert answer.status_code == expected, answer.text


@pytest.mark.usefixtures("korean_law")
def test_ground_outside_the_closed_list_of_the_act_needs_none(importer, claim):
    other = {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "the plates say SC-900"}

    assert importer.post(path_of(claim, "decisions"), other)["verdict"] == "DENIED"


def test_law_that_nobody_wrote_down_asks_for_none_but_keeps_one(importer, issued, claim):
    second = importer.post("/claims", a_claim(issued["number"], "D-2"))
    notified(importer, second, days=5)

    assert importer.post(path_of(claim, "decisions"), DENIED)["verdict"] == "DENIED"
    assert refused(importer, second) == (409, "RUL-NOTICE-RUNNING")


@pytest.mark.usefixtures("korean_law")
def test_grounds_say_which_of_them_need_a_notice(importer):
    listed = importer.get("/decisions/grounds")
    needing = {one["code"] for one in listed["items"] if one["needs_notice"]}

    assert {"FORGED", "KR-35-4", "KR-44-2-1"} <= needing
    assert not needing & {"EXCEEDED", "OTHER-GOODS", "UNKNOWN"}
    assert set(listed["without_notice"]) == {"BEFORE_ACCEPTANCE", "EVASION", "LIMITATION"}
    assert "PRIOR_NOTICE" in {one["kind"] for one in listed["clocks"]}


@pytest.mark.usefixtures("korean_law")
def test_proceedings_show_notices_beside_decisions(importer, claim):
    notice = notified(importer, claim)
    shown = importer.get(f"/claims/{claim['id']}/proceedings")

    assert [one["id"] for one in shown["prior_notices"]] == [notice["id"]]
    assert shown["late"] is None


def determined_as(offices, claim, outcome):
    """Let a verification come to something about the claim's item."""
    office = offices.offices["VN-CUSTOMS"]
    found = ItemOutcome(
        verification_id="V-1",
        agreement="AKFTA",
        certificate_number=claim["lines"][0]["certificate_number"],
        item_no=1,
        importer="",
        exporter="Hanbit Electronics Co., Ltd.",
        hs6="850440",
        outcome=outcome,
        ground="" if outcome is Outcome.ORIGINATING else "KR-35-4",
        facts="the boards came assembled",
        basis="",
        determined_on=date(2026, 11, 21),
        claim_ids=(claim["id"],),
    )
    heard = Determined(
        office.claims,
        office.decisions,
        forewarning=office.forewarning,
        outcomes=Outcomes(office.risk),
    )
    office.works.do(lambda work: heard.determined(work, (found,), who="hq"))


@pytest.mark.usefixtures("korean_law")
def test_determination_announces_its_denial_and_decides_nothing(offices, importer, claim):
    determined_as(offices, claim, Outcome.NOT_ORIGINATING)
    determined_as(offices, claim, Outcome.NOT_ORIGINATING)
    (notice,) = importer.get("/prior-notices")["items"]
    shown = importer.get(f"/claims/{claim['id']}")

    assert (notice["state"], notice["ground"], notice["verification"]) == ("SENT", "KR-35-4", "V-1")
    assert "the boards came assembled" in notice["texts"]["en"]
    assert shown["lines"][0]["decision"] == "GRANTED"


@pytest.mark.usefixtures("korean_law")
def test_determination_after_the_period_denies_as_announced(offices, importer, claim):
    determined_as(offices, claim, Outcome.NOT_ORIGINATING)
    (notice,) = importer.get("/prior-notices")["items"]
    person = after(offices, 31)
    determined_as(offices, claim, Outcome.NOT_ORIGINATING)

    assert state_of(person, notice) == "FOLLOWED"
    assert person.get(f"/claims/{claim['id']}")["lines"][0]["decision"] == "DENIED"


@pytest.mark.usefixtures("korean_law")
def test_determination_in_the_importers_favor_drops_the_notice(offices, importer, claim):
    determined_as(offices, claim, Outcome.NOT_ORIGINATING)
    (notice,) = importer.get("/prior-notices")["items"]
    determined_as(offices, claim, Outcome.ORIGINATING)

    assert state_of(importer, notice) == "DROPPED"


def test_determination_denies_at_once_where_no_notice_is_owed(offices, importer, claim):
    office = offices.offices["VN-CUSTOMS"]
    office.reasons.law = replace(office.reasons.law, country="KR")
    determined_as(offices, claim, Outcome.NOT_ORIGINATING)

    assert importer.get(f"/claims/{claim['id']}")["lines"][0]["decision"] == "DENIED"
    assert importer.get("/prior-notices")["items"] == []


def due(person):
    return [(one["id"], one["reminders"]) for one in person.get("/prior-notices/ripe")["items"]]


@pytest.mark.usefixtures("korean_law")
def test_notice_whose_period_passed_is_reminded_of_each_week(offices, importer, claim):
    office = offices.offices["VN-CUSTOMS"]
    notice = notified(importer, claim)
    early = remind_of_notices(office), due(importer)

    importer = after(offices, 31)
    first, again = remind_of_notices(office), remind_of_notices(office)
    importer = after(offices, 7)
    later, told = remind_of_notices(office), due(importer)
    importer.post(path_of(claim, "decisions"), DENIED)

    assert early == (0, [])
    assert (first, again, later) == (1, 0, 1)
    assert [(one, len(reminders)) for one, reminders in told] == [(notice["id"], 2)]
    assert (due(importer), remind_of_notices(office)) == ([], 0)


@pytest.mark.usefixtures("korean_law")
def test_notice_to_which_nothing_more_comes_is_due_at_once(importer, claim):
    notice = notified(importer, claim)
    said = {"words": "we agree", "nothing_more": True}
    importer.post(f"/prior-notices/{notice['id']}/answer", said)

    (ripe,) = importer.get("/prior-notices/ripe")["items"]

    assert ripe["id"] == notice["id"]
    assert ripe["declaration_number"] == claim["declaration_number"]
