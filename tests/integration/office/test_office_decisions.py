"""Decisions on claims over two offices: what is decided, what the ledger holds, who hears of it."""

from __future__ import annotations

from datetime import date

import pytest

from ooms.access.model import Role
from ooms.jobs import lapse_completions
from ooms.ledger.model import ItemKey
from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined

DENIED = {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "the plates say SC-900"}
A_TIP = {
    "kind": "OTHER_ORIGIN",
    "subject": {"kind": "EXPORTER", "key": "Hanbit Electronics Co., Ltd."},
    "text": "The boards are said to come assembled.",
    "source": "a letter",
    "received_on": "2026-11-20",
}
SECURITY = {"amount": "100.00", "currency": "USD", "reference": "BOND-7"}


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def second(offices):
    """Another import officer in Viet Nam."""
    return offices.person("VN-CUSTOMS", "minh", Role.IMPORT_OFFICER)


@pytest.fixture
def claim(importer, issued):
    """A claim of 200 pieces that the rules grant."""
    return importer.post("/claims", a_claim(issued["number"]))


def decide(person, claim, **decision):
    return person.post(f"/claims/{claim['id']}/lines/1/decisions", decision)


def seen(offices, exporter, issued):
    """What the exporter sees of the use of his certificate, the newest note last."""
    offices.run()
    shown = exporter.get(f"/certificates/{issued['id']}")
    told = [one["facts"] for one in shown["notes"] if one["kind"] == "certificate.used"]
    return shown["use"], [one["decisions"][0] for one in told]


def used_percent(offices, issued):
    """What the ledger says is drawn or set aside of the first item, in pieces."""
    office = offices.offices["VN-CUSTOMS"]

    key = ItemKey("KR", "AKFTA", "".join(filter(str.isalnum, issued["number"])), 1)
    balance = office.works.read(lambda work: office.ledger.balance(work, key))
    return int(balance.used * 500), int(balance.reserved * 500)


def test_rule_and_officer_leave_a_history_of_decisions(importer, claim):
    decide(importer, claim, **DENIED)
    history = importer.get(f"/claims/{claim['id']}/lines/1/decisions")["items"]

    assert [(one["seq"], one["verdict"], one["cause"]) for one in history] == [
        (1, "GRANTED", "RULE"),
        (2, "DENIED", "OFFICER"),
    ]


def test_denial_gives_the_quantity_back_and_tells_the_exporter(
    offices, exporter, importer, issued, claim
):
    assert used_percent(offices, issued) == (200, 0)

    denied = decide(importer, claim, **DENIED)
    use, told = seen(offices, exporter, issued)

    assert used_percent(offices, issued) == (0, 0)
    assert use == []
    assert told[-1]["outcome"] == "DENIED"
    assert told[-1]["reason_code"] == "OTHER_GOODS"
    assert "Ground: the goods are not those of the certificate." in denied["texts"]["en"]
    assert denied["why"]["remedies"][0]["kind"] == "OBJECTION"
    assert importer.get(f"/claims/{claim['id']}")["lines"][0]["decision"] == "DENIED"


def test_part_that_is_granted_is_what_the_exporter_sees(offices, exporter, importer, issued, claim):
    partly = {"verdict": "PARTLY", "quantity": "150", "ground": "EXCEEDED", "facts": "150 came"}
    decide(importer, claim, **partly)
    use, told = seen(offices, exporter, issued)

    assert used_percent(offices, issued) == (150, 0)
    assert use[0]["granted"] == "150"
    assert told[-1]["outcome"] == "PARTLY"


def test_suspension_sets_the_quantity_aside_until_decided(
    offices, exporter, importer, issued, claim
):
    decide(importer, claim, verdict="SUSPENDED", verification="V-1", facts="origin in doubt")
    use, told = seen(offices, exporter, issued)

    assert used_percent(offices, issued) == (200, 200)
    assert use == []
    assert told[-1]["outcome"] == "SUSPENDED"

    decide(importer, claim, verdict="GRANTED", refund={"amount": "80.00", "currency": "USD"})

    assert used_percent(offices, issued) == (200, 0)
    (refund,) = importer.get("/refunds?state=DUE")["items"]
    assert (refund["kind"], refund["amount"]) == ("REFUND", "80.00")


