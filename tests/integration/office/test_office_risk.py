"""Routing by risk over HTTP: it says who looks and why, and never denies."""

import json

import pytest

from ooms.access.model import Role
from ooms.risk.scorecard import shipped
from tests.offices import an_application, approved, determined


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def supervisor(offices):
    return offices.person("VN-CUSTOMS", "ha", Role.SUPERVISOR)


def a_claim(number, declaration="10511-26-000001", **line):
    claimed = {
        "line_no": 1,
        "certificate_number": number,
        "item_no": 1,
        "hs": "850440",
        "quantity": "20",
        "unit": "C62",
    }
    return {"declaration_number": declaration, "version": 1, "lines": [claimed | line]}


def a_tip(**changes):
    tip = {
        "kind": "OTHER_ORIGIN",
        "subject": {"kind": "EXPORTER", "key": "Hanbit Electronics Co., Ltd."},
        "text": "The boards are said to come assembled.",
        "source": "a letter",
        "received_on": "2026-11-20",
    }
    return tip | changes


def explained(importer, declaration="10511-26-000001"):
    return importer.get(f"/risk/explanation?declaration={declaration}")


def test_ordinary_claim_is_scored_with_every_feature(importer, issued):
    importer.post("/claims", a_claim(issued["number"]))

    (decision,) = explained(importer)["decisions"]
    scored = decision["scored"]
    assert decision["channel"] in ("GREEN", "YELLOW")
    assert scored["points"] == sum(one["points"] for one in scored["contributions"])
    assert scored["model"].startswith("shipped ")
    known = {one["feature"]: one for one in scored["contributions"]}
    assert known["months_known"]["code"] == "NEW_EXPORTER"
    assert known["price_distance"]["value"] is None


def test_tip_refers_the_claim_and_shows_why_to_officers(importer, issued):
    tip = importer.post("/risk/tips", a_tip())

    claim = importer.post("/claims", a_claim(issued["number"]))

    assert tip["due_on"] == "2026-12-20"  # 30 days after receipt
    assert claim["lines"][0]["decision"] == "REFERRED"
    (decision,) = explained(importer)["decisions"]
    assert decision["channel"] == "RED"
    assert "TIP" in decision["selected_by"]
    assert "tip: OTHER_ORIGIN" in decision["reasons"]


def test_closed_tip_sends_nobody_any_more(importer, issued):
    tip = importer.post("/risk/tips", a_tip())
    importer.post(f"/risk/tips/{tip['id']}/decision", {"state": "CLOSED", "reason": "unfounded"})

    importer.post("/claims", a_claim(issued["number"]))
    again = importer.try_post(
        f"/risk/tips/{tip['id']}/decision", {"state": "PLANNED", "reason": "after all"}
    )

    (decision,) = explained(importer)["decisions"]
    assert "TIP" not in decision["selected_by"]
    assert (again.status_code, again.json()["code"]) == (409, "RUL-STATE")


def test_no_risk_whatever_ever_denies_a_claim(importer, issued):
    for kind, key in (("EXPORTER", "Hanbit Electronics Co., Ltd."), ("HS", "8504"), ("HS", "85")):
        subject = {"kind": kind, "key": key}
        entry = {"subject": subject, "reason": "evasion", "source": "HQ"}
        importer.post("/risk/watch-list", entry | {"since": "2026-01-01", "until": "2027-01-01"})
    importer.post("/risk/tips", a_tip())
    capacity = {"exporter": "Hanbit Electronics Co., Ltd.", "hs6": "850440"}
    importer.post("/risk/capacities", capacity | {"kilograms": "1", "source": "a visit"})

    claim = importer.post("/claims", a_claim(issued["number"], quantity="50", unit="KGM"))

    (decision,) = explained(importer)["decisions"]
    assert decision["channel"] == "RED"
    known = {one["feature"]: one["code"] for one in decision["scored"]["contributions"]}
    assert known["watch_hits"] == "WATCHED_TWICE"
    assert known["capacity_used"] == "FAR_OVER_CAPACITY"
    assert claim["lines"][0]["decision"] == "REFERRED"


