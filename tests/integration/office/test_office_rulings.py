"""Advance rulings over HTTP: applied for, ruled in time, published, searched, changed forward."""

from datetime import timedelta

import pytest

from ooms.access.model import Role, User
from tests.offices import COMPANY

USER = User("u", "kim", "Kim", Role.OFFICER)
APPLICANT = {"name": COMPANY["name"], "country": "KR", "standing": "EXPORTER"}
GOODS = {
    "holder": COMPANY["name"],
    "agreement": "AKFTA",
    "hs6": "850440",
    "hs_edition": 2022,
    "description": "STATIC CONVERTERS, MODEL SC-500",
    "partner": "KR",
    "processes": ["assembly", "testing"],
    "materials": [{"hs": "853400", "origin": "JP"}],
}
REQUEST = {
    "applicant": APPLICANT,
    "subject": "ORIGIN",
    "goods": GOODS,
    "question": "Does assembly from Japanese boards confer origin?",
}
ANSWER = {
    "origin": "KR",
    "criterion": "CTH",
    "text": "The converters originate in Korea.",
    "reasons": "All foreign materials change their heading.",
}
SHOWN = {
    "description": "Static converters",
    "text": "Converters assembled from boards of another heading originate.",
    "processes": ["Assembly"],
}


@pytest.fixture
def chief(offices):
    """Another officer in Seoul, who decides objections."""
    return offices.person("KR-KCS", "lee", Role.OFFICER)


def applied(person, **changes):
    return person.post("/rulings", REQUEST | changes)


def ruled(exporter, officer, **changes):
    request = applied(exporter, **changes)
    return officer.post(f"/rulings/{request['id']}/decision", ANSWER)


def test_ruling_is_due_within_ninety_days_without_completion(offices, exporter, officer):
    request = applied(exporter)
    path = f"/rulings/{request['id']}"

    asked = officer.post(f"{path}/completion-request", {"text": "the bill", "days": 20})
    offices.world.clock.advance(days=10)
    exporter = offices.log_in("KR-KCS", "hanbit")
    completed = exporter.post(f"{path}/completion", {"answer": "here it is"})

    today = request["received_on"]
    assert (today, request["due_on"]) == ("2026-11-21", "2027-02-19")
    assert (asked["due_on"], asked["complete_by"]) == (None, "2026-12-11")
    assert completed["due_on"] == "2027-03-01"  # ten days later: they are not counted


@pytest.mark.parametrize("days", [4, 21])
def test_completion_lasts_from_five_to_twenty_days(exporter, officer, days):
    request = applied(exporter)

    answer = officer.try_post(
        f"/rulings/{request['id']}/completion-request", {"text": "the bill", "days": days}
    )

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "RUL-PERIOD")


def test_completion_that_comes_too_late_is_refused_and_returned(offices, exporter, officer):
    path = f"/rulings/{applied(exporter)['id']}"
    officer.post(f"{path}/completion-request", {"text": "the bill", "days": 5})
    offices.world.clock.advance(days=6)
    exporter, officer = (offices.log_in("KR-KCS", one) for one in ("hanbit", "kim"))

    late = exporter.try_post(f"{path}/completion", {"answer": "sorry"})
    ground = {"ground": "NOT_COMPLETED", "reason": "nothing came"}
    returned = officer.post(f"{path}/return", ground)

    assert late.json()["code"] == "RUL-PERIOD-ENDED"
    assert returned["state"] == "RETURNED"


def test_published_ruling_is_found_by_anybody_without_names(offices, exporter, officer):
    ruling = ruled(exporter, officer)
    officer.post(f"/rulings/{ruling['id']}/publication", SHOWN)
    client = offices.clients["KR-KCS"]

    def found(**query):
        answer = client.get("/api/v1/public/rulings", params=query)
        assert answer.status_code == 200
        return answer.json()["items"]

    (shown,) = found(hs="8504", agreement="AKFTA", words="CONVERTERS boards", process="assembly")
    assert shown["number"] == ruling["decided"]["number"]
    assert (shown["origin"], shown["state"]) == ("KR", "IN_FORCE")
    assert "HANBIT" not in str(shown).upper()
    assert "Japan" not in str(shown)
    for query in (
        {"hs": "8505"},
        {"words": "motors"},
        {"agreement": "RCEP"},
        {"process": "dyeing"},
    ):
        assert found(**query) == []