@pytest.mark.parametrize(
    ("decision", "settled"),
    [
        ({"verdict": "GRANTED"}, [("RELEASE_SECURITY", "100.00")]),
        (DENIED, [("CALL_SECURITY", "100.00")]),
        (
            {"verdict": "PARTLY", "quantity": "150", "ground": "EXCEEDED", "facts": "150 came"},
            [("RELEASE_SECURITY", "75.00"), ("CALL_SECURITY", "25.00")],
        ),
    ],
)
def test_security_is_released_or_called_by_what_is_decided(importer, claim, decision, settled):
    decide(importer, claim, verdict="SECURED", verification="V-1", security=SECURITY)
    decide(importer, claim, **decision)
    amounts = importer.get("/refunds")["items"]

    assert [(one["kind"], one["amount"]) for one in amounts] == settled
    assert {one["reference"] for one in amounts} == {"BOND-7"}


def test_amount_is_told_and_confirmed_once_each(importer, claim):
    decide(importer, claim, verdict="SECURED", verification="V-1", security=SECURITY)
    decide(importer, claim, verdict="GRANTED")
    (amount,) = importer.get("/refunds")["items"]
    path = f"/refunds/{amount['id']}"

    too_early = importer.try_post(f"{path}/confirmation", {"confirmation": "OK-1"})
    importer.post(f"{path}/telling")
    done = importer.post(f"{path}/confirmation", {"confirmation": "OK-1"})

    assert too_early.status_code == 409
    assert (done["state"], done["confirmation"]) == ("CONFIRMED", "OK-1")
    assert importer.try_post(f"{path}/telling").status_code == 409


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ({"verdict": "DENIED", "facts": "no ground"}, 422),
        ({"verdict": "DENIED", "ground": "OTHER-GOODS"}, 422),
        ({"verdict": "DENIED", "ground": "KR-35-4", "facts": "a ground of Korea's law"}, 422),
        ({"verdict": "PARTLY", "quantity": "200", "ground": "EXCEEDED", "facts": "all"}, 422),
        ({"verdict": "SECURED", "verification": "V-1"}, 422),
        ({"verdict": "SUSPENDED"}, 422),
        ({"verdict": "GRANTED"}, 409),
    ],
)
def test_decision_that_lacks_something_is_refused(importer, claim, decision, status):
    answer = importer.try_post(f"/claims/{claim['id']}/lines/1/decisions", decision)

    assert answer.status_code == status


def test_one_bad_line_never_blocks_the_others(importer, issued):
    body = a_claim(issued["number"])
    (good,) = body["lines"]
    bad = good | {"line_no": 2, "certificate_number": "K001-26-9999999"}
    claim = importer.post("/claims", body | {"lines": [good, bad]})
    bad_history = importer.get(f"/claims/{claim['id']}/lines/2/decisions")["items"]
    notices = importer.get(f"/claims/{claim['id']}/notices")["items"]

    assert {one["line_no"]: one["decision"] for one in claim["lines"]}[1] == "GRANTED"
    assert [one["line_no"] for one in notices] in ([2], [])
    assert [one["verdict"] for one in bad_history] in (["DENIED"], [])


def test_new_version_withdraws_what_was_decided(offices, exporter, importer, issued, claim):
    importer.post("/claims", a_claim(issued["number"], version=2, quantity="500"))
    old = importer.get(f"/claims/{claim['id']}/lines/1/decisions")["items"]
    use, _told = seen(offices, exporter, issued)

    assert [one["verdict"] for one in old] == ["GRANTED", "WITHDRAWN"]
    assert use[0]["granted"] == "500"