def test_watch_list_entry_ends_on_its_day_or_by_hand(importer, issued):
    subject = {"kind": "CERTIFICATE", "key": issued["number"].replace("-", " ").lower()}
    entry = {"subject": subject, "reason": "looks altered", "source": "the desk"}
    days = {"since": "2026-11-01", "until": "2027-01-01"}
    kept = importer.post("/risk/watch-list", entry | days)

    importer.post("/claims", a_claim(issued["number"], "D-1"))
    importer.post(f"/risk/watch-list/{kept['id']}/end", {"reason": "it is genuine"})
    importer.post("/claims", a_claim(issued["number"], "D-2"))

    watched = []
    for declaration in ("D-1", "D-2"):
        (decision,) = explained(importer, declaration)["decisions"]
        parts = decision["scored"]["contributions"]
        watched.append(next(one["code"] for one in parts if one["feature"] == "watch_hits"))
    assert watched == ["WATCHED", ""]


def test_figures_of_past_claims_reach_the_next_one(offices, importer, issued):
    office = offices.offices["VN-CUSTOMS"]
    prices = [*range(100, 200, 5)]
    for turn, price in enumerate(prices):
        line = {"quantity": "10", "unit": "KGM", "value": str(price), "currency": "USD"}
        importer.post("/claims", a_claim(issued["number"], f"D-{turn}", **line))
        told = {"declaration": f"D-{turn}", "line_no": 1, "kind": "VERIFICATION"}
        importer.post("/risk/outcomes", told | {"result": "WRONG" if turn == 7 else "RIGHT"})
    assert office.works.do(office.risk.refresh) > 0

    line = {"quantity": "10", "unit": "KGM", "value": "900", "currency": "USD"}
    importer.post("/claims", a_claim(issued["number"], "D-LAST", **line))

    (decision,) = explained(importer, "D-LAST")["decisions"]
    known = {one["feature"]: one for one in decision["scored"]["contributions"]}
    assert known["price_distance"]["code"] == "EXTREME_PRICE"
    assert "of 20 lines" in known["price_distance"]["words"]
    assert known["negative_verifications"]["value"] == "1"
    assert known["months_since_clean"]["code"] == "VERIFIED_LATELY"
    assert "EXTREME_PRICE" in json.dumps(decision["reasons"]) or decision["channel"] == "GREEN"
    report = importer.get("/risk/report")
    assert sum(one["wrong"] for one in report["hits"]) == 1
    assert sum(one["known"] for one in report["hits"]) == 20


def test_table_is_adopted_by_another_person_and_routes_at_once(importer, supervisor, issued):
    strict = shipped().replace('name = "shipped"', 'name = "strict"')
    strict = strict.replace("red = 60", "red = 2").replace("yellow = 30", "yellow = 1")
    brought = supervisor.post("/risk/models", {"content": strict})
    adopt = {"state": "CHAMPION", "reason": "trained on two years"}
    own = supervisor.try_post(f"/risk/models/{brought['id']}/adoption", adopt)
    other = importer.post("/risk/models", {"content": strict})
    refused = importer.try_post(f"/risk/models/{other['id']}/adoption", adopt)
    adopted = supervisor.post(f"/risk/models/{other['id']}/adoption", adopt)

    claim = importer.post("/claims", a_claim(issued["number"]))

    assert (own.status_code, refused.status_code) == (422, 403)
    assert adopted["state"] == "CHAMPION"
    (decision,) = explained(importer)["decisions"]
    assert decision["scored"]["model"].startswith("strict ")
    assert decision["channel"] == "RED"
    assert claim["lines"][0]["decision"] == "REFERRED"


def test_challenger_is_compared_but_routes_nothing(importer, supervisor, issued):
    strict = shipped().replace("red = 60", "red = 2").replace("yellow = 30", "yellow = 1")
    strict = strict.replace("per_mille = 10", "per_mille = 0")
    lenient = shipped().replace("per_mille = 10", "per_mille = 0")
    for content, state in ((lenient, "CHAMPION"), (strict, "CHALLENGER")):
        brought = importer.post("/risk/models", {"content": content})
        move = {"state": state, "reason": "to compare"}
        supervisor.post(f"/risk/models/{brought['id']}/adoption", move)

    claim = importer.post("/claims", a_claim(issued["number"]))

    (decision,) = explained(importer)["decisions"]
    assert (decision["channel"], decision["challenger"]["channel"]) == ("GREEN", "RED")
    assert claim["lines"][0]["decision"] == "GRANTED"
    (cell,) = importer.get("/risk/report")["differences"]
    assert (cell["champion"], cell["challenger"], cell["lines"]) == ("GREEN", "RED", 1)


