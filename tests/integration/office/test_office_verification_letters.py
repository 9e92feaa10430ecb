"""Verifications by letter: Korea asks the United States, which never agreed to messages."""

from __future__ import annotations

from datetime import date

import pytest

from ooms.access.model import Role
from ooms.jobs import turn_verifications
from tests.integration.databases import BACKENDS
from tests.offices import an_application, approved, determined, fresh_databases, offices_of
from tests.papers import text_of

KOREA, PARTNER = "KR-KCS", "US-CBP"
TODAY = "2026-11-21"
NUMBER = "US-2026-000117"
ITEM = {"item_no": 1, "hs": "611020", "description": "PULLOVERS OF COTTON"}
SELECTION = {
    "partner": PARTNER,
    "agreement": "KORUS",
    "importer": "HANIL TEXTILES",
    "exporter": "CAROLINA KNITS INC.",
    "certificates": [
        {
            "number": NUMBER,
            "issuing_country": "US",
            "issued_on": "2026-10-01",
            "by_message": False,
            "items": [ITEM],
        }
    ],
    "reason": "RANDOM",
}
WORDS = {
    "letter": "Please verify where the yarn was spun.",
    "doubts": [{"kind": "RANDOM"}],
    "questions": [{"id": "Q1", "text": "Who spun the yarn?"}],
}
FINDING = {"certificate_number": NUMBER, "item_no": 1}
ORIGINATING = FINDING | {
    "outcome": "ORIGINATING",
    "facts": "The yarn was spun in Gastonia.",
    "basis": "KORUS 4.1",
}
DENIED = FINDING | {
    "outcome": "NOT_ORIGINATING",
    "ground": "KR-35-4",
    "facts": "The yarn was spun in a third country.",
}
SCANNED = "c" * 64
MAKER = "DAEHAN PRECISION CO., LTD."


@pytest.fixture(params=BACKENDS)
def alone(request, tmp_path):
    """Korea's office on its own."""
    with (
        fresh_databases(request, KOREA) as databases,
        offices_of(tmp_path / "nodes", KOREA, databases=databases) as opened,
    ):
        yield opened


@pytest.fixture
def asker(alone):
    return alone.person(KOREA, "yoon", Role.IMPORT_OFFICER)


@pytest.fixture
def head(alone):
    return alone.person(KOREA, "choi", Role.SUPERVISOR)


@pytest.fixture
def written(asker, head):
    """Where a request is approved, and nothing posted yet."""
    case = asker.post("/verifications", SELECTION)
    path = f"/verifications/{case['id']}"
    asker.post(f"{path}/draft", WORDS)
    head.post(f"{path}/approval", {})
    return path


def post_letter(person, path, *, on=TODAY, reminder=None):
    """Seal the letter that is due, post it, and return how it lies in the case."""
    body = None if reminder is None else {"is_reminder": reminder}
    letter = person.post(f"{path}/letters", body)["letters"][-1]
    posting = {"posted_on": on, "channel": "EMS_AND_EMAIL", "tracking": "EM 123 KR"}
    letters = person.post(f"{path}/letters/{letter['id']}/posting", posting)["letters"]
    return next(one for one in letters if one["id"] == letter["id"])


@pytest.fixture
def asked(asker, written):
    """Where the request went by letter."""
    post_letter(asker, written, reminder=False)
    asker.post(f"{written}/request")
    return written


def replied(asker, path, *, on=TODAY):
    """Enter the partner's letter, with the digest of its scan."""
    finding = FINDING | {
        "authentic": "YES",
        "originating": "UNDETERMINED",
        "facts": "The spinner has closed.",
        "basis": "KORUS 4.3",
    }
    answers = [{"id": "Q1", "text": "A spinner that has closed."}]
    reply = {"received_on": on, "findings": [finding], "answers": answers, "papers": [SCANNED]}
    return asker.post(f"{path}/result", reply)