def of_two_lines(importer, issued):
    """A claim whose two lines use 100 and 200 pieces of the one item."""
    body = a_claim(issued["number"], quantity="100")
    (line,) = body["lines"]
    return importer.post(
        "/claims", body | {"lines": [line, line | {"line_no": 2, "quantity": "200"}]}
    )


def test_two_lines_of_one_item_are_told_as_one(offices, exporter, importer, issued):
    claim = of_two_lines(importer, issued)
    use, told = seen(offices, exporter, issued)

    assert [one["decision"] for one in claim["lines"]] == ["GRANTED", "GRANTED"]
    assert use[0]["granted"] == "300"
    assert [one["quantity"]["value"] for one in told] == ["300"]


def test_line_that_is_denied_leaves_the_others_of_the_item(offices, exporter, importer, issued):
    decide(importer, of_two_lines(importer, issued), **DENIED)
    use, told = seen(offices, exporter, issued)

    assert use[0]["granted"] == "200"
    assert (told[-1]["outcome"], told[-1]["reason_code"]) == ("PARTLY", "OTHER_GOODS")


def test_part_of_one_line_adds_to_the_whole_of_another(offices, exporter, importer, issued):
    importer.post("/risk/tips", A_TIP)
    claim = of_two_lines(importer, issued)
    partly = {"verdict": "PARTLY", "quantity": "50", "ground": "EXCEEDED", "facts": "50 came"}
    decide(importer, claim, **partly)
    whole = {"decision": "GRANTED", "reason": "looked at"}
    importer.post(f"/claims/{claim['id']}/lines/2/decision", whole)
    use, _told = seen(offices, exporter, issued)

    assert [one["decision"] for one in claim["lines"]] == ["REFERRED", "REFERRED"]
    assert use[0]["granted"] == "250"


def test_objection_is_decided_by_another_officer_and_reverses(
    offices, exporter, importer, second, issued, claim
):
    decide(importer, claim, **DENIED)
    objection = importer.post(
        f"/claims/{claim['id']}/lines/1/objections", {"words": "the plates were changed"}
    )
    path = f"/objections/{objection['id']}/decision"
    body = {"words": "the plates were changed", "instead": {"verdict": "GRANTED"}}

    own = importer.try_post(path, body)
    reversed_ = second.post(path, body)
    use, told = seen(offices, exporter, issued)

    assert own.json()["code"] == "AUT-SECOND-EYES"
    assert reversed_["state"] == "REVERSED"
    assert used_percent(offices, issued) == (200, 0)
    assert use[0]["granted"] == "200"
    assert [one["outcome"] for one in told] == ["PARTLY", "DENIED", "PARTLY"]
    history = importer.get(f"/claims/{claim['id']}/lines/1/decisions")["items"]
    assert history[-1]["cause"] == "OBJECTION"


def test_objection_that_is_upheld_lets_the_denial_stand(importer, second, claim):
    decide(importer, claim, **DENIED)
    objections = f"/claims/{claim['id']}/lines/1/objections"
    objection = importer.post(objections, {"words": "not so"})
    again = importer.try_post(objections, {"words": "not so"})
    upheld = second.post(f"/objections/{objection['id']}/decision", {"words": "it is so"})

    assert again.status_code == 409
    assert upheld["state"] == "UPHELD"
    assert "stands: it is so" in upheld["texts"]["en"]


def test_objection_after_its_last_day_is_kept_as_inadmissible(offices, importer, claim):
    decide(importer, claim, **DENIED)
    offices.world.clock.advance(seconds=31 * 86400)
    late = offices.log_in("VN-CUSTOMS", "linh").post(
        f"/claims/{claim['id']}/lines/1/objections", {"words": "sorry"}
    )

    assert late["state"] == "INADMISSIBLE"
    assert "cannot be heard" in late["texts"]["en"]


def objected(importer, claim):
    decide(importer, claim, **DENIED)
    path = f"/claims/{claim['id']}/lines/1/objections"
    return importer.post(path, {"words": "not so"})


