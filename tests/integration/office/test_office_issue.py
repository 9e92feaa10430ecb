"""Issuing: one number each, no gap, no double; nothing when the partner cannot take it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.access.repository import AccessRows
from tests.offices import an_application, approved, determined

AT_ONCE = 20


def rows_in(offices, table):
    office = offices.offices["KR-KCS"]
    return office.works.read(
        lambda work: work.transaction.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    )


def user_of(office, login):
    def find(work):
        known = AccessRows(work.transaction).credentials(login)
        assert known is not None
        return known[0]

    return office.works.read(find)


def test_parallel_issues_take_consecutive_numbers(offices, exporter, officer):
    determination = determined(exporter)
    approved_ones = [
        approved(exporter, officer, an_application(determination)) for _ in range(AT_ONCE)
    ]
    office = offices.offices["KR-KCS"]
    kim = user_of(office, "kim")

    def issue(application):
        issued = office.works.do(
            lambda work: office.certificates.issue(work, application["id"], by=kim)
        )
        return issued.number

    with ThreadPoolExecutor(AT_ONCE) as pool:
        numbers = sorted(pool.map(issue, approved_ones))

    assert numbers == [f"K001-26-{serial:07d}" for serial in range(1, AT_ONCE + 1)]


def test_one_application_is_issued_once_however_often_asked(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: officer.try_post("/certificates", {"application_id": application["id"]}),
                range(8),
            )
        )

    assert sorted(one.status_code for one in answers) == [201] + [409] * 7
    assert rows_in(offices, "ooms_certificate") == 1


def test_unsendable_certificate_leaves_no_number_and_no_row(offices, exporter, officer):
    determination = determined(exporter)
    content = an_application(determination)
    # The form has no item without packages that is not in bulk: the partner would refuse it.
    line = {name: value for name, value in content["lines"][0].items() if name != "packages"}
    application = approved(exporter, officer, content | {"lines": [line]})
    findings = officer.get(f"/applications/{application['id']}/lint")
    refused = officer.try_post("/certificates", {"application_id": application["id"]})
    good = approved(exporter, officer, content)
    issued = officer.post("/certificates", {"application_id": good["id"]})

    assert findings["may_be_issued"] is False
    assert "7" in {one["box"] for one in findings["findings"]}
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "RUL-NOT-SENDABLE"
    assert {one["box"] for one in refused.json()["errors"]} == {"7"}
    assert officer.get(f"/applications/{application['id']}")["state"] == "APPROVED"
    assert issued["number"] == "K001-26-0000001", "the refused issue used no number"
    assert rows_in(offices, "ooms_certificate") == rows_in(offices, "eodes_outgoing") == 1


def test_late_issue_is_marked_retroactive_by_the_forms_clock(offices, exporter, officer):
    content = an_application(determined(exporter), shipped_on="2026-10-20")
    content["transport"]["departure_date"] = "2026-10-20"
    late = content | {"retroactive_reason": "Application delayed by an involuntary error"}
    application = approved(exporter, officer, late)
    issued = officer.post("/certificates", {"application_id": application["id"]})
    document = officer.get(f"/certificates/{issued['id']}")["document"]

    assert document["retroactive"] is True
    assert [one["code"] for one in document["remarks"]] == ["ISSUED_RETROACTIVELY"]
    assert document["remarks"][0]["text"] == "ISSUED RETROACTIVELY"


def test_replacement_for_asean_keeps_the_first_date(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    old = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    offices.world.clock.advance(days=9)
    officer = offices.log_in("KR-KCS", officer.login)
    new = officer.post(f"/certificates/{old['id']}/corrections", {"reason": "wrong marks"})
    document = officer.get(f"/certificates/{new['id']}")["document"]

    assert new["issued_on"] == old["issued_on"]
    assert new["valid_until"] == old["valid_until"]
    assert document["issuance_kind"] == "REPLACEMENT"
    assert document["references"][0]["number_raw"] == old["number"]
    assert document["issuance"]["certification_date"] == "2026-11-30"


def test_certificate_is_replaced_by_one_only(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    old = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    officer.post(f"/certificates/{old['id']}/corrections", {"reason": "wrong marks"})
    second = officer.try_post(f"/certificates/{old['id']}/corrections", {"reason": "again"})
    cancelled = officer.try_post(f"/certificates/{old['id']}/cancellation", {"reason": "both"})

    assert second.status_code == 409
    assert cancelled.status_code == 409


def test_goods_for_no_partner_go_on_paper(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter, country="SG")))
    issued = officer.post("/certificates", {"application_id": application["id"]})

    assert issued["exchange"]["state"] == "NOT_EXCHANGEABLE"
    assert issued["exchange"]["partner"] is None


def test_two_officers_never_decide_the_same_application(offices, exporter, officer):
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    second = offices.person("KR-KCS", "lee", Role.OFFICER)

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda one: one.try_post(f"{path}/review"), (officer, second)))
    winner, loser = (officer, second) if taken[0].status_code == 200 else (second, officer)
    by_loser = loser.try_post(f"{path}/decision", {"decision": "APPROVED"})
    by_winner = winner.try_post(f"{path}/decision", {"decision": "APPROVED"})

    assert sorted(one.status_code for one in taken) == [200, 409]
    assert by_loser.status_code == 403
    assert by_winner.status_code == 200


def test_application_cites_only_what_confers_origin(offices, exporter):
    foreign = [{"name": "module", "hs": "850490", "value": "65", "originating": False}]
    determination = determined(exporter, bill={"materials": foreign, "processes": []})
    application = exporter.post("/applications", an_application(determination))
    refused = exporter.try_post(f"/applications/{application['id']}/submission")

    assert determination["verdict"] == "non_originating"
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/lines/0/determination_id"


def test_bill_is_frozen_once_a_determination_rests_on_it(offices, exporter):
    determination = determined(exporter)
    path = f"/products/{determination['product_id']}"
    changed = exporter.post(f"{path}/bills", {"materials": [], "processes": []})
    changed_again = exporter.post(f"{path}/bills", {"materials": [], "processes": ["assembly"]})

    assert changed["bill"]["version"] == 2
    assert changed_again["bill"] == {
        "version": 2,
        "state": "DRAFT",
        "frozen_at": None,
        "materials": [],
        "processes": ["assembly"],
        "plant": "",
        "valid_from": None,
        "valid_until": None,
    }
    assert exporter.get(f"/determinations/{determination['id']}")["bill_version"] == 1


def test_news_heard_twice_changes_nothing_the_second_time(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    once = officer.get(f"/certificates/{issued['id']}")
    heard = offices.world.hearings["KR-KCS"].heard
    offices.offices["KR-KCS"].inbound.hear([*heard, *heard])

    assert officer.get(f"/certificates/{issued['id']}") == once


@pytest.mark.parametrize("missing", ["buyer", "lines", "invoices"])
def test_application_without_its_parts_is_refused_with_pointers(offices, exporter, missing):
    content = an_application(determined(exporter))
    del content[missing]
    kept = exporter.post("/applications", content)
    refused = exporter.try_post(f"/applications/{kept['id']}/submission")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == f"/{missing}"
    assert len(refused.json()["trace_id"]) == 32
