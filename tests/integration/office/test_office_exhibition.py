"""Goods for an exhibition: stated, ticked, printed with its address, and sent to the partner."""

import pytest

from tests.offices import an_application, approved, determined
from tests.papers import text_of

FAIR = {
    "name": "VIETNAM POWER EXPO",
    "country": "VN",
    "address": "799 Nguyen Van Linh, Ho Chi Minh City",
}


@pytest.fixture
def determination(exporter):
    return determined(exporter)


def test_exhibition_stands_on_the_certificate_its_paper_and_abroad(
    offices, exporter, officer, determination
):
    stated = an_application(determination, exhibition=FAIR)
    application = approved(exporter, officer, stated)
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    shown = officer.get(f"/certificates/{issued['id']}")
    parties = {one["role"]: one for one in shown["document"]["parties"]}
    paper = text_of(exporter.try_get(f"/certificates/{issued['id']}/document").content, 0)

    assert application["content"]["exhibition"] == FAIR
    assert (parties["EXHIBITION"]["name"], parties["EXHIBITION"]["address"]) == (
        FAIR["name"],
        FAIR["address"],
    )
    assert [one["code"] for one in shown["document"]["remarks"]] == ["EXHIBITION"]
    assert FAIR["name"] in paper
    assert "Nguyen Van Linh" in paper
    assert shown["exchange"]["state"] == "REGISTERED"


def test_form_without_place_for_an_exhibition_refuses_it(exporter, officer):
    determination = determined(exporter, agreement="KVFTA")
    stated = an_application(determination, exhibition=FAIR)
    application = exporter.post("/applications", stated)
    found = exporter.get(f"/applications/{application['id']}/lint")["findings"]
    refused = [one["detail"] for one in found if one["severity"] == "REFUSE"]

    assert [one for one in refused if "no place for an exhibition; leave it out" in one], found