def test_days_of_putting_right_do_not_count_for_an_objection(offices, importer, second, claim):
    objection = objected(importer, claim)
    path = f"/objections/{objection['id']}"

    asked = importer.post(f"{path}/completion-request", {"words": "Sign it.", "days": 10})
    twice = importer.try_post(f"{path}/completion-request", {"words": "Sign it."})
    too_early = second.try_post(f"{path}/decision", {"words": "it is so"})
    offices.world.clock.advance(days=4)
    importer, second = (offices.log_in("VN-CUSTOMS", one) for one in ("linh", "minh"))
    answered = importer.post(f"{path}/completion", {"words": "Signed."})
    upheld = second.post(f"{path}/decision", {"words": "it is so"})

    assert objection["due_on"] == "2026-12-21"
    assert asked["supplements"][0]["due_on"] == "2026-12-01"
    assert asked["due_on"] == "2026-12-31"
    assert "put right until 2026-12-01: Sign it." in asked["supplements"][0]["texts"]["en"]
    assert (twice.status_code, too_early.status_code) == (409, 409)
    assert answered["due_on"] == "2026-12-25"
    assert upheld["state"] == "UPHELD"
    notices = importer.get(f"/claims/{claim['id']}/notices")["items"]
    assert "SUPPLEMENT" in {one["kind"] for one in notices}


@pytest.mark.parametrize(("days", "code"), [(20, 200), (21, 422)])
def test_objection_is_put_right_within_twenty_days(importer, claim, days, code):
    path = f"/objections/{objected(importer, claim)['id']}"

    answer = importer.try_post(f"{path}/completion-request", {"words": "Sign it.", "days": days})

    assert answer.status_code == code


def test_objection_that_was_not_put_right_is_decided_as_it_is(offices, importer, second, claim):
    path = f"/objections/{objected(importer, claim)['id']}"
    importer.post(f"{path}/completion-request", {"words": "Sign it.", "days": 5})
    offices.world.clock.advance(days=6)
    importer, second = (offices.log_in("VN-CUSTOMS", one) for one in ("linh", "minh"))

    late = importer.try_post(f"{path}/completion", {"words": "Signed."})
    upheld = second.post(f"{path}/decision", {"words": "nobody signed"})
    nothing = importer.try_post(f"{path}/completion", {"words": "Signed."})

    assert (late.json()["code"], nothing.json()["code"]) == ("RUL-PERIOD-ENDED", "RUL-STATE")
    assert (upheld["state"], upheld["due_on"]) == ("UPHELD", "2026-12-26")


def test_completion_is_asked_answered_and_accepted(importer, claim):
    path = f"/claims/{claim['id']}/lines/1/completion-requests"
    asked = importer.post(path, {"defects": ["FILLED_WRONGLY"], "words": "box 7", "days": 10})
    twice = importer.try_post(path, {"defects": ["FILLED_WRONGLY"]})
    too_short = importer.try_post(path, {"defects": ["FILLED_WRONGLY"], "days": 4})
    importer.post(f"/completion-requests/{asked['id']}/answer", {"words": "a new copy"})
    done = importer.post(
        f"/completion-requests/{asked['id']}/judgment", {"accepted": True, "words": "it does"}
    )

    assert twice.status_code == 409
    assert too_short.status_code in (409, 422)
    assert done["state"] == "ACCEPTED"
    assert "accepted after the certificate's validity as well" in asked["texts"]["en"]


