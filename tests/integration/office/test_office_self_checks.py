"""A company signs what it asked itself; the office sees it, and what changed since the last."""

from ooms.audit.model import Wanted
from ooms.audit.service import page as trail
from ooms.compliance.loader import load_self_checks
from ooms.db import Window

LIST = {"industry": "TEXTILES", "agreement": ""}


def answers(said="YES", **others):
    asked = load_self_checks().of(industry="TEXTILES", agreement="")
    given = {one.code: {"said": said, "evidence": "folder 3"} for one in asked}
    return given | {code: {"said": one} for code, one in others.items()}


def signed(exporter, **others):
    return exporter.post("/self-checks/kept", LIST | {"answers": answers(**others)})


def test_signed_list_says_who_and_what_and_stands_in_the_trail(offices, exporter):
    kept = signed(exporter)

    office = offices.offices["KR-KCS"]
    entries = office.works.read(
        lambda work: trail(work, Window(5), wanted=Wanted(what="self_check."))
    )
    assert (kept["signed_as"], kept["changes"]) == ("Hanbit", [])
    assert {one["said"] for one in kept["answers"]} == {"YES"}
    assert [one.facts["sha256"] for one in entries] == [kept["sha256"]]


def test_next_list_names_what_is_answered_otherwise(exporter):
    signed(exporter, YARN_FORWARD="NO")
    again = signed(exporter)

    assert again["changes"] == [{"question": "YARN_FORWARD", "before": "NO", "now": "YES"}]
    newest, oldest = exporter.get("/self-checks/kept")["items"]
    assert (newest["changes"], oldest["changes"]) == (again["changes"], [])


def test_list_with_an_open_question_is_refused_at_its_place(exporter):
    given = answers()
    del given["TRIMMINGS"]

    refused = exporter.try_post("/self-checks/kept", LIST | {"answers": given})

    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/answers/TRIMMINGS/said"]


def test_question_of_another_list_is_refused(exporter):
    refused = exporter.try_post("/self-checks/kept", LIST | {"answers": answers(REACTION="YES")})

    assert [one["pointer"] for one in refused.json()["errors"]] == ["/answers/REACTION"]


def test_officer_sees_a_companys_lists_and_a_rival_none(offices, exporter, officer):
    kept = signed(exporter)
    rival = offices.company("rival", name="RIVAL LTD.", tax_id="120-81-00002")

    seen = officer.get(f"/self-checks/kept?exporter_id={kept['exporter_id']}")["items"]
    hidden = rival.get(f"/self-checks/kept?exporter_id={kept['exporter_id']}")["items"]

    assert [one["id"] for one in seen] == [kept["id"]]
    assert hidden == []
