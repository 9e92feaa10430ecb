"""Notices of error: in time or late, what they reach, what is drafted, who is told."""

from ooms.access.model import Role
from tests.integration.office.test_office_suppliers import CASE, asked, product_citing, stated
from tests.offices import an_application, approved, determined

BILL = {"materials": [], "processes": ["assembly"]}


def issued(exporter, officer, determination):
    application = approved(exporter, officer, an_application(determination))
    return officer.post("/certificates", {"application_id": application["id"]})


def stating(certificate, **changes):
    stated = {
        "certificate_id": certificate["id"],
        "errors": [{"box": "7", "line_no": 1, "says": "SC-500", "right": "SC-510"}],
        "learned_on": "2026-11-21",
        "cause": "CLERICAL",
        "explanation": "The model was mistyped",
    }
    return stated | changes


def filed(exporter, certificate, **changes):
    notice = exporter.post("/error-notices", stating(certificate, **changes))
    return exporter.post(f"/error-notices/{notice['id']}/filing")


def test_clerical_error_reaches_its_own_certificate_alone(exporter, officer):
    determination = determined(exporter)
    wrong, other = (issued(exporter, officer, determination) for _ in range(2))

    notice = filed(exporter, wrong)

    assert [one["number"] for one in notice["hits"]] == [wrong["number"]]
    assert other["number"] not in str(notice["hits"])
    assert (notice["state"], notice["is_in_time"]) == ("FILED", True)
    assert notice["clock"]["due_on"] == "2026-12-21"
    assert notice["clock"]["verified"] is True


def test_wrong_bill_reaches_every_certificate_and_draft_on_it(exporter, officer):
    first = determined(exporter)
    again = exporter.post(
        f"/products/{first['product_id']}/determinations",
        {
            "agreement": "AKFTA",
            "importing_party": "VN",
            "on": "2026-11-20",
            "price": first["case"]["price"],
        },
    )
    certificates = [issued(exporter, officer, one) for one in (first, again)]
    draft = exporter.post("/applications", an_application(again))
    unlike = issued(exporter, officer, determined(exporter, model="SC-900"))

    notice = filed(exporter, certificates[0], cause="BILL")

    links = {one["number"]: one["links"] for one in notice["hits"]}
    assert links == {certificates[0]["number"]: [], certificates[1]["number"]: ["BILL"]}
    assert unlike["number"] not in links
    assert notice["open_applications"] == [draft["id"]]


def test_each_certificate_gets_the_draft_that_mends_it(exporter, officer):
    notice = filed(exporter, issued(exporter, officer, determined(exporter)))
    (hit,) = notice["hits"]

    drafted = exporter.get(f"/applications/{hit['application_id']}")

    assert (drafted["state"], drafted["content"]["kind"]) == ("DRAFT", "REPLACEMENT")
    assert drafted["content"]["about_certificate"] == hit["certificate_id"]


def test_notice_after_thirty_days_is_taken_and_told_late(offices, exporter, officer):
    certificate = issued(exporter, officer, determined(exporter))
    offices.world.clock.advance(days=31)
    exporter = offices.log_in("KR-KCS", exporter.login)

    notice = filed(exporter, certificate)

    assert (notice["state"], notice["is_in_time"]) == ("FILED", False)


def test_error_learned_before_the_issue_is_refused(exporter, officer):
    certificate = issued(exporter, officer, determined(exporter))

    refused = exporter.try_post("/error-notices", stating(certificate, learned_on="2026-11-01"))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/learned_on"


def test_letters_go_to_customs_buyer_and_partner(exporter, officer):
    notice = filed(exporter, issued(exporter, officer, determined(exporter)))
    path = f"/error-notices/{notice['id']}/letters"
    letters = exporter.get(path)["items"]

    printed = exporter.try_get(f"{path}/buyer-1/pdf")

    assert [one["key"] for one in letters] == ["customs", "buyer-1", "partner-vn"]
    assert ["Box 7, line 1 says", "SC-500"] in letters[0]["facts"]
    assert letters[1]["to"] == "ORIENT POWER TRADING, VN"
    assert printed.content.startswith(b"%PDF-")


def test_correction_is_passed_on_by_letter(exporter, officer):
    notice = filed(exporter, issued(exporter, officer, determined(exporter)))
    path = f"/error-notices/{notice['id']}"
    early = officer.try_post(f"{path}/passing-on")
    officer.post(f"{path}/acknowledgement")

    told = officer.post(f"{path}/passing-on")
    closed = officer.post(f"{path}/closing", {"words": "replaced"})

    assert early.status_code == 409
    assert [one["way"] for one in told["hits"]] == ["LETTER"]
    assert closed["state"] == "CLOSED"


