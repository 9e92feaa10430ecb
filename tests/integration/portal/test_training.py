"""An office for practice says on everything it shows and prints that it has no legal effect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ooms.access.model import Role
from ooms.bootstrap import build_office
from ooms.settings import OfficeSettings
from ooms.training.world import TrainingWorldError
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.offices import KOREAN, Offices, an_application, approved, determined
from tests.papers import text_of

PRACTICE = KOREAN["office"] | {"training": True}
MARK = "TRAINING: no legal effect"


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS", office=PRACTICE)


@pytest.fixture(params=[SQLITE])
def real_offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS")


def issued(offices: Offices):
    exporter = offices.company()
    officer = offices.person("KR-KCS", "kim", Role.OFFICER)
    application = approved(exporter, officer, an_application(determined(exporter)))
    return exporter, officer.post("/certificates", {"application_id": application["id"]})


def looked_up(offices: Offices, certificate):
    asked = {"number": certificate["number"], "code": certificate["access_code"]}
    return offices.clients["KR-KCS"].get("/api/v1/public/certificates", params=asked).json()


@pytest.mark.parametrize("path", ["/", "/sign-in", "/verify", "/public/rules", "/nowhere"])
def test_every_page_of_a_training_office_says_so(offices, path):
    assert f"{MARK}." in offices.clients["KR-KCS"].get(path).text


def test_pages_of_a_real_office_say_nothing_of_training(real_offices):
    page = real_offices.clients["KR-KCS"].get("/")

    assert "TRAINING" not in page.text
    assert "Office-Training" not in page.headers


def test_programs_are_told_in_every_answer(offices):
    answers = [offices.clients["KR-KCS"].get(path) for path in ("/readyz", "/api/v1/account")]

    assert [one.headers["Office-Training"] for one in answers] == [MARK] * 2


def test_certificate_of_a_training_office_is_marked_on_each_page(offices):
    exporter, certificate = issued(offices)

    document = exporter.try_get(f"/certificates/{certificate['id']}/document").content

    assert text_of(document, 0).count(MARK) == 2
    assert text_of(document, 1).count(MARK) == 2
    assert looked_up(offices, certificate)["training"] is True


def test_certificate_of_a_real_office_bears_no_mark(real_offices):
    exporter, certificate = issued(real_offices)

    document = exporter.try_get(f"/certificates/{certificate['id']}/document").content

    assert "TRAINING" not in text_of(document)
    assert looked_up(real_offices, certificate)["training"] is False


def test_public_page_warns_whoever_checks_a_practice_certificate(offices):
    _, certificate = issued(offices)
    asked = {"number": certificate["number"], "code": certificate["access_code"]}

    page = offices.clients["KR-KCS"].get("/verify", params=asked).text

    assert "what it issued has no legal effect" in page


def test_training_office_does_not_open_beside_a_real_node(real_offices):
    settings = OfficeSettings.model_validate({"office": PRACTICE})

    with pytest.raises(TrainingWorldError) as refused:
        build_office(real_offices.world.nodes["KR-KCS"], settings)

    assert "test node" in str(refused.value)


def test_training_office_does_not_open_with_a_real_partner(offices, request, tmp_path):
    node = offices.world.nodes["KR-KCS"]
    with node.store.begin() as unit:
        unit.trust_register.put_partner(
            authority="VN-CUSTOMS",
            profile="vn-customs",
            endpoint="https://hai-phong.example/partner/v1/messages",
            card=b"",
            pins=(),
            now=node.clock.now(),
        )

    with pytest.raises(TrainingWorldError) as refused:
        build_office(node, OfficeSettings.model_validate({"office": PRACTICE}))

    assert "VN-CUSTOMS" in str(refused.value)
