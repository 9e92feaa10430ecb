"""Lint before submission: as the partner judges, box by box, in the reader's language."""

from typing import Any

from sqlalchemy import text

from eodes.api import News
from ooms.access.model import Role
from tests.offices import an_application, approved, determined

NOTHING_REFUSED = "VN-CUSTOMS refused 0 of 0 certificates in 90 days"


def drafted(exporter, content):
    return f"/applications/{exporter.post('/applications', content)['id']}"


def found(report, code):
    return [one for one in report["findings"] if one["code"] == code]


def with_line(content, **changes):
    return content | {"lines": [content["lines"][0] | changes]}


def test_clean_draft_may_be_issued_and_hears_no_refusals(exporter):
    path = drafted(exporter, an_application(determined(exporter)))

    report = exporter.get(f"{path}/lint")

    assert (report["may_be_issued"], report["partner"]) == (True, "VN-CUSTOMS")
    assert report["findings"] == []
    assert report["partner_record"]["text"] == NOTHING_REFUSED


def test_draft_tells_box_and_line_with_what_to_do(exporter):
    content = an_application(determined(exporter))
    line: dict[str, Any] = {k: v for k, v in content["lines"][0].items() if k != "packages"}
    path = drafted(exporter, content | {"lines": [line]})

    (finding,) = found(exporter.get(f"{path}/lint"), "RUL-C13-BOX")

    assert (finding["box"], finding["line_no"], finding["at_partner"]) == ("7", 1, "REFUSED")
    assert finding["text"].startswith("box 7 (")
    assert finding["text"].endswith("A box that the form makes mandatory is empty.")
    assert finding["remedy"] == "Fill the box that is named."


def test_reader_is_told_in_the_language_he_asks_for(exporter):
    content = an_application(determined(exporter))
    line: dict[str, Any] = {k: v for k, v in content["lines"][0].items() if k != "packages"}
    path = drafted(exporter, content | {"lines": [line]})
    preferring = {"Accept-Language": "fr;q=0.9, en;q=0.1"} | exporter.headers
    told = exporter.client.get(f"/api/v1{path}/lint", headers=preferring).json()

    korean = exporter.get(f"{path}/lint?language=ko")

    assert "반드시 채우도록" in korean["findings"][0]["text"]
    assert found(told, "RUL-C13-BOX")[0]["remedy"] == "Remplissez la case nommée."


def test_character_that_cannot_be_printed_is_found_before_issue(offices, exporter, officer):
    content = with_line(an_application(determined(exporter, country="SG")), description="漢字 SC")
    path = drafted(exporter, content)
    (finding,) = found(exporter.get(f"{path}/lint"), "RUL-CHARSET")
    application = approved(exporter, officer, content)

    refused = officer.try_post("/certificates", {"application_id": application["id"]})

    assert "漢字" in finding["detail"]
    assert (finding["box"], finding["line_no"]) == ("7", 1)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["box"] == "7"


def test_text_too_long_is_found_beside_an_empty_box(exporter):
    content = an_application(determined(exporter))
    line: dict[str, Any] = {k: v for k, v in content["lines"][0].items() if k != "packages"}
    path = drafted(exporter, content | {"lines": [line | {"hs": "850440901122"}]})

    codes = {one["code"] for one in exporter.get(f"{path}/lint")["findings"]}

    assert {"RUL-C13-BOX", "RUL-HS-DIGITS"} <= codes


def test_senseless_statements_are_queried_but_do_not_refuse(exporter):
    content = an_application(determined(exporter))
    operator = {"name": "Seoul Trading", "country": "KR", "address": "1 Road, Seoul"}
    invoice = content["invoices"][0] | {"dated": "2026-12-24", "total": "10.00"}
    weights = [
        {"kind": "GROSS_WEIGHT", "value": "1", "unit": "TNE"},
        {"kind": "NET_WEIGHT", "value": "1250.5", "unit": "KGM"},
    ]
    sent = with_line(content, quantities=weights, fob={"amount": "48250.00", "currency": "USD"}) | {
        "invoices": [invoice | {"operator": operator}]
    }
    path = drafted(exporter, sent)

    report = exporter.get(f"{path}/lint")

    warned = {one["code"] for one in report["findings"] if one["severity"] == "WARN"}
    assert {
        "RUL-DATE-AHEAD",
        "RUL-INVOICE-TOTAL",
        "RUL-NET-WEIGHT",
        "RUL-OPERATOR-COUNTRY",
    } <= warned


def test_price_below_the_least_is_told_at_the_draft(exporter):
    line = {"name": "module", "hs": "850490", "originating": False, "value": "55"}
    determination = determined(exporter, bill={"materials": [line], "processes": ["assembly"]})
    least = determination["answer"]["value"]["minimum_price"]
    content = with_line(
        an_application(determination), fob={"amount": "30000.00", "currency": "USD"}
    )
    path = drafted(exporter, content)

    (finding,) = found(exporter.get(f"{path}/lint"), "RUL-LEAST-PRICE")

    assert f"from {least}" in finding["detail"]
    assert "60.00 USD a piece" in finding["detail"]