def test_request_by_letter_goes_once_its_letter_is_posted(alone, asker, written):
    unposted = asker.try_post(f"{written}/request")
    letter = post_letter(asker, written, reminder=False)
    twice = asker.try_post(f"{written}/letters", {"is_reminder": False})
    sent = asker.post(f"{written}/request")
    pdf = asker.try_get(f"{written}/letters/{letter['id']}/pdf")

    assert (unposted.status_code, unposted.json()["code"]) == (409, "RUL-STATE")
    assert (twice.status_code, twice.json()["code"]) == (409, "RUL-STATE")
    assert (letter["kind"], letter["channel"]) == ("REQUEST-1", "EMS_AND_EMAIL")
    assert pdf.content.startswith(b"%PDF-")
    assert (sent["state"], sent["by_message"], sent["messages"]) == ("REQUESTED", False, [])
    # Twelve months from the request; seventy percent of its 365 days are 255.
    assert (sent["due_on"], sent["internal_due_on"]) == ("2027-11-21", "2027-08-03")
    assert [one["kind"] for one in sent["tellings"]] == ["REQUEST"]


def test_letter_is_not_posted_before_its_seal_or_tomorrow(asker, written):
    letter = asker.post(f"{written}/letters", {"is_reminder": False})["letters"][0]
    posting = {"channel": "EMS", "tracking": "EM 123 KR"}
    path = f"{written}/letters/{letter['id']}/posting"
    refused = [
        asker.try_post(path, posting | {"posted_on": day}) for day in ("2026-11-20", "2026-11-22")
    ]

    assert [one.status_code for one in refused] == [422, 422]
    assert {one.json()["errors"][0]["code"] for one in refused} == {"RUL-PERIOD"}


def test_scanned_reply_is_kept_with_its_digest_and_told(alone, asker, asked):
    asker.post(f"{asked}/receipt", {"received_on": TODAY, "proof": "EMS EM 123 KR, signed Smith"})
    alone.world.clock.advance(days=10)
    asker = alone.log_in(KOREA, "yoon")
    came = replied(asker, asked, on="2026-11-30")
    told = next(one for one in came["tellings"] if one["kind"] == "REPLY")

    assert came["state"] == "RESULT_RECEIVED"
    assert came["replies"][0]["papers"] == [SCANNED]
    assert came["replies"][0]["answers"][0]["text"] == "A spinner that has closed."
    assert (came["replies"][0]["is_late"], came["replies"][0]["message_id"]) == (False, "")
    assert told["due_on"] == "2026-12-30"  # thirty days: Decree 16(3)


def test_reminders_go_at_half_and_two_months_before(alone, asker, asked):
    reminders = asker.get(asked)["reminders"]
    sealed = []
    for day in map(date.fromisoformat, reminders):
        alone.world.clock.advance(days=(day - alone.world.clock.now().date()).days)
        turn_verifications(alone.offices[KOREA])
        asker = alone.log_in(KOREA, "yoon")
        sealed.append(post_letter(asker, asked, on=str(day), reminder=True)["kind"])
    early = asker.get(asked)

    assert reminders == ["2027-05-23", "2027-09-21"]
    assert sealed == ["REMINDER-20270523", "REMINDER-20270921"]
    assert (early["state"], early["reminded_on"]) == ("REQUESTED", reminders)


def test_silence_lets_an_officer_deny_but_only_after_the_end(alone, asker, asked):
    silent = FINDING | {"outcome": "NO_REPLY", "ground": "KR-35-5-SILENT", "facts": "No word."}
    too_early = asker.try_post(f"{asked}/determination", {"findings": [silent]})
    alone.world.clock.advance(days=366)
    turn_verifications(alone.offices[KOREA])
    asker = alone.log_in(KOREA, "yoon")
    ended = asker.get(asked)
    asker.post(f"{asked}/preliminary-determination", {"findings": [silent]})
    asker.post(f"{asked}/preliminary-determination/comments", {"words": "We wait as well."})
    denied = asker.post(f"{asked}/determination", {"findings": [silent]})

    assert (too_early.status_code, too_early.json()["code"]) == (409, "RUL-STATE")
    assert (ended["state"], ended["determination"]) == ("NO_REPLY", None)
    assert denied["determination"]["findings"][0]["ground"] == "KR-35-5-SILENT"
    assert denied["objection_until"] == "2027-12-22"  # thirty days: Act 17(7)


