"""Verifications between two offices: asked, answered with consent, determined, objected to."""

from __future__ import annotations

from datetime import date

import pytest

from ooms.access.model import Role
from ooms.jobs import turn_verifications
from ooms.verifications.against import look
from ooms.verifications.suspending import standing_of
from ooms.verifications.suspension import Goods
from tests.agreed import agree_on_messages
from tests.integration.databases import BACKENDS
from tests.offices import an_application, approved, determined, fresh_databases, offices_of

PAPER = "a" * 64
SECRET = "b" * 64
HS = "901850"
KOREA, VIET_NAM = "KR-KCS", "VN-CUSTOMS"


@pytest.fixture(params=BACKENDS)
def agreed(request, tmp_path):
    """Korea and Viet Nam, who agreed to verify by message."""
    profiles = agree_on_messages(tmp_path / "profiles", "kr-kcs", "vn-customs")
    with (
        fresh_databases(request, KOREA, VIET_NAM) as databases,
        offices_of(
            tmp_path / "nodes", KOREA, VIET_NAM, databases=databases, profiles=profiles
        ) as opened,
    ):
        yield opened


@pytest.fixture
def people(agreed):
    """Everybody who has a part in a verification."""
    return {
        "exporter": agreed.company(),
        "officer": agreed.person(KOREA, "kim", Role.OFFICER),
        "chief": agreed.person(KOREA, "choi", Role.SUPERVISOR),
        "asker": agreed.person(VIET_NAM, "linh", Role.IMPORT_OFFICER),
        "head": agreed.person(VIET_NAM, "minh", Role.SUPERVISOR),
    }


@pytest.fixture
def issued(agreed, people):
    """A certificate that Viet Nam has registered."""
    made = determined(people["exporter"], agreement="KVFTA", hs=HS)
    content = an_application(made)
    content["lines"][0]["hs"] = HS
    application = approved(people["exporter"], people["officer"], content)
    certificate = people["officer"].post("/certificates", {"application_id": application["id"]})
    agreed.run()
    return certificate


def a_selection(certificate, **changes):
    """What an import officer of Viet Nam looks into."""
    item = {"item_no": 1, "hs": HS, "description": "STATIC CONVERTERS, MODEL SC-500"}
    return {
        "partner": KOREA,
        "agreement": "KVFTA",
        "importer": "ORIENT POWER TRADING",
        "exporter": "HANBIT ELECTRONICS CO., LTD.",
        "certificates": [
            {
                "number": certificate["number"],
                "issuing_country": "KR",
                "issued_on": certificate["issued_on"],
                "items": [item],
            }
        ],
        "reason": "CLAIM_CHECK",
    } | changes


WORDS = {
    "letter": "Please verify the origin of the goods named below.",
    "doubts": [{"kind": "CRITERION", "text": "the materials come from elsewhere"}],
    "questions": [{"id": "Q1", "text": "Where were the boards made?"}],
}


def requested(people, certificate, **changes):
    """Bring a verification to the request that goes out."""
    asker = people["asker"]
    case = asker.post("/verifications", a_selection(certificate, **changes))
    path = f"/verifications/{case['id']}"
    asker.post(f"{path}/inquiry", {"words": "Send the papers of this import."})
    asker.post(f"{path}/inquiry/conclusion", {"is_resolved": False, "words": "nothing came"})
    asker.post(f"{path}/draft", WORDS)
    people["head"].post(f"{path}/approval", {})
    return path, asker.post(f"{path}/request")


def received(agreed, people):
    """Let the request arrive and its acknowledgement return, and take it on in Korea."""
    agreed.run()
    agreed.run()
    found = people["officer"].get("/verifications/received")["items"][0]
    return people["officer"].post(f"/verifications/received/{found['id']}/taking")


