"""Each kind of application over HTTP, from the exporter's draft to what the partner registers."""

import pytest

from ooms.access.model import Role
from tests.offices import PRICE, an_application, approved, determined
from tests.papers import text_of

LOST = {"code": "LOST", "text": "The paper was lost in the post"}
MISTYPED = {"code": "TYPING_ERROR", "text": "The marks are mistyped"}
WRONG = {"code": "WRONGLY_ISSUED", "text": "Another consignment was meant"}
NOT_SHIPPED = {"code": "NOT_SHIPPED", "text": "The buyer took the order back"}


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate for Viet Nam that Viet Nam has registered."""
    return issue_for(offices, exporter, officer)


def issue_for(offices, exporter, officer, *, agreement="AKFTA", country="VN"):
    determination = determined(exporter, country=country, agreement=agreement)
    if determination["verdict"] == "needs_fact":
        path = f"/products/{determination['product_id']}/determinations"
        facts = {one["key"]: False for one in determination["answer"]["questions"]}
        wanted = {"agreement": agreement, "importing_party": country, "on": "2026-11-20"}
        determination = exporter.post(path, wanted | {"price": PRICE, "facts": facts})
    application = approved(exporter, officer, an_application(determination))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


def asked_for(exporter, certificate, kind, cause, **more):
    """Apply about a certificate, up to the submission."""
    asked = {"kind": kind, "cause": cause, **more}
    application = exporter.post(f"/certificates/{certificate['id']}/applications", asked)
    exporter.post(f"/applications/{application['id']}/submission")
    return application


def approve(officer, application, *, papers=False):
    path = f"/applications/{application['id']}"
    officer.post(f"{path}/review")
    if papers:
        seen = {"finding": "PASSED", "detail": "the amended export declaration was seen"}
        officer.post(f"{path}/checks/PAPERS", seen)
    officer.post(f"{path}/decision", {"decision": "APPROVED"})


def carried_out(officer, application, *, papers=False):
    approve(officer, application, papers=papers)
    return officer.post("/certificates", {"application_id": application["id"]})


def refused(officer, application, *, papers=False):
    approve(officer, application, papers=papers)
    return officer.try_post("/certificates", {"application_id": application["id"]})


def front_of(person, path):
    return text_of(person.try_get(f"{path}/document").content, 0)


def later(offices, *people, days=9):
    offices.world.clock.advance(days=days)
    return tuple(offices.log_in("KR-KCS", one.login) for one in people)


def with_marks(application, marks):
    """What was said before, with other marks on the packages."""
    content = dict(application["content"])
    content["lines"] = [one | {"marks": marks} for one in content["lines"]]
    for own in ("kind", "about_certificate", "cause"):
        content.pop(own, None)
    return content


def test_lost_certificate_is_copied_under_its_number_and_date(offices, exporter, officer, issued):
    exporter, officer = later(offices, exporter, officer)
    application = asked_for(exporter, issued, "REISSUE", LOST)
    led_to = carried_out(officer, application)
    path = f"/certificates/{issued['id']}"
    paper = front_of(exporter, f"{path}/copies/1")

    assert (led_to["id"], led_to["number"]) == (issued["id"], issued["number"])
    assert led_to["issued_on"] == issued["issued_on"] == "2026-11-21"
    assert "CERTIFIED TRUE COPY" in paper
    assert issued["number"] in paper
    assert "CERTIFIED TRUE COPY" not in front_of(exporter, path)
    assert exporter.get(f"/applications/{application['id']}")["state"] == "ISSUED"


def test_copies_are_counted_and_no_message_tells_of_them(offices, exporter, officer, issued):
    sent = len(offices.world.hearings["VN-CUSTOMS"].heard)
    for _ in range(2):
        carried_out(officer, asked_for(exporter, issued, "REISSUE", LOST))
    offices.run()
    copies = exporter.get(f"/certificates/{issued['id']}/copies")["items"]

    assert [(one["ordinal"], one["made_by"], one["reason_code"]) for one in copies] == [
        (1, "kim", "LOST"),
        (2, "kim", "LOST"),
    ]
    assert len(offices.world.hearings["VN-CUSTOMS"].heard) == sent
    assert officer.get(f"/certificates/{issued['id']}")["exchange"]["state"] == "REGISTERED"


def test_copy_for_india_waits_for_the_fourth_copy(offices, exporter, officer):
    issued = issue_for(offices, exporter, officer, agreement="KRIN", country="IN")
    application = asked_for(exporter, issued, "REISSUE", LOST)
    without = refused(officer, application)
    officer.post(
        f"/applications/{application['id']}/checks/PAPERS",
        {"finding": "PASSED", "detail": "the fourth copy was handed in"},
    )
    with_it = officer.post("/certificates", {"application_id": application["id"]})

    assert (without.status_code, without.json()["code"]) == (422, "RUL-CHECKS")
    assert "fourth copy" in without.json()["errors"][0]["detail"]
    assert with_it["number"] == issued["number"]


def test_correction_is_registered_abroad_in_the_place_of_the_first(
    offices, exporter, officer, issued
):
    first = officer.get(f"/applications/{issued['application_id']}")
    application = asked_for(
        exporter, issued, "CORRECTION", MISTYPED, content=with_marks(first, "SC-500 / C/NO. 51-100")
    )
    new = carried_out(officer, application, papers=True)
    offices.run()
    old = officer.get(f"/certificates/{issued['id']}")
    document = officer.get(f"/certificates/{new['id']}")["document"]
    (there,) = offices.world.nodes["VN-CUSTOMS"].gateway.find_received(new["number"])

    assert new["number"] != issued["number"]
    assert document["issuance_kind"] == "CORRECTION"
    assert document["items"][0]["marks"] == "SC-500 / C/NO. 51-100"
    assert (old["state"], old["replaced_by_id"]) == ("REPLACED", new["id"])
    assert there.state == "AVAILABLE"
    assert there.certificate.items[0].marks == "SC-500 / C/NO. 51-100"


def test_correction_waits_until_the_officer_saw_its_proof(exporter, officer, issued):
    application = asked_for(exporter, issued, "CORRECTION", MISTYPED)
    answer = refused(officer, application)

    assert answer.json()["code"] == "RUL-CHECKS"
    assert "what proves the reason" in answer.json()["errors"][0]["detail"]


def test_replacement_keeps_the_first_date_and_validity(offices, exporter, officer, issued):
    exporter, officer = later(offices, exporter, officer)
    new = carried_out(officer, asked_for(exporter, issued, "REPLACEMENT", WRONG))
    offices.run()
    document = officer.get(f"/certificates/{new['id']}")["document"]
    (there,) = offices.world.nodes["VN-CUSTOMS"].gateway.find_received(issued["number"])

    assert document["issuance_kind"] == "REPLACEMENT"
    assert (new["issued_on"], new["valid_until"]) == (issued["issued_on"], issued["valid_until"])
    assert document["issuance"]["certification_date"] == "2026-11-30"
    assert f"Replaces Certificate of Origin No. {issued['number']}" in front_of(
        exporter, f"/certificates/{new['id']}"
    )
    assert there.state == "SUPERSEDED"


def test_china_knows_corrections_and_no_replacements(offices_with_china):
    offices = offices_with_china
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    issued = issue_for(offices, exporter, officer, agreement="KCFTA", country="CN")
    application = asked_for(exporter, issued, "REPLACEMENT", WRONG)
    shown = exporter.get(f"/applications/{application['id']}/lint")
    answer = refused(officer, application)

    assert shown["may_be_issued"] is False
    assert (answer.status_code, answer.json()["code"]) == (422, "RUL-KIND")
    assert "no REPLACEMENT under KCFTA" in answer.json()["errors"][0]["detail"]


def test_chinese_copy_names_the_number_and_date_in_box_5(offices_with_china):
    offices = offices_with_china
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    issued = issue_for(offices, exporter, officer, agreement="KCFTA", country="CN")
    exporter, officer = later(offices, exporter, officer, days=30)
    carried_out(officer, asked_for(exporter, issued, "REISSUE", LOST), papers=True)
    paper = front_of(exporter, f"/certificates/{issued['id']}/copies/1")

    words = "CERTIFIED TRUE COPY of the original Certificate of Origin number"
    assert f"{words} {issued['number']} dated 21 Nov 2026" in paper


def test_cancellation_ends_when_the_partner_says_unused(offices, exporter, officer, issued):
    asked = carried_out(officer, asked_for(exporter, issued, "CANCELLATION", NOT_SHIPPED))
    offices.run()
    told = officer.get(f"/certificates/{issued['id']}")
    (there,) = offices.world.nodes["VN-CUSTOMS"].gateway.find_received(issued["number"])

    assert (asked["state"], asked["cancellation_asked_at"] is None) == ("ISSUED", False)
    assert (told["state"], told["exchange"]["state"]) == ("CANCELLED", "CANCELLED")
    assert there.state == "CANCELLED"


@pytest.mark.parametrize("kind", ["REISSUE", "CORRECTION", "REPLACEMENT", "CANCELLATION"])
def test_nothing_more_is_made_of_what_was_cancelled(offices, exporter, officer, issued, kind):
    officer.post(f"/certificates/{issued['id']}/cancellation", {"reason": "asked for by error"})
    offices.run()
    cause = {"REISSUE": LOST, "CORRECTION": MISTYPED, "REPLACEMENT": WRONG}.get(kind, NOT_SHIPPED)
    application = asked_for(exporter, issued, kind, cause)
    answer = refused(officer, application, papers=True)

    assert (answer.status_code, answer.json()["code"]) == (422, "RUL-KIND")
    assert "is CANCELLED" in answer.json()["errors"][0]["detail"]
    assert officer.get(f"/applications/{application['id']}")["state"] == "APPROVED"


def test_reason_has_to_stand_in_the_list_of_its_kind(exporter, issued):
    asked = {"kind": "REISSUE", "cause": NOT_SHIPPED}
    answer = exporter.try_post(f"/certificates/{issued['id']}/applications", asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "REF-CODE")
    assert answer.json()["errors"][0]["pointer"] == "/cause/code"


def test_application_keeps_its_kind_when_it_is_revised(exporter, issued):
    asked = {"kind": "REISSUE", "cause": LOST}
    application = exporter.post(f"/certificates/{issued['id']}/applications", asked)
    changed = application["content"] | {"kind": "NEW", "about_certificate": None, "cause": None}
    answer = exporter.try_post(f"/applications/{application['id']}/content", changed)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/kind")


def test_nobody_applies_about_the_certificate_of_another(offices, issued):
    rival = offices.company("rival", name="RIVAL LTD.", tax_id="120-81-00002")
    asked = {"kind": "REISSUE", "cause": LOST}

    answer = rival.try_post(f"/certificates/{issued['id']}/applications", asked)

    assert answer.status_code == 404


def test_correction_stays_under_its_agreement_and_destination(exporter, officer, issued):
    first = officer.get(f"/applications/{issued['application_id']}")
    content = with_marks(first, "N/M") | {"import_country": "TH"}
    path = f"/certificates/{issued['id']}/applications"
    asked = {"kind": "CORRECTION", "cause": MISTYPED, "content": content}
    application = exporter.post(path, asked)
    shown = exporter.get(f"/applications/{application['id']}/lint")

    assert "/import_country" in [one["pointer"] for one in shown["findings"]]
    assert shown["may_be_issued"] is False


def test_procedure_shows_each_kind_with_its_source(exporter):
    kinds = exporter.get("/procedure")["kinds"]
    replaced = next(one for one in kinds if one["kind"] == "REPLACEMENT")
    struck = [one for one in kinds if one["kind"] == "CORRECTION"]

    assert {"AKFTA", "KVFTA", "KICEPA", "RCEP"} <= set(replaced["agreements"])
    assert replaced["verified"] is True
    assert "10(12)" in replaced["source"]
    assert [one["authentication"] for one in struck] == ["SIGNATURE_AND_SEAL", "SEAL"]


def test_line_cites_a_determination_or_takes_from_a_first(exporter):
    content = an_application(determined(exporter))
    content["lines"][0]["determination_id"] = ""
    kept = exporter.post("/applications", content)
    answer = exporter.try_post(f"/applications/{kept['id']}/submission")

    assert (answer.status_code, answer.json()["code"]) == (422, "SCH-BODY")
    assert answer.json()["errors"][0]["pointer"] == "/lines/0/determination_id"
