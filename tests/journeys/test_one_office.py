"""One office's stories from a company's first day to the partner's last word, over HTTP."""

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from tests.offices import an_application, approved, determined

#: As an input method writes it: lower case, blanks, a digit of full width.
WIDELY_SPELLED = "k001 26 000000\N{FULLWIDTH DIGIT ONE}"


def test_certificate_goes_from_application_to_the_partners_use(
    offices, exporter, officer, importer
):
    determination = determined(exporter)
    application = approved(exporter, officer, an_application(determination))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    registered = exporter.get(f"/certificates/{issued['id']}")
    claim = importer.post(
        "/claims",
        {
            "declaration_number": "10511-26-000001",
            "lines": [
                {
                    "line_no": 1,
                    "certificate_number": WIDELY_SPELLED,
                    "item_no": 1,
                    "hs": "850440",
                    "quantity": "200",
                    "unit": "C62",
                    "exporter": "Hanbit Electronics Co Ltd",
                    "invoice": "HB-2026-1120",
                }
            ],
        },
    )
    offices.run()
    used = exporter.get(f"/certificates/{issued['id']}")

    assert (determination["verdict"], determination["criterion"]) == ("originating", "CTH")
    assert issued["number"] == "K001-26-0000001"
    assert issued["exchange"]["state"] == "QUEUED"
    assert registered["exchange"]["state"] == "REGISTERED"
    assert [line["decision"] for line in claim["lines"]] == ["GRANTED"]
    assert used["exchange"]["state"] == "USED_PARTLY"
    assert used["use"] == [{"item_no": 1, "granted": "200", "unit": "C62", "percent": "40"}]
    assert [note["kind"] for note in used["notes"]] == ["exchange.registered", "certificate.used"]


def untriggered(keeper):
    """How many certificates for a partner wait, as whoever keeps the exchange is told."""
    (partner,) = keeper.get("/partners")["items"]
    return partner["untriggered"]


def test_chinese_certificate_waits_for_its_export_declaration(offices_with_china):
    offices = offices_with_china
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    keeper = offices.person("KR-KCS", "desk", Role.PARTNER_DESK)
    determination = determined(exporter, agreement="KCFTA", country="CN")
    application = approved(exporter, officer, an_application(determination, export_declarations=[]))
    officer.post(
        f"/applications/{application['id']}/checks/PAPERS",
        {"finding": "PASSED", "detail": "the declaration is seen online"},
    )
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    waiting = officer.get(f"/certificates/{issued['id']}")
    held = untriggered(keeper)
    officer.post(
        f"/certificates/{issued['id']}/export-links", {"declarations": ["41234-26-112233X"]}
    )
    offices.run()
    linked = officer.get(f"/certificates/{issued['id']}")

    assert determination["criterion"] == "PSR"
    assert waiting["exchange"]["state"] == "AWAITING_TRIGGER"
    assert linked["exchange"]["state"] == "REGISTERED"
    assert (held, untriggered(keeper)) == (1, 0)


def test_refused_correction_leaves_the_old_certificate_standing(
    offices, exporter, officer, importer
):
    determination = determined(exporter)
    application = approved(exporter, officer, an_application(determination))
    old = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    path = f"/certificates/{old['id']}"
    new = officer.post(f"{path}/corrections", {"reason": "marks were misspelled"})
    line = {"line_no": 1, "certificate_number": old["number"], "item_no": 1, "hs": "850440"}
    used = {
        "declaration_number": "10511-26-000009",
        "lines": [line | {"quantity": "1", "unit": "C62"}],
    }
    importer.post("/claims", used)

    offices.run()
    after, refused = officer.get(path), officer.get(f"/certificates/{new['id']}")

    assert (after["state"], after["replaced_by_id"]) == ("ISSUED", None)
    assert refused["state"] == "CANCELLED"
    assert "LIN-UTILISED" in refused["exchange"]["detail"]


def test_correction_takes_a_new_number_and_the_old_is_replaced(
    offices, exporter, officer, importer
):
    determination = determined(exporter)
    content = an_application(determination)
    application = approved(exporter, officer, content)
    old = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    line = content["lines"][0] | {
        "quantities": [
            {"kind": "GROSS_WEIGHT", "value": "1250.5", "unit": "KGM"},
            {"kind": "NUMBER", "value": "480", "unit": "C62"},
        ]
    }
    new = officer.post(
        f"/certificates/{old['id']}/corrections",
        {"reason": "480 pieces were loaded", "content": content | {"lines": [line]}},
    )
    before_the_answer = officer.get(f"/certificates/{old['id']}")
    offices.run()
    after_the_answer = officer.get(f"/certificates/{old['id']}")
    claim = importer.post(
        "/claims",
        {
            "declaration_number": "10511-26-000002",
            "lines": [
                {
                    "line_no": 1,
                    "certificate_number": old["number"],
                    "item_no": 1,
                    "hs": "850440",
                    "quantity": "1",
                    "unit": "C62",
                }
            ],
        },
    )

    assert (old["number"], new["number"]) == ("K001-26-0000001", "K001-26-0000002")
    assert before_the_answer["state"] == "ISSUED"
    assert after_the_answer["state"] == "REPLACED"
    assert officer.get(f"/certificates/{new['id']}")["exchange"]["state"] == "REGISTERED"
    assert claim["lines"][0]["decision"] == "DENIED"
    assert claim["lines"][0]["reason_code"] == "LIN-STATE"


