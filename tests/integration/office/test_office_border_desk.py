"""What an officer at the border sees at one desk: lists, certificates, previews, papers."""

from __future__ import annotations

import pytest

from ooms.bootstrap.papers import own_issuer
from ooms.documents.trust import write_issuer
from tests.integration.databases import SQLITE
from tests.integration.office import test_office_verifications as story
from tests.integration.office.test_office_verifications import HS, KOREA, VIET_NAM

agreed, people, issued = story.agreed, story.people, story.issued
pytestmark = pytest.mark.parametrize("agreed", [SQLITE], indirect=True)


def claimed(asker, number, declaration, **line):
    """Claim some pieces of the certificate's only item."""
    stated = {
        "line_no": 1,
        "certificate_number": number,
        "item_no": 1,
        "hs": HS,
        "quantity": "10",
        "unit": "C62",
    }
    return asker.post(
        "/claims",
        {"declaration_number": declaration, "office": "HAI PHONG", "lines": [stated | line]},
    )


def test_claims_wait_for_an_officer_the_oldest_first(people, issued):
    asker, number = people["asker"], issued["number"]
    doubtful = {"description": "FROZEN SHRIMPS"}
    older = claimed(asker, number, "HPH-1", **doubtful)
    granted = claimed(asker, number, "HPH-2")
    newer = claimed(asker, number, "HPH-3", **doubtful)
    waiting = asker.get("/claims?decision=REFERRED&oldest_first=true")["items"]
    after = asker.get(f"/claims?decision=REFERRED&oldest_first=true&cursor={older['id']}")["items"]
    sent = [
        one["id"]
        for channel in ("GREEN", "YELLOW", "RED")
        for one in asker.get(f"/claims?channel={channel}")["items"]
    ]

    assert [one["id"] for one in waiting] == [older["id"], newer["id"]]
    assert [one["id"] for one in after] == [newer["id"]]
    assert sorted(sent) == sorted([older["id"], granted["id"], newer["id"]])


def test_claim_is_shown_beside_the_certificate_as_registered(people, issued):
    asker = people["asker"]
    claim = claimed(asker, issued["number"], "HPH-1", description="FROZEN SHRIMPS")
    (held,) = asker.get(f"/claims/{claim['id']}/certificates")["items"]
    spelled = issued["number"].replace("-", " ").lower()
    using = asker.get(f"/claims?certificate_number={spelled}")["items"]
    (looked_up,) = asker.get(f"/claims/certificates?number={spelled}")["items"]

    assert (held["partner"], held["state"], held["issuing_country"]) == (KOREA, "AVAILABLE", "KR")
    assert held["items"][0]["hs"] == HS
    assert held["meant_by"] == [{"line_no": 1, "spec_no": 0}]
    assert [one["id"] for one in using] == [claim["id"]]
    assert looked_up["number"] == held["number"]
    assert looked_up["warning"].endswith("same number, other spelling")


def test_denial_is_read_before_it_is_decided(people, issued):
    asker = people["asker"]
    claim = claimed(asker, issued["number"], "HPH-1", description="FROZEN SHRIMPS")
    line = f"/claims/{claim['id']}/lines/1"
    wanted = {"verdict": "DENIED", "ground": "OFFICER", "facts": "The goods are shrimps."}
    preview = asker.post(f"{line}/decisions/preview", wanted)
    before = asker.get(f"/claims/{claim['id']}/proceedings")
    decided = asker.post(f"{line}/decisions", wanted)
    asker.post(f"{line}/objections", {"words": "They are converters."})
    after = asker.get(f"/claims/{claim['id']}/proceedings")

    assert preview["texts"] == decided["texts"]
    assert "The goods are shrimps." in preview["texts"]["en"]
    assert before == {
        "decisions": [],
        "completions": [],
        "objections": [],
        "amounts": [],
        "prior_notices": [],
        "late": None,
    }
    assert [one["verdict"] for one in after["decisions"]] == ["DENIED"]
    assert [one["specification"] for one in after["objections"]] == [0]


def test_preview_of_a_decision_asks_for_the_same_as_the_decision(people, issued):
    asker = people["asker"]
    claim = claimed(asker, issued["number"], "HPH-1", description="FROZEN SHRIMPS")
    wanted = {"verdict": "DENIED", "ground": "OFFICER"}
    refused = asker.try_post(f"/claims/{claim['id']}/lines/1/decisions/preview", wanted)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/facts"


def paper_of(people, issued):
    return people["exporter"].try_get(f"/certificates/{issued['id']}/document").content


def shown(asker, paper):
    answer = asker.client.post(
        "/api/v1/documents/check", files={"file": ("co.pdf", paper)}, headers=asker.headers
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def trust_korea(agreed):
    """Let Viet Nam believe the seals of Korea, as its operator does; offices read that once."""
    korean, vietnamese = agreed.offices[KOREA], agreed.offices[VIET_NAM]
    folder = vietnamese.folder / vietnamese.settings.documents.trust
    write_issuer(own_issuer(korean.node), folder)
    del vietnamese.__dict__["documents"]


def test_paper_is_held_against_what_was_registered(agreed, people, issued):
    paper = paper_of(people, issued)
    strange = shown(people["asker"], paper)
    trust_korea(agreed)
    told = shown(people["asker"], paper)
    (found,) = told["registered"]

    assert (strange["authentic"], strange["registered"]) == ("NO", [])
    assert [told[one] for one in ("authentic", "unaltered", "valid")] == ["YES"] * 3
    assert found["same"], found["compared"]
    assert found["certificate"]["number"] == issued["number"]
    assert {"number", "issued_on", "exporter", "items.1.hs"} <= {
        one["what"] for one in found["compared"]
    }


def test_open_verifications_are_listed_with_our_own_last_day(people, issued):
    path, sent = story.requested(people, issued)
    asker = people["asker"]
    listed = asker.get("/verifications?is_open=true")["items"]
    over = asker.get("/verifications?is_open=false")["items"]

    assert [f"/verifications/{one['id']}" for one in listed] == [path]
    assert over == []
    assert sent["asked_on"] < listed[0]["internal_due_on"] < listed[0]["due_on"]
