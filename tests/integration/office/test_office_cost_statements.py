"""Producers' cost statements: filed straight with the office, cited unseen, taken back."""

from typing import Any

import pytest

from ooms.access.model import Role
from ooms.jobs import sweep_determinations
from tests.integration.office.test_office_secrets import cost_statement, maker_for
from tests.offices import COMPANY, Person, an_application, approved

CITED = {"agreement": "AKFTA", "importing_party": "VN"}


@pytest.fixture
def maker(offices, exporter) -> Person:
    """Somebody who files for a company that makes what the exporter sells."""
    return maker_for(offices)[0]


def filed(maker: Person, **changes: Any) -> Any:
    return maker.post("/cost-statements", cost_statement(str(COMPANY["tax_id"]), **changes))


def test_exporter_sees_only_what_he_needs_to_cite(maker, exporter):
    statement = filed(maker)

    (seen,) = exporter.get("/cost-statements")["items"]

    assert seen["reference"] == statement["reference"]
    assert (seen["verdict"], seen["agreement"]) == ("originating", "AKFTA")
    assert (seen["filed"], seen["withheld"]["fields"]) == (None, ["filed"])
    assert seen["product"]["hs"] == "850440"
    assert statement["filed"]["determination"]["case"]["price"]["amount"] == "19431.26"
    assert exporter.try_get(f"/determinations/{seen['reference']}").status_code == 404


def test_line_cites_a_statement_and_its_certificate_is_issued(maker, exporter, officer):
    reference = filed(maker)["reference"]
    before = officer.get(f"/cost-statements/{reference}")

    application = approved(exporter, officer, an_application(CITED | {"id": reference}))
    issued = officer.try_post("/certificates", {"application_id": application["id"]})
    after = officer.get(f"/cost-statements/{reference}")

    assert issued.status_code == 201, issued.text
    assert before["filed"] is None
    case = after["filed"]["determination"]["case"]
    assert case["materials"][0]["value"] == "7391.57"


def test_withdrawn_statement_carries_no_application_any_more(maker, exporter, officer):
    reference = filed(maker)["reference"]
    application = approved(exporter, officer, an_application(CITED | {"id": reference}))
    path = f"/cost-statements/{reference}/withdrawal"

    gone = maker.post(path, {"reason": "the alloy was of another origin"})
    refused = officer.try_post("/certificates", {"application_id": application["id"]})
    (ground,) = exporter.get(f"/applications/{application['id']}/grounds")["items"]

    assert (gone["state"], gone["stale"]) == ("WITHDRAWN", ["WITHDRAWN"])
    assert maker.try_post(path, {"reason": "again"}).status_code == 409
    assert refused.json()["code"] == "RUL-CHECKS"
    assert "took his cost statement back" in refused.json()["errors"][0]["detail"]
    assert (ground["state"], ground["stale"]) == ("STALE", ["WITHDRAWN"])
    assert "another origin" not in str(exporter.get(f"/cost-statements/{reference}"))


def test_withdrawal_is_recorded_in_the_applications_that_cite(maker, exporter, offices):
    reference = filed(maker)["reference"]
    draft = exporter.post("/applications", an_application(CITED | {"id": reference}))
    maker.post(f"/cost-statements/{reference}/withdrawal", {"reason": "wrong"})
    auditor = offices.person("KR-KCS", "audit", Role.AUDITOR)

    told = auditor.get("/audit?what=application.ground_withdrawn")["items"]

    assert [one["subject"] for one in told] == [f"application/{draft['id']}"]
    assert told[0]["facts"] == {"reference": reference}


def test_statement_past_its_period_is_found_by_the_sweep(maker, offices):
    reference = filed(maker, valid_until="2026-11-25")["reference"]
    office = offices.offices["KR-KCS"]
    fresh = sweep_determinations(office)
    offices.world.clock.advance(days=5)

    found = sweep_determinations(office)
    seen = offices.log_in("KR-KCS", "maker").get(f"/cost-statements/{reference}")

    assert (fresh, found) == (0, 1)
    assert (seen["state"], seen["stale"]) == ("ENDED", ["PERIOD"])


def test_withdrawn_statement_stays_withdrawn_after_a_sweep(maker, offices):
    reference = filed(maker)["reference"]
    maker.post(f"/cost-statements/{reference}/withdrawal", {"reason": "wrong"})

    assert sweep_determinations(offices.offices["KR-KCS"]) == 0
    assert maker.get(f"/cost-statements/{reference}")["stale"] == ["WITHDRAWN"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"exporter": {"country": "KR", "tax_id": "999-99-99999"}}, "/exporter/tax_id"),
        ({"exporter": {"country": "KR", "tax_id": "120-81-00003"}}, "/exporter/tax_id"),
        ({"exporter": {"country": "VN", "tax_id": "120-81-00001"}}, "/exporter/country"),
        ({"valid_until": "2026-11-20"}, "/valid_until"),
    ],
    ids=["unknown", "himself", "abroad", "ended"],
)
def test_unfit_statement_is_refused_and_nothing_of_it_kept(maker, changes, pointer):
    refused = maker.try_post("/cost-statements", cost_statement("x") | changes)

    if "exporter" not in changes:
        refused = maker.try_post(
            "/cost-statements", cost_statement(str(COMPANY["tax_id"]), **changes)
        )
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert maker.get("/cost-statements")["items"] == []


def test_no_third_company_sees_or_cites_a_statement(maker, offices):
    reference = filed(maker)["reference"]
    rival = offices.company("rival", name="RIVAL CO.", tax_id="120-81-00002")

    cited = rival.try_post("/applications", an_application(CITED | {"id": reference}))

    assert rival.get("/cost-statements")["items"] == []
    assert rival.try_get(f"/cost-statements/{reference}").status_code == 404
    assert cited.status_code == 422
    assert cited.json()["errors"][0]["pointer"] == "/lines/0/determination_id"


def test_exporter_may_not_withdraw_what_he_only_cites(maker, exporter):
    reference = filed(maker)["reference"]

    refused = exporter.try_post(f"/cost-statements/{reference}/withdrawal", {"reason": "mine"})

    assert (refused.status_code, refused.json()["code"]) == (403, "AUT-ROLE")