def inquired(people, case, *, asked_on=None):
    """Ask the Korean company, and let it answer with two papers."""
    officer, exporter = people["officer"], people["exporter"]
    inquiry = officer.post(
        f"/verifications/received/{case['id']}/inquiries",
        {
            "company_id": case["companies"][0],
            "role": "EXPORTER",
            "certificate_number": case["asked"]["certificates"][0]["number"],
            "words": "Send the papers of origin.",
            "questions": [{"id": "Q1", "text": "Where were the boards made?"}],
            "starts_on": "2026-12-01",
        },
    )
    paper = {"size": 10, "media_type": "application/pdf", "kind": "PRODUCTION_RECORD"}
    exporter.post(
        f"/verifications/inquiries/{inquiry['id']}/answer",
        {
            "words": "Here they are.",
            "answers": [{"id": "Q1", "text": "In Busan."}],
            "papers": [
                paper | {"sha256": PAPER, "title": "process sheet", "classes": ["OTHER"]},
                paper | {"sha256": SECRET, "title": "cost sheet", "classes": ["PRODUCTION_COST"]},
            ],
        },
    )
    return inquiry


def a_result(case, originating="YES"):
    finding = {
        "certificate_number": case["asked"]["certificates"][0]["number"],
        "item_no": 1,
        "authentic": "YES",
        "originating": originating,
        "facts": "The boards were assembled in Busan.",
        "basis": "Korea-Viet Nam FTA 3.2",
    }
    return {
        "findings": [finding],
        "answers": [{"id": "Q1", "text": "In Busan."}],
        "method": "DOCUMENTS",
        "person": "HANBIT ELECTRONICS CO., LTD.",
        "from_date": "2026-11-21",
        "to_date": "2026-11-21",
        "basis": "Korea: FTA Customs Special Act 18",
    }


def replied(agreed, people, case, *, papers=(PAPER, SECRET), originating="YES"):
    """Draft, filter, approve and send the reply."""
    path = f"/verifications/received/{case['id']}"
    people["officer"].post(f"{path}/result", a_result(case, originating))
    people["officer"].post(f"{path}/papers", {"papers": list(papers)})
    people["chief"].post(f"{path}/approval")
    answer = people["officer"].post(f"{path}/reply")
    agreed.run()
    return answer


def consents(people, *classes):
    return people["exporter"].post(
        "/consents",
        {"classes": list(classes), "partner": VIET_NAM, "purpose": "VERIFICATION_CASE"},
    )


def adverse(certificate, ground="NOT-ORIGINATING", outcome="NOT_ORIGINATING"):
    finding = {
        "certificate_number": certificate["number"],
        "item_no": 1,
        "outcome": outcome,
        "ground": ground,
        "facts": "The boards were made in a third country.",
    }
    return {"findings": [finding]}


def confirmed(certificate):
    finding = {
        "certificate_number": certificate["number"],
        "item_no": 1,
        "outcome": "ORIGINATING",
        "facts": "The records show the assembly in Busan.",
        "basis": "Korea-Viet Nam FTA 3.2",
    }
    return [finding]


def officer_sees(people, case):
    return people["officer"].get(f"/verifications/received/{case['id']}")


def test_request_comes_back_as_a_result_with_consented_papers(agreed, people, issued):
    path, sent = requested(people, issued)
    case = received(agreed, people)
    acked = people["asker"].get(path)
    consents(people, "OTHER")
    inquired(people, case)
    reply = replied(agreed, people, case)
    came = people["asker"].get(path)

    told = officer_sees(people, case)
    assert [one["type"] for one in came["messages"]] == ["VERIF_REQUEST"]
    assert [one["type"] for one in told["messages"]] == ["VERIF_ACK", "VERIF_RESULT"]
    assert came["replies"][0]["message_id"] == told["messages"][1]["message_id"]
    assert sent["clock"]["is_provisional"]
    assert (acked["state"], acked["clock"]["is_provisional"]) == ("ACKED", False)
    assert acked["clock"]["due_on"] == "2027-05-22"
    assert case["internal_due_on"] < case["clock"]["due_on"]
    assert [one["paper"]["title"] for one in reply["result"]["leaving"]] == ["process sheet"]
    assert [one["title"] for one in reply["result"]["withheld"]] == ["cost sheet"]
    assert (came["state"], came["replies"][0]["papers"]) == ("RESULT_RECEIVED", [PAPER])
    assert "cost sheet (production cost)" in came["replies"][0]["findings"][0]["facts"]


