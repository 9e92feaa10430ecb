"""Offices, posts and refusals: whose a case is, who refuses, and who is warned."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ooms.access.model import Role
from ooms.access.repository import AccessRows
from tests.offices import an_application, determined

REFUSED = {"decision": "REFUSED", "reason": "modules were bought", "reason_code": "NOT_ORIGINATING"}


@pytest.fixture
def supervisor(offices):
    """The second pair of eyes."""
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


def id_of(offices, person):
    def find(work):
        known = AccessRows(work.transaction).credentials(person.login)
        assert known is not None
        return known[0].id

    return offices.offices["KR-KCS"].works.read(find)


def submit(exporter, **changes):
    application = exporter.post("/applications", an_application(determined(exporter), **changes))
    return exporter.post(f"/applications/{application['id']}/submission")


def refuse(officer, supervisor, application):
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    officer.post(f"{path}/decision", REFUSED)
    return supervisor.post(f"{path}/refusal")


def test_submissions_are_shared_out_by_office_and_load(offices, exporter, officer, supervisor):
    lee = offices.person("KR-KCS", "lee", Role.OFFICER)
    park = offices.person("KR-KCS", "park", Role.OFFICER)
    supervisor.post("/issuing-offices", {"code": "SEOUL", "name": "Seoul", "kind": "CUSTOMS"})
    supervisor.post(
        "/issuing-offices",
        {"code": "BUSAN", "name": "Busan", "kind": "CHAMBER", "cities": ["BUSAN"]},
    )
    for person, office in ((officer, "BUSAN"), (lee, "BUSAN"), (park, "SEOUL")):
        supervisor.post("/posts", {"user_id": id_of(offices, person), "office": office})
    given = [submit(exporter) for _ in range(4)]

    assert {one["office"] for one in given} == {"BUSAN"}
    shares = sorted(one["officer_id"] for one in given)
    assert shares == sorted([id_of(offices, officer), id_of(offices, lee)] * 2)


def test_officer_takes_only_what_his_post_covers(offices, exporter, officer, supervisor):
    application = submit(exporter)
    supervisor.post("/issuing-offices", {"code": "SEOUL", "name": "Seoul", "kind": "CUSTOMS"})
    user_id = id_of(offices, officer)
    supervisor.post("/posts", {"user_id": user_id, "office": "SEOUL", "chapters": ["84"]})
    refused = officer.try_post(f"/applications/{application['id']}/review")
    supervisor.post("/posts", {"user_id": user_id, "office": "SEOUL", "chapters": ["85"]})
    taken = officer.post(f"/applications/{application['id']}/review")

    assert (refused.status_code, refused.json()["code"]) == (422, "RUL-COMPETENCE")
    assert taken["officer_id"] == user_id


def test_supervisor_gives_a_case_to_another_officer(offices, exporter, officer, supervisor):
    application = submit(exporter)
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    lee = offices.person("KR-KCS", "lee", Role.OFFICER)
    by_officer = officer.try_post(f"{path}/assignment", {"officer_id": id_of(offices, lee)})
    nobody = supervisor.try_post(f"{path}/assignment", {"officer_id": "nobody"})
    given = supervisor.post(f"{path}/assignment", {"officer_id": id_of(offices, lee)})

    assert (by_officer.status_code, nobody.status_code) == (403, 422)
    assert given["state"] == "SUBMITTED"
    assert officer.try_post(f"{path}/review").status_code == 409
    assert lee.post(f"{path}/review")["state"] == "UNDER_REVIEW"


def test_refusal_warns_every_later_officer_at_once(offices, exporter, officer, supervisor):
    first = submit(exporter)
    second = submit(exporter)
    before = officer.get(f"/applications/{second['id']}/warnings")["items"]
    refuse(officer, supervisor, first)
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    by_other = submit(other, producer={"name": "Hanbit Electronics Co., Ltd.", "country": "KR"})
    (own,) = officer.get(f"/applications/{second['id']}/warnings")["items"]
    (goods,) = officer.get(f"/applications/{by_other['id']}/warnings")["items"]
    checks = officer.get(f"/applications/{second['id']}/checks")["items"]
    (shared,) = officer.get("/refusals")["items"]

    assert before == []
    assert own["because"] == ["SAME_EXPORTER", "SAME_GOODS"]
    assert goods["because"] == ["SAME_GOODS"]
    assert next(one for one in checks if one["check"] == "ORIGIN")["finding"] == "OPEN"
    assert shared == own["refusal"]
    assert (shared["reason_code"], shared["office"]) == ("NOT_ORIGINATING", "K001")
    assert officer.get(f"/applications/{first['id']}/warnings")["items"] == []
    assert exporter.try_get("/refusals").status_code == 403


def test_refusal_names_the_office_of_its_application(offices, exporter, officer, supervisor):
    place = {"code": "BUSAN", "name": "Busan", "kind": "CHAMBER", "cities": ["BUSAN"]}
    supervisor.post("/issuing-offices", place)
    supervisor.post("/posts", {"user_id": id_of(offices, officer), "office": "BUSAN"})
    application = submit(exporter)
    refuse(officer, supervisor, application)
    (shared,) = officer.get("/refusals")["items"]

    assert (application["office"], shared["office"]) == ("BUSAN", "BUSAN")


def test_proposed_refusal_goes_back_to_its_officer(exporter, officer, supervisor):
    application = submit(exporter)
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    officer.post(f"{path}/decision", REFUSED)
    alone = officer.try_post(f"{path}/refusal")
    back = supervisor.post(f"{path}/refusal-return", {"reason": "look at the invoice"})
    approved = officer.post(f"{path}/decision", {"decision": "APPROVED"})

    assert alone.status_code == 403
    assert (back["state"], back["decision"]) == ("UNDER_REVIEW", None)
    assert approved["state"] == "APPROVED"
    assert supervisor.get("/refusals")["items"] == []


def test_refusal_needs_a_reason_from_the_list(exporter, officer):
    application = submit(exporter)
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    refused = officer.try_post(f"{path}/decision", REFUSED | {"reason_code": "MOOD"})

    assert (refused.status_code, refused.json()["code"]) == (422, "REF-CODE")


def test_one_of_many_decisions_at_once_stands(offices, exporter, officer, supervisor):
    application = submit(exporter)
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    bodies = [{"decision": "APPROVED"}, REFUSED] * 4
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: officer.try_post(f"{path}/decision", body), bodies))
    codes = sorted(one.status_code for one in answers)
    won = next(one.json() for one in answers if one.status_code == 200)

    assert codes == [200] + [409] * 7
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"RUL-STATE"}
    assert officer.get(path)["state"] == won["state"]


def test_two_supervisors_refuse_once_and_share_once(offices, exporter, officer, supervisor):
    application = submit(exporter)
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    officer.post(f"{path}/decision", REFUSED)
    second = offices.person("KR-KCS", "jang", Role.SUPERVISOR)
    with ThreadPoolExecutor(4) as pool:
        both = (supervisor, second, supervisor, second)
        answers = list(pool.map(lambda one: one.try_post(f"{path}/refusal"), both))

    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
    assert len(officer.get("/refusals")["items"]) == 1


def test_officers_training_is_counted_against_forty_hours(offices, officer, supervisor):
    user_id = id_of(offices, officer)
    held = {"user_id": user_id, "held_on": "2026-03-02", "hours": "12.5", "title": "FTA law"}
    supervisor.post("/trainings", held | {"subject": "LAW"})
    supervisor.post("/trainings", held | {"subject": "ISSUING", "hours": "8"})
    supervisor.post("/trainings", held | {"subject": "LAW", "held_on": "2025-03-02"})
    unknown = supervisor.try_post("/trainings", held | {"subject": "COOKING"})
    future = supervisor.try_post("/trainings", held | {"subject": "LAW", "held_on": "2026-12-24"})
    seen = officer.get(f"/trainings/credits?user_id={user_id}&year=2026")

    assert [one.json()["errors"][0]["pointer"] for one in (unknown, future)] == [
        "/subject",
        "/held_on",
    ]
    assert (seen["hours"], seen["wanted"], seen["missing"]) == ("20.5", "40", "19.5")
    assert seen["by_subject"] == {"LAW": "12.5", "ISSUING": "8"}