def test_unused_certificate_is_cancelled_when_the_partner_says_so(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    asked = officer.post(
        f"/certificates/{issued['id']}/cancellation", {"reason": "the sale fell through"}
    )
    offices.run()

    assert asked["state"] == "ISSUED"
    assert officer.get(f"/certificates/{issued['id']}")["state"] == "CANCELLED"


def test_used_certificate_stays_when_it_is_asked_back(offices, exporter, officer, importer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    importer.post(
        "/claims",
        {
            "declaration_number": "10511-26-000003",
            "lines": [
                {
                    "line_no": 1,
                    "certificate_number": issued["number"],
                    "item_no": 1,
                    "hs": "850440",
                    "quantity": "500",
                    "unit": "C62",
                }
            ],
        },
    )
    officer.post(f"/certificates/{issued['id']}/cancellation", {"reason": "asked too late"})
    offices.run()
    shown = officer.get(f"/certificates/{issued['id']}")

    assert shown["state"] == "ISSUED"
    assert shown["exchange"]["state"] == "USED"
    assert shown["cancellation_asked_at"] is None
    answers = [note for note in shown["notes"] if note["kind"] == "cancellation.answered"]
    assert [one["facts"]["outcome"] for one in answers] == ["REFUSED_UTILISED"]


def test_officer_asks_for_completion_then_refuses_for_good(offices, exporter, officer):
    content = an_application(determined(exporter))
    application = exporter.post("/applications", content)
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    officer.post(
        f"{path}/completions",
        {"lacks": [{"box": "3", "text": "name the vessel", "reason_code": "BOX_EMPTY"}]},
    )
    exporter.post(f"{path}/content", content | {"retroactive_reason": "none"})
    completed = exporter.post(f"{path}/submission")
    refused = officer.post(
        f"{path}/decision",
        {"decision": "REFUSED", "reason": "papers do not match", "reason_code": "PAPERS"},
    )
    by_himself = officer.try_post(f"{path}/refusal")
    supervisor = offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    confirmed = supervisor.post(f"{path}/refusal")
    too_late = exporter.try_post(f"{path}/withdrawal", {"reason": "never mind"})

    assert completed["state"] == "UNDER_REVIEW"
    assert refused["state"] == "REFUSAL_PROPOSED"
    assert by_himself.status_code == 403
    assert confirmed["state"] == "REFUSED"
    assert confirmed["decision"]["reason_code"] == "PAPERS"
    assert too_late.status_code == 409


def test_every_decision_of_a_story_stands_in_an_unbroken_trail(
    offices, exporter, officer, importer
):
    application = approved(exporter, officer, an_application(determined(exporter)))
    officer.post("/certificates", {"application_id": application["id"]})
    offices.run()

    trail = offices.person("KR-KCS", "auditor", Role.AUDITOR).get("/audit")["items"]
    told = [one["what"] for one in reversed(trail) if one["what"] != "session.opened"]

    assert offices.offices["KR-KCS"].works.read(verify_chain) == len(trail)
    assert told == [
        "exporter.registered",
        "application.submitted",
        "application.taken",
        "application.approved",
        "certificate.issued",
    ]


def test_public_page_tells_what_became_of_a_certificate(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    client = offices.clients["KR-KCS"]
    asked = {"number": issued["number"].lower(), "code": issued["access_code"]}
    fresh = client.get("/verify", params=asked)
    officer.post(f"/certificates/{issued['id']}/cancellation", {"reason": "not shipped"})
    offices.run()
    cancelled = client.get("/verify", params=asked)
    wrong_code = client.get("/verify", params=asked | {"code": "AAAAAAAAAAAAAAAA"})
    unknown = client.get("/verify", params={"number": "k001-26-0999999", "code": "A" * 16})
    no_code = client.get("/verify", params=asked | {"code": ""})

    assert "Yes, until 20 November 2027." in fresh.text
    assert "Cancelled: it can no longer be used." in cancelled.text
    assert "ORIENT POWER" not in fresh.text, "the buyer is no public matter"
    assert "Not found" in wrong_code.text
    assert wrong_code.text == unknown.text.replace("k001-26-0999999", asked["number"])
    assert "Not found" not in no_code.text
    assert "Code on the certificate: Fill this in." in no_code.text
    assert "unsafe" not in fresh.headers["Content-Security-Policy"]
    assert "default-src 'none'" in fresh.headers["Content-Security-Policy"]


def test_guessing_codes_at_the_public_page_is_slowed_down(offices):
    client = offices.clients["KR-KCS"]
    answers = [client.get("/verify", params={"number": "X", "code": str(n)}) for n in range(31)]

    assert [one.status_code for one in answers] == [200] * 30 + [429]


def test_exporter_hears_nothing_of_the_importers_declaration(offices, exporter, officer, importer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    importer.post(
        "/claims",
        {
            "declaration_number": "10511-26-000004",
            "lines": [
                {
                    "line_no": 1,
                    "certificate_number": issued["number"],
                    "item_no": 1,
                    "hs": "850440",
                    "quantity": "5",
                    "unit": "C62",
                }
            ],
        },
    )
    offices.run()

    seen_by_exporter = str(exporter.get(f"/certificates/{issued['id']}"))
    seen_by_officer = str(officer.get(f"/certificates/{issued['id']}"))
    operator = offices.person("KR-KCS", "ops", Role.OPERATOR)

    assert "10511-26-000004" not in seen_by_exporter
    assert "10511-26-000004" in seen_by_officer
    assert operator.try_get("/applications").status_code == 403