def test_adverse_determination_waits_for_comments_on_a_draft(alone, asker, asked):
    replied(asker, asked)
    at_once = asker.try_post(f"{asked}/determination", {"findings": [DENIED]})
    draft = asker.post(f"{asked}/preliminary-determination", {"findings": [DENIED]})
    unheard = asker.try_post(f"{asked}/determination", {"findings": [DENIED]})
    alone.world.clock.advance(days=30)
    asker = alone.log_in(KOREA, "yoon")
    words = {"words": "The spinner's books are attached."}
    commented = asker.post(f"{asked}/preliminary-determination/comments", words)
    twice = asker.try_post(f"{asked}/preliminary-determination/comments", words)
    made = asker.post(f"{asked}/determination", {"findings": [DENIED]})

    assert [one.status_code for one in (at_once, unheard, twice)] == [409, 409, 409]
    assert (draft["state"], draft["due_on"]) == ("PRELIMINARY", "2026-12-21")
    assert commented["preliminary"]["comments"] == "The spinner's books are attached."
    assert made["state"] == "DETERMINED"


def test_comments_after_their_last_day_are_not_taken(alone, asker, asked):
    replied(asker, asked)
    asker.post(f"{asked}/preliminary-determination", {"findings": [DENIED]})
    alone.world.clock.advance(days=31)
    asker = alone.log_in(KOREA, "yoon")
    late = asker.try_post(f"{asked}/preliminary-determination/comments", {"words": "Wait."})
    made = asker.post(f"{asked}/determination", {"findings": [DENIED]})

    assert (late.status_code, late.json()["code"]) == (409, "RUL-PERIOD-ENDED")
    assert made["preliminary"]["comments"] == ""
    assert made["state"] == "DETERMINED"


def test_security_is_let_go_once_the_origin_is_confirmed(asker, asked):
    asker.post(f"{asked}/suspension", {"words": "the doubt is grave"})
    given = {"amount": "1200.00", "currency": "USD", "reference": "GUARANTEE 77"}
    asker.post(f"{asked}/suspension/release", given)
    twice = asker.try_post(f"{asked}/suspension/release", given)
    replied(asker, asked)
    asker.post(f"{asked}/determination", {"findings": [ORIGINATING]})
    (suspended,) = asker.get(f"{asked}/suspensions")["items"]

    assert (twice.status_code, twice.json()["code"]) == (409, "RUL-STATE")
    assert suspended["security"]["reference"] == "GUARANTEE 77"
    assert (suspended["released_on"], suspended["lifted_on"]) == (TODAY, TODAY)
    assert suspended["lifted_because"] == "the origin was confirmed"


def test_determination_goes_to_the_partner_as_a_letter(asker, asked):
    replied(asker, asked)
    asker.post(f"{asked}/determination", {"findings": [ORIGINATING]})
    letter = post_letter(asker, asked, reminder=False)

    assert letter["kind"] == "DETERMINATION"
    assert asker.get(asked)["messages"] == []


# Partners who ask us by letter


@pytest.fixture
def officer(alone):
    return alone.person(KOREA, "kim", Role.OFFICER)