def test_objection_reverses_what_was_determined(agreed, people, issued):
    asker = people["asker"]
    path, _sent = requested(people, issued)
    case = received(agreed, people)
    replied(agreed, people, case, papers=(), originating="NO")
    denied = asker.post(f"{path}/determination", adverse(issued))
    agreed.run()
    asker.post(f"{path}/notices", {"kind": "DECISION", "channel": "letter"})
    asker.post(f"{path}/objection", {"words": "The boards were assembled in Busan."})
    decision = {"reasons": "new records", "findings": confirmed(issued)}
    reversed_ = people["head"].post(f"{path}/objection/decision", decision)
    agreed.run()
    told = people["officer"].get(f"/verifications/received/{case['id']}")
    outcomes = asker.get(f"{path}/outcomes")["items"]

    assert denied["determination"]["findings"][0]["ground"] == "NOT-ORIGINATING"
    assert (reversed_["state"], reversed_["objections"][0]["reversed"]) == ("DETERMINED", True)
    assert [one["outcome"] for one in told["decisions"]] == ["DENIED", "GRANTED"]
    sent = [one["type"] for one in reversed_["messages"]]
    assert sent == ["VERIF_REQUEST", "VERIF_DETERMINE", "VERIF_DETERMINE"]
    assert (told["state"], told["decisions"][1]["is_revision"]) == ("CLOSED", True)
    assert [(one["outcome"], one["is_revision"]) for one in outcomes] == [("ORIGINATING", True)]


def test_nobody_approves_what_he_wrote_himself(agreed, people, issued):
    asker = people["asker"]
    agreed.person(VIET_NAM, "lan", Role.IMPORT_OFFICER)
    case = asker.post("/verifications", a_selection(issued, reason="RANDOM"))
    asker.post(f"/verifications/{case['id']}/draft", WORDS)
    alone = asker.try_post(f"/verifications/{case['id']}/approval", {})
    early = asker.try_post(f"/verifications/{case['id']}/request")

    assert (alone.status_code, alone.json()["code"]) == (403, "AUT-ROLE")
    assert (early.status_code, early.json()["code"]) == (409, "RUL-STATE")


def test_last_day_is_the_partners_and_the_next_ends_it(agreed, people, issued):
    path, _sent = requested(people, issued)
    received(agreed, people)
    office = agreed.offices[VIET_NAM]
    due = date.fromisoformat(people["asker"].get(path)["clock"]["due_on"])
    agreed.world.clock.advance(days=(due - date(2026, 11, 21)).days)
    turn_verifications(office)
    asker = agreed.log_in(VIET_NAM, "linh")
    on_the_day = asker.get(path)
    agreed.world.clock.advance(days=1)
    turn_verifications(office)
    again = turn_verifications(office)
    asker = agreed.log_in(VIET_NAM, "linh")
    after = asker.get(path)

    assert on_the_day["state"] == "ACKED"
    assert on_the_day["reminded_on"] == on_the_day["reminders"]
    assert len(on_the_day["reminders"]) == 2
    assert after["state"] == "NO_REPLY"
    assert after["determination"] is None
    assert again == 0


def test_extension_asked_a_day_late_is_not_granted(agreed, people, issued):
    path, _sent = requested(people, issued)
    case = received(agreed, people)
    due = date.fromisoformat(people["asker"].get(path)["clock"]["due_on"])
    agreed.world.clock.advance(days=(due - date(2026, 11, 21)).days + 1)
    officer, head = agreed.log_in(KOREA, "kim"), agreed.log_in(VIET_NAM, "minh")
    late = {"until": "2027-08-01", "reason_code": "FORCE_MAJEURE", "reason": "a flood"}
    officer.post(f"/verifications/received/{case['id']}/extension", late)
    agreed.run()
    asked = head.get(path)
    yes = head.try_post(f"{path}/extension/decision", {"granted": True})
    no = head.post(f"{path}/extension/decision", {"granted": False})
    agreed.run()
    told = officer.get(f"/verifications/received/{case['id']}")

    assert [one["is_late"] for one in asked["extensions"]] == [True]
    assert (yes.status_code, yes.json()["code"]) == (409, "RUL-PERIOD-ENDED")
    assert no["extensions"][0]["granted"] is False
    assert [one["granted"] for one in told["extensions"]] == [False]