def test_ruling_that_is_not_published_is_found_by_nobody(offices, exporter, officer):
    ruled(exporter, officer)

    answer = offices.clients["KR-KCS"].get("/api/v1/public/rulings")

    assert answer.json()["items"] == []


def test_days_of_a_ruling_are_told_with_it(exporter, officer):
    decided = ruled(exporter, officer)["decided"]

    assert decided["number"] == "AR-K001-2026-00001"
    assert (decided["object_by"], decided["publish_by"]) == ("2026-12-21", "2026-12-21")


def test_rulings_of_an_office_are_numbered_one_after_another(exporter, officer):
    numbers = [ruled(exporter, officer)["decided"]["number"] for _ in range(3)]

    assert numbers == [f"AR-K001-2026-0000{turn}" for turn in (1, 2, 3)]


def test_officer_takes_in_what_a_foreign_exporter_applies_for(officer, exporter):
    foreign = {"name": "ANDES COPPER SA", "country": "CL", "standing": "EXPORTER"}

    request = applied(officer, applicant=foreign, goods=GOODS | {"partner": "CL"})

    assert request["applicant"] == "ANDES COPPER SA"
    assert exporter.try_get(f"/rulings/{request['id']}").status_code == 404


def test_revoked_ruling_binds_nobody_from_the_next_day(offices, exporter, officer):
    ruling = ruled(exporter, officer)
    change = {"ground": "LAW_CHANGED", "reason": "the product rule changed"}

    revoked = officer.post(f"/rulings/{ruling['id']}/changes", change)
    again = officer.try_post(f"/rulings/{ruling['id']}/changes", change)

    office = offices.offices["KR-KCS"]
    kim = office.works.read(lambda work: office.rulings.get(work, ruling["id"], by=USER))
    day = kim.decided.decided_on
    assert (revoked["state"], again.status_code) == ("REVOKED", 409)
    assert kim.answer_on(day) is not None
    assert kim.answer_on(day + timedelta(days=1)) is None


def test_grace_is_granted_where_the_agreement_knows_it(offices, officer):
    request = applied(officer, goods=GOODS | {"partner": "SG"})
    ruling = officer.post(f"/rulings/{request['id']}/decision", ANSWER)
    change = {"ground": "MISTAKE", "reason": "the content was mistaken", "answer": ANSWER}
    officer.post(f"/rulings/{ruling['id']}/changes", change)
    grace = {"holder": "Busan Imports", "asked_on": "2026-11-25"}

    late = officer.try_post(f"/rulings/{ruling['id']}/graces", grace | {"until": "2027-01-21"})
    granted = officer.try_post(f"/rulings/{ruling['id']}/graces", grace | {"until": "2027-01-20"})
    too_late = grace | {"asked_on": "2026-12-07", "until": "2027-01-20"}
    asked_late = officer.try_post(f"/rulings/{ruling['id']}/graces", too_late)

    assert granted.status_code == 200
    assert late.json()["errors"][0]["code"] == "RUL-PERIOD"  # 60 days for Singapore
    assert asked_late.json()["code"] == "RUL-PERIOD-ENDED"  # 15 days to ask


def test_objection_in_time_is_decided_by_somebody_else(offices, exporter, officer, chief):
    ruling = ruled(exporter, officer)
    path = f"/rulings/{ruling['id']}/objection"
    objected = exporter.post(path, {"text": "the boards are of heading 8473"})
    decision = {"answer": ANSWER | {"criterion": "WO"}, "reason": "the exporter is right"}

    own = officer.try_post(f"{path}/decision", decision)
    decided = chief.post(f"{path}/decision", decision)

    assert objected["objection"]["due_on"] == "2026-12-21"
    assert own.status_code == 422
    assert decided["objection"]["end"] == "CHANGED"
    assert decided["changes"][0]["answer"]["criterion"] == "WO"


def test_objection_after_thirty_days_is_refused(offices, exporter, officer):
    ruling = ruled(exporter, officer)
    offices.world.clock.advance(days=31)
    exporter = offices.log_in("KR-KCS", "hanbit")

    late = exporter.try_post(f"/rulings/{ruling['id']}/objection", {"text": "too late"})

    assert late.json()["code"] == "RUL-PERIOD-ENDED"


def test_subject_that_no_ruling_is_given_on_is_refused(exporter):
    answer = exporter.try_post("/rulings", REQUEST | {"subject": "WEATHER"})

    assert answer.json()["errors"][0]["pointer"] == "/subject"