@pytest.fixture
def request_by_letter(alone, officer):
    """A Korean certificate whose producer is another company, and a partner's letter about it."""
    exporter = alone.company()
    maker = {"name": MAKER, "country": "KR", "disclosure": "AVAILABLE_UPON_REQUEST"}
    content = an_application(determined(exporter, agreement="AKFTA"), producer=maker)
    application = approved(exporter, officer, content)
    seen = {"finding": "PASSED", "detail": "the maker's confirmation was seen"}
    officer.post(f"/applications/{application['id']}/checks/PAPERS", seen)
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    asked = {
        "partner": "MY-RMCD",
        "case_number": "RMCD/CO/77",
        "agreement": "AKFTA",
        "asked_on": TODAY,
        "received_on": TODAY,
        "certificates": [
            {
                "number": certificate["number"],
                "issuing_country": "KR",
                "issued_on": certificate["issued_on"],
                "items": [{"item_no": 1, "hs": "850440", "description": "CONVERTERS"}],
            }
        ],
        "doubts": [{"kind": "CRITERION", "text": "the boards come from Japan"}],
        "questions": [{"id": "Q1", "text": "Who made the goods?"}],
        "basis": "Annex 3, Appendix 1, Rule 14",
    }
    received = officer.post("/verifications/received", asked)
    path = f"/verifications/received/{received['id']}"
    return path, officer.post(f"{path}/taking"), certificate


def a_result(certificate, facts):
    finding = {
        "certificate_number": certificate["number"],
        "item_no": 1,
        "authentic": "YES",
        "originating": "YES",
        "facts": facts,
        "basis": "Annex 3, Rule 4",
    }
    return {
        "findings": [finding],
        "answers": [{"id": "Q1", "text": "A Korean company known to us."}],
        "method": "DOCUMENTS",
        "person": "HANBIT ELECTRONICS CO., LTD.",
        "from_date": TODAY,
        "to_date": TODAY,
        "basis": "Korea: FTA Customs Special Act 18",
    }


def test_reply_by_letter_leaves_once_it_is_posted(alone, officer, head, request_by_letter):
    path, taken, certificate = request_by_letter
    officer.post(f"{path}/result", a_result(certificate, "Assembled in Busan."))
    officer.post(f"{path}/papers", {"papers": []})
    head.post(f"{path}/approval")
    unposted = officer.try_post(f"{path}/reply")
    letter = post_letter(officer, path)
    reply = officer.post(f"{path}/reply")

    # Two months from the receipt; seventy percent of its 61 days are 42.
    assert (taken["clock"]["due_on"], taken["internal_due_on"]) == ("2027-01-21", "2027-01-02")
    assert (unposted.status_code, unposted.json()["code"]) == (409, "RUL-STATE")
    assert letter["kind"] == "RESULT-1"
    assert (reply["state"], reply["replied_on"], reply["messages"]) == ("REPLIED", TODAY, [])


def test_masked_producer_is_asked_here_and_not_named_there(alone, officer, head, request_by_letter):
    path, _taken, certificate = request_by_letter
    producer = alone.company("daehan", tax_id="220-81-62517", name=MAKER)
    company = producer.get("/exporters")["items"][0]["id"]
    inquiry = {
        "company_id": company,
        "certificate_number": certificate["number"],
        "words": "Send the papers of production.",
        "starts_on": "2026-11-28",
    }
    as_exporter = officer.try_post(f"{path}/inquiries", inquiry | {"role": "EXPORTER"})
    asked = officer.post(f"{path}/inquiries", inquiry | {"role": "PRODUCER"})
    producer.post(f"/verifications/inquiries/{asked['id']}/answer", {"words": "Here they are."})
    officer.post(f"{path}/result", a_result(certificate, "The maker's records were seen."))
    officer.post(f"{path}/papers", {"papers": []})
    head.post(f"{path}/approval")
    letter = post_letter(officer, path)
    officer.post(f"{path}/reply")
    pdf = officer.try_get(f"{path}/letters/{letter['id']}/pdf").content
    parties = officer.get(f"/certificates/{certificate['id']}")["document"]["parties"]
    maker = next(one for one in parties if one["role"] == "PRODUCER")

    assert as_exporter.status_code == 422
    assert (asked["role"], asked["state"]) == ("PRODUCER", "NOTICED")
    assert (maker["name"], maker["disclosure"]) == (MAKER, "AVAILABLE_UPON_REQUEST")
    assert "The maker's records were seen." in text_of(pdf)
    assert "DAEHAN" not in text_of(pdf)