def test_extension_in_time_moves_the_day_on_both_sides(agreed, people, issued):
    path, _sent = requested(people, issued)
    case = received(agreed, people)
    asked = {"until": "2027-07-01", "reason_code": "FORCE_MAJEURE", "reason": "a flood"}
    people["officer"].post(f"/verifications/received/{case['id']}/extension", asked)
    agreed.run()
    granted = people["head"].post(f"{path}/extension/decision", {"granted": True})
    agreed.run()
    told = people["officer"].get(f"/verifications/received/{case['id']}")

    assert (granted["state"], granted["clock"]["due_on"]) == ("EXTENDED", "2027-07-01")
    assert told["clock"]["due_on"] == "2027-07-01"
    assert [one["kind"] for one in granted["tellings"]] == ["REQUEST", "EXTENSION"]


def test_stopped_period_ends_as_many_days_later(agreed, people, issued):
    path, _sent = requested(people, issued)
    received(agreed, people)
    people["asker"].post(f"{path}/stop", {"words": "a court was asked"})
    agreed.world.clock.advance(days=10)
    asker = agreed.log_in(VIET_NAM, "linh")
    resumed = asker.post(f"{path}/resumption")

    assert (resumed["state"], resumed["clock"]["due_on"]) == ("ACKED", "2027-06-01")


def test_suspension_is_for_identical_goods_only(agreed, people, issued):
    path, _sent = requested(people, issued)
    office = agreed.offices[VIET_NAM]
    people["asker"].post(f"{path}/suspension", {"words": "the doubt is grave"})

    def standing(**changes):
        goods = {
            "importer": "Orient Power Trading",
            "exporter": "HANBIT ELECTRONICS CO LTD",
            "hs6": HS,
            "description": "Static converters, model SC-500",
        } | changes
        wanted, on = Goods(**goods), date(2026, 11, 21)
        found = office.works.read(lambda work: look(work.transaction, (wanted,), certificates=()))
        return standing_of(wanted, found, on=on)

    same, other = standing(), standing(description="Static converters, model SC-900")
    people["asker"].post(
        f"{path}/suspension/release",
        {"amount": "1200.00", "currency": "USD", "reference": "GUARANTEE 77"},
    )
    secured = standing()

    assert (same.is_suspended, same.verification_id) == (True, path.rpartition("/")[2])
    assert standing(importer="SOMEBODY ELSE").verification_id is None
    assert not other.is_suspended
    assert (secured.is_suspended, secured.is_released) == (False, True)


def test_consent_taken_back_keeps_the_paper_here(agreed, people, issued):
    requested(people, issued)
    case = received(agreed, people)
    consent = consents(people, "OTHER")
    inquired(people, case)
    path = f"/verifications/received/{case['id']}"
    people["officer"].post(f"{path}/result", a_result(case))
    people["officer"].post(f"{path}/papers", {"papers": [PAPER]})
    people["chief"].post(f"{path}/approval")
    people["exporter"].post(f"/consents/{consent['id']}/withdrawal", {"reason": "no more"})
    reply = people["officer"].post(f"{path}/reply")

    assert reply["result"]["leaving"] == []
    assert [one["title"] for one in reply["result"]["withheld"]] == ["process sheet"]


def test_company_sees_its_own_inquiries_only(agreed, people, issued):
    requested(people, issued)
    case = received(agreed, people)
    inquiry = inquired(people, case)
    other = agreed.company("daehan", tax_id="220-81-62517", name="DAEHAN CO., LTD.")

    assert people["exporter"].get("/verifications/inquiries")["items"][0]["id"] == inquiry["id"]
    assert other.get("/verifications/inquiries")["items"] == []
    assert other.try_get(f"/verifications/inquiries/{inquiry['id']}").status_code == 404