def test_void_certificate_is_annulled_at_the_partner(offices, exporter, officer, importer):
    certificate = issued(exporter, officer, determined(exporter))
    offices.run()
    notice = filed(exporter, certificate, cause="DETERMINATION", remedy="CANCELLATION")
    path = f"/error-notices/{notice['id']}"
    officer.post(f"{path}/acknowledgement")

    told = officer.post(f"{path}/passing-on")
    offices.run()
    after = officer.get(f"/certificates/{certificate['id']}")

    assert [one["way"] for one in told["hits"]] == ["MESSAGE"]
    assert after["exchange"]["state"] == "ANNULLED"
    assert after["state"] == "CANCELLED"


def test_draft_is_its_exporters_own_and_may_be_withdrawn(offices, exporter, officer):
    certificate = issued(exporter, officer, determined(exporter))
    draft = exporter.post("/error-notices", stating(certificate))
    path = f"/error-notices/{draft['id']}"
    other = offices.company("other", tax_id="220-81-62517", name="OTHER CO., LTD.")

    assert officer.try_get(path).status_code == 404
    assert other.try_get(path).status_code == 404
    assert exporter.get(f"{path}/impact")["items"][0]["number"] == certificate["number"]
    assert exporter.post(f"{path}/withdrawal")["state"] == "WITHDRAWN"
    assert exporter.try_post(f"{path}/filing").status_code == 409


def test_impact_of_a_determination_lists_certificates_and_applications(exporter, officer):
    determination = determined(exporter)
    certificate = issued(exporter, officer, determination)
    draft = exporter.post("/applications", an_application(determination))

    reached = exporter.get(f"/determinations/{determination['id']}/impact")

    assert [one["id"] for one in reached["certificates"]] == [certificate["id"]]
    assert [one["id"] for one in reached["applications"]] == [draft["id"]]
    assert reached["certificates"][0]["links"] == ["DETERMINATION", "BILL"]


def test_application_warns_of_a_stale_ground(exporter):
    determination = determined(exporter)
    draft = exporter.post("/applications", an_application(determination))
    path = f"/applications/{draft['id']}"
    before = exporter.get(path)["warnings"]
    exporter.post(f"/products/{determination['product_id']}/bills", BILL)

    (warning,) = exporter.get(path)["warnings"]

    assert before == []
    assert (warning["code"], warning["stale"]) == ("RUL-STALE", ["BILL"])


def test_application_warns_before_a_proof_ends(exporter):
    declaration, token = asked(exporter)
    stated(exporter, token, valid_until="2027-01-15")
    product = product_citing(exporter, declaration)
    determination = exporter.post(f"/products/{product}/determinations", CASE)
    draft = exporter.post("/applications", an_application(determination))

    (warning,) = exporter.get(f"/applications/{draft['id']}")["warnings"]

    assert (warning["code"], warning["until"]) == ("RUL-GOING-STALE", "2027-01-15")


def test_revoked_declaration_lists_and_counts_what_rests_on_it(offices, exporter, officer):
    declaration, token = asked(exporter)
    stated(exporter, token)
    product = product_citing(exporter, declaration)
    determination = exporter.post(f"/products/{product}/determinations", CASE)
    certificate = issued(exporter, officer, determination)
    draft = exporter.post("/applications", an_application(determination))
    exporter.post(f"/supplier-declarations/{declaration}/revocation", {"reason": "wrong"})
    auditor = offices.person("KR-KCS", "auditor", Role.AUDITOR)

    reached = exporter.get(f"/supplier-declarations/{declaration}/impact")
    entries = auditor.get("/audit?limit=200")["items"]

    assert [one["number"] for one in reached["certificates"]] == [certificate["number"]]
    assert [one["id"] for one in reached["applications"]] == [draft["id"]]
    (run,) = [one for one in entries if one["what"] == "declaration.impact"]
    assert (run["facts"]["certificates"], run["facts"]["applications"]) == ("1", "1")


def test_error_of_a_declaration_spreads_by_it(exporter, officer):
    declaration, token = asked(exporter)
    stated(exporter, token)
    certificates = []
    for value in ("35", "34"):
        product = product_citing(exporter, declaration, value=value)
        determination = exporter.post(f"/products/{product}/determinations", CASE)
        certificates.append(issued(exporter, officer, determination))

    notice = filed(exporter, certificates[0], cause="DECLARATION")

    assert notice["hits"][1]["number"] == certificates[1]["number"]
    assert notice["hits"][1]["links"] == ["DECLARATION"]