def test_completion_lapses_after_its_last_day_only(offices, importer, claim):
    path = f"/claims/{claim['id']}/lines/1/completion-requests"
    asked = importer.post(path, {"defects": ["ENTRY_DIFFERS"], "days": 5})
    office = offices.offices["VN-CUSTOMS"]

    offices.world.clock.advance(seconds=5 * 86400)
    on_the_day = lapse_completions(office)
    offices.world.clock.advance(seconds=86400)
    after = lapse_completions(office)
    person = offices.log_in("VN-CUSTOMS", "linh")
    answer = person.try_post(f"/completion-requests/{asked['id']}/answer", {"words": "here"})

    assert (on_the_day, after) == (0, 1)
    assert person.get("/completion-requests?state=LAPSED")["items"][0]["id"] == asked["id"]
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("kind", "since", "in_time"),
    [
        # Today is 21 November 2026 in Viet Nam.
        ("LATE", date(2025, 11, 21), True),
        ("LATE", date(2025, 11, 20), False),
        ("RECLASSIFIED", date(2026, 10, 7), True),
        ("RECLASSIFIED", date(2026, 10, 6), False),
    ],
)
def test_late_claim_is_taken_on_its_last_day(importer, issued, kind, since, in_time):
    body = {"kind": kind, "since": since.isoformat(), "claim": a_claim(issued["number"])}
    taken = importer.post("/late-claims", body)
    (line,) = taken["claim"]["lines"]
    history = importer.get(f"/claims/{taken['claim_id']}/lines/1/decisions")["items"]

    assert taken["in_time"] is in_time
    assert line["decision"] == ("GRANTED" if in_time else "DENIED")
    assert history[-1]["why"] is None if in_time else history[-1]["why"]["ground"]
    assert not taken["paper_needed"]
    assert taken["decide_by"] > taken["received_on"]


@pytest.mark.parametrize(
    ("about", "decision"),
    [
        # Today is 21 November 2026 in Viet Nam.
        ({"claim_type": "LATE", "released_on": "2025-11-21"}, "GRANTED"),
        ({"claim_type": "LATE", "released_on": "2025-11-20"}, "DENIED"),
        (
            # In time, and the certificate's first day had begun where it was issued.
            {"claim_type": "LATE", "released_on": "2025-11-20", "claimed_on": "2026-11-20"},
            "GRANTED",
        ),
        ({"claim_type": "RECLASSIFIED", "reclassified_on": "2026-10-07"}, "GRANTED"),
        ({"claim_type": "RECLASSIFIED", "reclassified_on": "2026-10-06"}, "DENIED"),
        ({"claim_type": "AT_IMPORT", "released_on": "2020-01-01"}, "GRANTED"),
    ],
)
def test_late_claim_among_others_is_held_against_its_last_day(importer, issued, about, decision):
    claim = importer.post("/claims", a_claim(issued["number"]) | about)
    (line,) = claim["lines"]
    history = importer.get(f"/claims/{claim['id']}/lines/1/decisions")["items"]

    assert line["decision"] == decision
    if decision == "DENIED":
        assert line["reason_code"] == "RUL-LATE-CLAIM"
        assert history[-1]["why"]["remedies"]


@pytest.mark.parametrize("claim_type", ["LATE", "RECLASSIFIED"])
def test_late_claim_that_names_no_first_day_is_refused(importer, issued, claim_type):
    answer = importer.try_post("/claims", a_claim(issued["number"]) | {"claim_type": claim_type})

    assert answer.status_code == 422
    assert "_on" in answer.json()["errors"][0]["detail"]


def test_paper_is_asked_for_a_reason_of_the_law_only(importer, issued):
    body = {"since": "2026-11-01", "claim": a_claim(issued["number"])}

    strange = importer.try_post("/late-claims", body | {"paper_because": "A_FEELING"})
    asked = importer.post("/late-claims", body | {"paper_because": "INVESTIGATION"})

    assert strange.status_code == 422
    assert asked["paper_needed"]
    assert "The paper is asked for" in asked["texts"]["en"]


def test_grounds_are_listed_in_the_readers_words(importer):
    listed = importer.get("/decisions/grounds?agreement=KVFTA")
    codes = {one["code"]: one for one in listed["items"]}

    assert codes["EXPIRED"]["basis"] == ["Korea-Viet Nam FTA 3.16(3)"]
    assert "KR-35-4" not in codes
    assert {one["kind"] for one in listed["clocks"]} >= {"OBJECTION", "COMPLETION"}