def test_visit_is_proposed_held_commented_on_and_decided(agreed, people, issued):
    path, _sent = requested(people, issued)
    case = received(agreed, people)
    consents(people, "OTHER")
    inquired(people, case)
    replied(agreed, people, case, papers=())
    plan = {
        "from_date": "2027-01-04",
        "to_date": "2027-01-05",
        "person": "HANBIT ELECTRONICS CO., LTD.",
        "role": "EXPORTER",
        "address": "45 Harbor Street, Busan",
        "coverage": "static converters",
        "officials": ["Linh Tran"],
    }
    short = people["asker"].try_post(f"{path}/visits", plan | {"from_date": "2026-12-01"})
    people["asker"].post(f"{path}/visits", plan)
    agreed.run()
    there = f"/verifications/received/{case['id']}"
    people["officer"].post(f"{there}/joint-visit/answer", {"answer": "CONSENTED"})
    agreed.run()
    agreed.world.clock.advance(days=46)
    asker, officer = agreed.log_in(VIET_NAM, "linh"), agreed.log_in(KOREA, "kim")
    days = {"from_date": "2027-01-04", "to_date": "2027-01-05", "facts": "boards from Busan"}
    asker.post(f"{path}/visits/record", days)
    asker.post(f"{path}/visits/draft", adverse(issued))
    agreed.run()
    officer.post(f"{there}/joint-visit/comments", {"words": "The boards are ours."})
    agreed.run()
    finished = asker.post(f"{path}/visits/determination", {"findings": confirmed(issued)})
    agreed.run()

    assert (short.status_code, short.json()["errors"][0]["code"]) == (422, "RUL-PERIOD")
    assert finished["visits"][0]["state"] == "FINAL"
    assert finished["visits"][0]["comments"] == "The boards are ours."
    assert finished["visits"][0]["final_by"] == "2027-07-04"
    assert finished["state"] == "DETERMINED"
    assert [one["type"] for one in finished["messages"]][1:] == [
        *("VISIT_PROPOSAL", "VISIT_FINDINGS", "VISIT_FINAL")
    ]
    assert [one["type"] for one in officer.get(there)["messages"]][2:] == [
        *("VISIT_ANSWER", "VISIT_COMMENTS")
    ]
    assert [one["outcome"] for one in officer.get(there)["decisions"]] == ["GRANTED"]


def claimed(people, certificate, declaration, **about):
    """What a claim for the certificate meets, by the name of the check."""
    line = {"line_no": 1, "certificate_number": certificate["number"], "item_no": 1, "hs": HS}
    body = {
        "declaration_number": declaration,
        "lines": [line | {"quantity": "10", "unit": "C62"}],
    }
    answer = people["asker"].post("/claims", body | about)["lines"][0]
    return answer["decision"], {one["check"]: one["code"] for one in answer["checks"]}


def test_claim_meets_the_doubt_about_its_certificates_seal(agreed, people, issued):
    decision, before = claimed(people, issued, "D-1")
    asker = people["asker"]
    case = asker.post("/verifications", a_selection(issued, reason="RANDOM"))
    doubts = {"doubts": [{"kind": "SEAL", "text": "it is smudged"}]}
    asker.post(f"/verifications/{case['id']}/draft", WORDS | doubts)

    doubted, meanwhile = claimed(people, issued, "D-2")
    asker.post(f"/verifications/{case['id']}/draft", WORDS)
    _, after = claimed(people, issued, "D-3")

    assert (decision, before["authenticity"]) == ("GRANTED", "")
    assert (doubted, meanwhile["authenticity"]) == ("REFERRED", "REF-ISSUER")
    assert after["authenticity"] == ""


def test_claim_meets_the_adverse_end_of_an_earlier_verification(agreed, people, issued):
    importer = {"importer": {"name": "Orient Power Trading", "country": "VN"}}
    path, _sent = requested(people, issued)
    _, meanwhile = claimed(people, issued, "D-1", **importer)
    case = received(agreed, people)
    replied(agreed, people, case, papers=(), originating="NO")
    people["asker"].post(f"{path}/determination", adverse(issued))

    decision, after = claimed(people, issued, "D-2", **importer)

    assert meanwhile["restrictions"] == "RUL-OPEN-VERIFICATION"
    assert (decision, after["restrictions"]) == ("REFERRED", "RUL-NEGATIVE-RESULT")