def test_line_without_its_determination_is_refused_at_the_draft(exporter):
    content = with_line(an_application(determined(exporter)), hs="850450")
    path = drafted(exporter, content)

    report = exporter.get(f"{path}/lint")

    assert report["may_be_issued"] is False
    assert found(report, "RUL-DETERMINATION")[0]["line_no"] == 1


def test_stale_determination_is_told_at_the_draft(exporter):
    determination = determined(exporter)
    path = drafted(exporter, an_application(determination))
    bill = {"materials": [], "processes": ["assembly"]}
    exporter.post(f"/products/{determination['product_id']}/bills", bill)

    assert len(found(exporter.get(f"{path}/lint"), "RUL-STALE")) == 1


def test_broker_lints_the_drafts_of_who_delegated(offices, exporter):
    path = drafted(exporter, an_application(determined(exporter)))
    broker = offices.person("KR-KCS", "broker", Role.BROKER)
    company = exporter.get("/exporters")["items"][0]["id"]
    headers = broker.headers | {"Acting-For": company}
    before = broker.client.get(f"/api/v1{path}/lint", headers=headers)
    exporter.post(
        f"/exporters/{company}/delegations",
        {
            "broker": "broker",
            "scopes": ["CERTIFICATES"],
            "valid_from": "2026-11-01",
            "valid_until": "2027-11-01",
        },
    )

    after = broker.client.get(f"/api/v1{path}/lint", headers=headers)

    assert before.status_code == 403
    assert after.status_code == 200, after.text


def heard(offices, certificate, *, message, facts):
    """Let the office hear a piece of news about a certificate."""
    office = offices.offices["KR-KCS"]
    row = office.works.read(
        lambda work: work.transaction.execute(
            text("SELECT number_key FROM ooms_certificate WHERE id = :id"),
            {"id": certificate["id"]},
        ).scalar_one()
    )
    named = {"issuing_country": "KR", "agreement": certificate["agreement"], "number_key": row}
    office.inbound.hear(
        [
            News(
                id=message,
                kind="certificate.used",
                partner="VN-CUSTOMS",
                message_id=f"denial-{message}",
                facts=named | facts,
                created_at=offices.world.clock.now(),
            )
        ]
    )


def test_denials_abroad_are_counted_against_certificates_sent(offices, exporter, officer):
    content = an_application(determined(exporter))
    issued = [
        officer.post(
            "/certificates", {"application_id": approved(exporter, officer, content)["id"]}
        )
        for _ in range(3)
    ]
    denied = {"decisions": [{"item_no": 1, "outcome": "DENIED", "reason_code": "REF_INVOICE"}]}
    granted = {"decisions": [{"item_no": 1, "outcome": "GRANTED"}]}
    heard(offices, issued[0], message=901, facts=denied)
    heard(offices, issued[0], message=902, facts=denied)
    heard(offices, issued[1], message=903, facts=granted)
    path = drafted(exporter, content)

    record = exporter.get(f"{path}/lint")["partner_record"]

    assert record["text"] == "VN-CUSTOMS refused 1 of 3 certificates in 90 days"
    assert [(one["code"], one["refused"]) for one in record["most"]] == [("REF-INVOICE", 1)]


def test_refusals_older_than_ninety_days_are_forgotten(offices, exporter, officer):
    content = an_application(determined(exporter))
    issued = officer.post(
        "/certificates", {"application_id": approved(exporter, officer, content)["id"]}
    )
    denied = {"decisions": [{"item_no": 1, "outcome": "DENIED", "reason_code": "REF_INVOICE"}]}
    heard(offices, issued, message=904, facts=denied)
    offices.world.clock.advance(days=91)
    exporter = offices.log_in("KR-KCS", exporter.login)
    path = drafted(exporter, content)

    record = exporter.get(f"{path}/lint")["partner_record"]

    assert (record["sent"], record["refused"], record["most"]) == (0, 0, [])


def test_partners_own_refusal_is_told_with_its_box(offices, exporter, officer):
    content = an_application(determined(exporter))
    line: dict[str, Any] = {k: v for k, v in content["lines"][0].items() if k != "packages"}
    issued = officer.post(
        "/certificates", {"application_id": approved(exporter, officer, content)["id"]}
    )
    refused = {
        "state": "REJECTED_BUSINESS",
        "code": "RUL-C13-BOX",
        "refusals": [{"code": "RUL-C13-BOX", "box": "7"}],
    }
    heard(offices, issued, message=905, facts=refused)
    path = drafted(exporter, content | {"lines": [line]})

    (finding,) = found(exporter.get(f"{path}/lint"), "RUL-C13-BOX")

    assert finding["refused"] == 1
    assert finding["refused_text"].startswith("VN-CUSTOMS refused 1 of 1 certificates")


def test_another_company_lints_nothing(offices, exporter):
    path = drafted(exporter, an_application(determined(exporter)))
    other = offices.company("other", tax_id="220-81-62517", name="OTHER CO., LTD.")

    assert other.try_get(f"{path}/lint").status_code == 404