def test_broken_table_is_refused_with_its_place(importer):
    broken = shipped().replace("yellow = 30", "yellow = 90")

    answer = importer.try_post("/risk/models", {"content": broken})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/channels"


def test_unknown_kind_of_tip_is_refused(importer):
    answer = importer.try_post("/risk/tips", a_tip(kind="RUMOR"))

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/kind")


def test_outcome_of_a_line_that_was_never_routed_is_refused(importer):
    told = {"declaration": "NONE", "line_no": 1, "kind": "DECISION", "result": "WRONG"}

    assert importer.try_post("/risk/outcomes", told).status_code == 404


def outcomes_of(importer, declaration="10511-26-000001"):
    told = explained(importer, declaration)["outcomes"]
    return [(one["kind"], one["result"], one["detail"]) for one in told]


def test_decision_of_an_officer_is_an_outcome_of_routing(importer, issued):
    claim = importer.post("/claims", a_claim(issued["number"]))
    granted = outcomes_of(importer)

    denial = {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "the plates say SC-900"}
    importer.post(f"/claims/{claim['id']}/lines/1/decisions", denial)

    assert granted == [("DECISION", "RIGHT", "")]
    assert outcomes_of(importer) == [("DECISION", "WRONG", "OTHER-GOODS")]


def test_new_version_takes_the_outcome_of_the_old_one_back(importer, issued):
    importer.post("/claims", a_claim(issued["number"]))

    importer.post("/risk/tips", a_tip())
    later = importer.post("/claims", a_claim(issued["number"]) | {"version": 2})

    assert later["lines"][0]["decision"] == "REFERRED"
    assert outcomes_of(importer) == [("DECISION", "OPEN", "")]


#: Words of a routing decision that neither a partner nor an importer may read.
SECRET = ("tip", "OTHER_ORIGIN", "assembled", "NEW_EXPORTER", "points", "selected", "RUL-SELECTED")


@pytest.fixture
def outside(offices, exporter, officer, importer, issued):
    """Everything that the issuing side, its exporter and the importer read of a claim."""

    def read(claim):
        offices.run()
        told = [person.get(f"/certificates/{issued['id']}") for person in (exporter, officer)]
        notices = importer.get(f"/claims/{claim['id']}/notices")["items"]
        return json.dumps([[one["notes"], one["use"]] for one in told] + [notices])

    return read


@pytest.mark.parametrize(
    "decision",
    [
        {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "the plates say SC-900"},
        {"verdict": "PARTLY", "quantity": "5", "ground": "EXCEEDED", "facts": "5 came"},
        {"verdict": "SUSPENDED", "verification": "V-1", "facts": "the origin is verified"},
        {"verdict": "GRANTED"},
    ],
)
def test_reasons_of_routing_stay_inside_whatever_is_decided(importer, issued, outside, decision):
    importer.post("/risk/tips", a_tip())
    claim = importer.post("/claims", a_claim(issued["number"]))
    importer.post(f"/claims/{claim['id']}/lines/1/decisions", decision)

    told = outside(claim)

    assert claim["lines"][0]["reason_code"] == "RUL-SELECTED"
    assert decision["verdict"] in told or "PARTLY" in told
    assert [word for word in SECRET if word in told] == []


def test_reasons_of_routing_stay_out_of_denials_by_rule(importer, issued, outside):
    importer.post("/risk/tips", a_tip())
    claim = importer.post("/claims", a_claim(issued["number"], quantity="501"))

    told = outside(claim)

    assert claim["lines"][0]["reason_code"] == "LED-EXCEEDED"
    assert "DENIED" in told
    assert [word for word in SECRET if word in told] == []


def test_reasons_of_routing_stay_inside_when_a_claim_is_withdrawn(importer, issued, outside):
    importer.post("/claims", a_claim(issued["number"]))
    importer.post("/risk/tips", a_tip())
    claim = importer.post("/claims", a_claim(issued["number"]) | {"version": 2})

    told = outside(claim)

    assert claim["lines"][0]["reason_code"] == "RUL-SELECTED"
    assert "WITHDRAWN" in told
    assert [word for word in SECRET if word in told] == []
