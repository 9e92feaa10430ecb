"""Each kind of application over HTTP, from the exporter's draft to what the partner registers."""

import pytest

from tests.offices import an_application, approved, determined
from tests.papers import text_of

LOST = {"code": "LOST", "text": "The paper was lost in the post"}
MISTYPED = {"code": "TYPING_ERROR", "text": "The marks are mistyped"}
WRONG = {"code": "WRONGLY_ISSUED", "text": "Another consignment was meant"}
NOT_SHIPPED = {"code": "NOT_SHIPPED", "text": "The buyer took the order back"}


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate for Viet Nam that Viet Nam has registered."""
    return issue_for(offices, exporter, officer)


def issue_for(offices, exporter, officer, country="VN", **changes):
    determination = determined(
        exporter, country=country, agreement=changes.pop("agreement", "AKFTA")
    )
    application = approved(exporter, officer, an_application(determination, **changes))
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


def paper_of(person, path):
    return text_of(person.try_get(f"{path}/document").content, 0)


def test_lost_certificate_is_copied_under_its_number_and_date(offices, exporter, officer, issued):
    offices.world.clock.advance(days=9)
    exporter, officer = (offices.log_in("KR-KCS", one.login) for one in (exporter, officer))
    application = asked_for(exporter, issued, "REISSUE", LOST)
    led_to = carried_out(officer, application)
    path = f"/certificates/{issued['id']}"
    paper = paper_of(exporter, f"{path}/copies/1")

    assert (led_to["id"], led_to["number"]) == (issued["id"], issued["number"])
    assert led_to["issued_on"] == issued["issued_on"] == "2026-11-21"
    assert "CERTIFIED TRUE COPY" in paper
    assert issued["number"] in paper
    assert "CERTIFIED TRUE COPY" not in paper_of(exporter, path)
    assert exporter.get(f"/applications/{application['id']}")["state"] == "ISSUED"
