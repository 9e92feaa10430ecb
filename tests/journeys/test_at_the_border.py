"""Two countries, one certificate: used twice, refused once, verified, denied, and granted again."""

from __future__ import annotations

from ooms.jobs import fill_statistics
from ooms.ledger.model import ItemKey
from tests.integration.office.test_office_verifications import (
    HS,
    PAPER,
    VIET_NAM,
    adverse,
    confirmed,
    consents,
    inquired,
    received,
    replied,
    requested,
)


def a_claim(number, declaration, *, office, pieces):
    """A claim at an office of Viet Nam for some of the 500 pieces."""
    line = {"line_no": 1, "certificate_number": number, "item_no": 1, "hs": HS}
    return {
        "declaration_number": declaration,
        "office": office,
        "lines": [line | {"quantity": pieces, "unit": "C62"}],
    }


def drawn(agreed, issued):
    """How many of the 500 pieces the ledger of Viet Nam holds as used."""
    office = agreed.offices[VIET_NAM]
    key = ItemKey("KR", "KVFTA", "".join(filter(str.isalnum, issued["number"])), 1)
    return int(office.works.read(lambda work: office.ledger.balance(work, key)).used * 500)


def seen_by_exporter(agreed, people, issued):
    """What the Korean exporter sees granted of his certificate."""
    agreed.run()
    use = people["exporter"].get(f"/certificates/{issued['id']}")["use"]
    return sum(int(one["granted"]) for one in use)


def figures(agreed, person, side):
    """Granted and denied items, as one side counts them."""
    for office in agreed.offices.values():
        fill_statistics(office)
    cells = person.get(f"/statistics?side={side}")["cells"]
    return sum(one["granted"] for one in cells), sum(one["denied"] for one in cells)


def standing(agreed, people, issued):
    """What ledger and exporter say is used, and what both sides count: each pair must agree."""
    pieces = drawn(agreed, issued), seen_by_exporter(agreed, people, issued)
    here = figures(agreed, people["asker"], "IMPORT")
    there = figures(agreed, people["officer"], "EXPORT")

    assert pieces[0] == pieces[1]
    assert here == there
    return pieces[0], *here


def percent_seen(agreed, people, issued):
    """How much of the item the Korean exporter sees used, in percent."""
    agreed.run()
    shown = people["exporter"].get(f"/certificates/{issued['id']}")
    return shown["exchange"]["state"], [one["percent"] for one in shown["use"]]


def used_up(agreed, people, issued):
    """Two claims at two offices that take all of it; return where the second is decided."""
    asker, number = people["asker"], issued["number"]
    first = asker.post("/claims", a_claim(number, "HPH-1", office="HAI PHONG", pieces="200"))
    after_first = percent_seen(agreed, people, issued)
    second = asker.post("/claims", a_claim(number, "SGN-1", office="SAI GON", pieces="300"))
    line = f"/claims/{second['id']}/lines/1/decisions"
    if second["lines"][0]["decision"] == "REFERRED":
        # Two offices use one item, so an officer looks; the ledger has room for it.
        asker.post(line, {"verdict": "GRANTED", "facts": "the certificate covers both"})

    assert first["lines"][0]["decision"] == "GRANTED"
    assert after_first == ("USED_PARTLY", ["40"])
    assert percent_seen(agreed, people, issued) == (
        "USED",
        ["100"],
    )  # of an item, not of a declaration
    return second["id"], line


def verified(agreed, people, issued, *, claim_id):
    """Ask Korea, which answers with the one paper that its company consents to."""
    path, _sent = requested(people, issued, claim_ids=[claim_id])
    case = received(agreed, people)
    consents(people, "OTHER")
    inquired(people, case)
    reply = replied(agreed, people, case, originating="NO")

    assert [one["title"] for one in reply["result"]["withheld"]] == ["cost sheet"]
    assert people["asker"].get(path)["replies"][0]["papers"] == [PAPER]
    return path


def learned(people, declaration):
    """What the selection of risks knows of a line by now: the decision's and the partner's word."""
    told = people["asker"].get(f"/risk/explanation?declaration={declaration}")["outcomes"]
    return {one["kind"]: one["result"] for one in told}


def test_certificate_is_used_up_verified_denied_and_granted_again(agreed, people, issued):
    asker = people["asker"]
    claim_id, line = used_up(agreed, people, issued)
    third = a_claim(issued["number"], "DAD-1", office="DA NANG", pieces="1")
    refused = asker.post("/claims", third)["lines"][0]
    after_use = standing(agreed, people, issued)

    path = verified(agreed, people, issued, claim_id=claim_id)
    asker.post(f"{path}/determination", adverse(issued))
    denied = asker.get(line)["items"][-1]
    after_denial = standing(agreed, people, issued)
    denied_line = learned(people, "SGN-1")

    asker.post(f"{path}/notices", {"kind": "DECISION", "channel": "letter"})
    asker.post(f"{path}/objection", {"words": "The boards were assembled in Busan."})
    decision = {"reasons": "new records", "findings": confirmed(issued)}
    people["head"].post(f"{path}/objection/decision", decision)
    granted = asker.get(line)["items"][-1]
    after_objection = standing(agreed, people, issued)
    granted_line, same_item = learned(people, "SGN-1"), learned(people, "HPH-1")

    assert (refused["decision"], refused["reason_code"]) == ("DENIED", "LED-EXCEEDED")
    assert (denied["verdict"], denied["cause"]) == ("DENIED", "VERIFICATION")
    assert denied["why"]["ground"] == "NOT-ORIGINATING"
    assert "An objection may be made in writing until" in denied["texts"]["en"]
    assert (granted["verdict"], granted["cause"]) == ("GRANTED", "OBJECTION")
    # Pieces used of 500, items granted, items denied.
    assert [after_use, after_denial, after_objection] == [(500, 2, 1), (200, 1, 2), (500, 2, 1)]
    assert denied_line == {"DECISION": "WRONG", "VERIFICATION": "WRONG"}
    assert granted_line == {"DECISION": "RIGHT", "VERIFICATION": "RIGHT"}
    assert same_item["VERIFICATION"] == "RIGHT"  # the certificate's item was verified for all
