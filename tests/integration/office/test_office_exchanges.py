"""Partners, messages and diagnostics, as those who keep the exchange going see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from eodes.store.reconciliations import Reconciliations
from eodes.store.records import FoundDifference, ReconciliationRun
from ooms.access.model import Role
from ooms.exchanges.judging import of_channel, of_system
from ooms.exchanges.model import Channel, Condition, Finding, Hole, Job, Key, Light, worst
from tests.offices import an_application, approved, determined

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
QUIET = Channel(
    partner="VN-CUSTOMS",
    name="Viet Nam Customs",
    country="VN",
    suspended_until=None,
    last_sent_at=None,
    last_heard_at=None,
    on_the_way=0,
    oldest_at=None,
    set_aside=0,
    holes=(),
    broken_links=0,
    key_until=NOW + timedelta(days=400),
    compared_on=None,
    differences=0,
    explained=0,
    untriggered=0,
    untriggered_since=None,
)
FRESH = Condition(
    now=NOW,
    backend="sqlite",
    schema="0009",
    schema_wanted="0009",
    own_key_until=NOW + timedelta(days=400),
    jobs=(Job("seal", NOW, is_done=True, is_often=True),),
)
ROOM = 50_000_000_000


def with_changes(given, **changes):
    """The same with other members: slotted dataclasses hand theirs over by name."""
    members = {name: getattr(given, name) for name in type(given).__slots__}
    return type(given)(**members | changes)


@pytest.fixture
def keeper(offices):
    return offices.person("KR-KCS", "desk", Role.PARTNER_DESK)


@pytest.fixture
def operator(offices):
    return offices.person("KR-KCS", "ops", Role.OPERATOR)


@pytest.fixture
def issued(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    return officer.post("/certificates", {"application_id": application["id"]})


def test_partner_shows_what_waits_until_it_is_answered(offices, keeper, issued):
    (before,) = keeper.get("/partners")["items"]
    offices.run()
    (after,) = keeper.get("/partners")["items"]

    assert before["partner"] == after["partner"] == "VN-CUSTOMS"
    assert (before["on_the_way"], after["on_the_way"]) == (1, 0)
    assert before["oldest_at"] is not None
    assert (before["last_sent_at"], after["last_sent_at"] is None) == (None, False)
    assert (after["oldest_at"], after["set_aside"]) == (None, 0)


def test_message_comes_with_its_digest_and_signed_answer(offices, keeper, issued):
    offices.run()
    (sent,) = keeper.get("/messages?type=CO_ISSUE")["items"] or [None]
    proof = keeper.get(f"/messages/{sent['id']}")

    assert (sent["partner"], sent["way"], sent["state"]) == ("VN-CUSTOMS", "SENT", "ACKNOWLEDGED")
    assert len(proof["document_digest"]) == 64
    assert proof["channel_seq"] == 1
    assert [one["outcome"] for one in proof["attempts"]] != []
    assert proof["answers"] != []


def test_message_of_a_partner_names_the_key_it_was_signed_with(offices, issued):
    offices.run()
    theirs = offices.person("VN-CUSTOMS", "desk", Role.PARTNER_DESK)
    (heard,) = theirs.get("/messages?way=HEARD")["items"]
    proof = theirs.get(f"/messages/{heard['id']}")
    (partner,) = theirs.get("/partners")["items"]

    assert (heard["partner"], heard["type"]) == ("KR-KCS", "CO_ISSUE")
    assert len(proof["signer"]) == 64
    assert partner["last_heard_at"] == heard["at"]


def test_message_set_aside_turns_its_partner_red(offices, keeper, issued):
    office = offices.offices["KR-KCS"]
    office.works.do(
        lambda work: work.transaction.execute(text("UPDATE eodes_outgoing SET state = 'FAILED'"))
    )
    (aside,) = keeper.get("/messages?state=FAILED")["items"]
    (partner,) = keeper.get("/partners")["items"]

    assert aside["state"] == "FAILED"
    assert partner["light"] == "RED"
    assert [(one["code"], one["figure"]) for one in partner["findings"]] == [("SET-ASIDE", 1)]


def test_message_set_aside_goes_again_with_a_reason(offices, keeper, issued):
    office = offices.offices["KR-KCS"]
    offices.run()
    office.works.do(
        lambda work: work.transaction.execute(text("UPDATE eodes_outgoing SET state = 'FAILED'"))
    )
    (aside,) = keeper.get("/messages?type=CO_ISSUE")["items"]
    path = f"/messages/{aside['id']}/resending"
    unsaid = keeper.try_post(path, {"reason": ""})
    resent = keeper.post(path, {"reason": "the partner is back"})
    offices.run()
    (after,) = keeper.get("/messages?type=CO_ISSUE")["items"]
    proof = keeper.get(f"/messages/{aside['id']}")
    auditor = offices.person("KR-KCS", "audit", Role.AUDITOR)
    (entry,) = auditor.get("/audit?what=message.")["items"]

    assert unsaid.status_code == 422
    assert resent == {"id": aside["id"], "partner": "VN-CUSTOMS", "was": "FAILED"}
    assert after["state"] == "ACKNOWLEDGED"
    assert len(proof["attempts"]) == 2
    assert (entry["who"], entry["facts"]["because"]) == ("desk", "the partner is back")


def test_message_without_signed_bytes_is_not_sent_again(offices, keeper, issued):
    (waiting,) = keeper.get("/messages")["items"]
    unsigned = keeper.try_post(f"/messages/{waiting['id']}/resending", {"reason": "now"})
    offices.offices["KR-KCS"].works.do(
        lambda work: work.transaction.execute(text("UPDATE eodes_outgoing SET state = 'FAILED'"))
    )
    never = keeper.try_post(f"/messages/{waiting['id']}/resending", {"reason": "now"})
    unknown = keeper.try_post(
        "/messages/00000000-0000-7000-8000-000000000000/resending", {"reason": "now"}
    )

    assert (unsigned.status_code, unsigned.json()["code"]) == (409, "RUL-NOT-RESENDABLE")
    assert "waiting for its signature" in unsigned.json()["detail"]
    assert "without signed bytes" in never.json()["detail"]
    assert unknown.status_code == 404


def test_message_of_a_partner_is_not_ours_to_resend(offices, issued):
    offices.run()
    theirs = offices.person("VN-CUSTOMS", "desk", Role.PARTNER_DESK)
    (heard,) = theirs.get("/messages?way=HEARD")["items"]
    refused = theirs.try_post(f"/messages/{heard['id']}/resending", {"reason": "again"})

    assert refused.status_code == 404


def test_signing_keys_are_listed_with_what_they_are_good_for(offices, keeper):
    ours, *theirs = keeper.get("/signing-keys")["items"]

    assert (ours["authority"], ours["is_ours"], ours["state"]) == ("KR-KCS", True, "IN_FORCE")
    assert {one["authority"] for one in theirs} == {"VN-CUSTOMS"}
    assert all(len(one["sha256"]) == 64 for one in (ours, *theirs))


def test_key_says_what_it_is_good_for_at_a_moment():
    key = Key(
        authority="VN-CUSTOMS",
        is_ours=False,
        sha256="ab" * 32,
        valid_from=NOW,
        valid_until=NOW + timedelta(days=2),
        revoked_at=None,
    )
    revoked = with_changes(key, revoked_at=NOW + timedelta(days=1))

    moments = (NOW - timedelta(days=1), NOW, NOW + timedelta(days=2))
    assert [key.state(now=at) for at in moments] == ["NOT_YET", "IN_FORCE", "ENDED"]
    assert revoked.state(now=NOW + timedelta(days=1)) == "REVOKED"


def test_last_comparison_lists_the_certificates_that_differ(offices, keeper, issued):
    before = keeper.try_get("/partners/VN-CUSTOMS/comparison")
    office = offices.offices["KR-KCS"]
    office.works.do(lambda work: keep_comparison(work.transaction))
    found = keeper.get("/partners/VN-CUSTOMS/comparison")

    assert before.status_code == 404
    assert (found["first"], found["last"], found["compared"]) == ("2026-11-19", "2026-11-19", 3)
    assert [(one["kind"], one["repair"]) for one in found["differing"]] == [
        ("MISSING_THERE", "SENT_AGAIN")
    ]


def test_explained_difference_stays_listed_and_is_open_when_changed(offices, keeper, issued):
    do = offices.offices["KR-KCS"].works.do
    do(lambda work: keep_comparison(work.transaction))
    (found,) = keeper.get("/partners/VN-CUSTOMS/comparison")["differing"]
    door = f"/partners/VN-CUSTOMS/differences/{found['digest']}/explanation"
    keeper.post(door, {"reason": "a trial"})
    keeper.post(door, {"reason": "left out by agreement of 19 November"})
    do(lambda work: keep_comparison(work.transaction, run="run-2"))
    (again,) = keeper.get("/partners/VN-CUSTOMS/comparison")["differing"]
    (well,) = keeper.get("/partners")["items"]
    do(lambda work: keep_comparison(work.transaction, run="run-3", state="CANCELLED"))
    (changed,) = keeper.get("/partners/VN-CUSTOMS/comparison")["differing"]
    (ill,) = keeper.get("/partners")["items"]

    assert found["explanation"] is None
    assert again["explanation"]["because"] == "left out by agreement of 19 November"
    assert again["explanation"]["by"] == "desk"
    assert (well["light"], well["differences"], well["explained"]) == ("GREEN", 0, 1)
    assert changed["explanation"] is None
    assert (ill["light"], ill["differences"], ill["explained"]) == ("AMBER", 1, 0)


def test_explanation_wants_words_and_is_in_the_trail(offices, keeper, issued):
    unknown = keeper.try_post(
        f"/partners/VN-CUSTOMS/differences/{'0' * 64}/explanation", {"reason": "nothing to say"}
    )
    offices.offices["KR-KCS"].works.do(lambda work: keep_comparison(work.transaction))
    (found,) = keeper.get("/partners/VN-CUSTOMS/comparison")["differing"]
    door = f"/partners/VN-CUSTOMS/differences/{found['digest']}/explanation"
    unsaid = keeper.try_post(door, {"reason": ""})
    stale = keeper.try_post(door.replace(found["digest"], "0" * 64), {"reason": "another one"})
    keeper.post(door, {"reason": "left out by agreement"})
    auditor = offices.person("KR-KCS", "audit", Role.AUDITOR)
    (entry,) = auditor.get("/audit?what=difference.")["items"]

    assert [one.status_code for one in (unknown, unsaid, stale)] == [404, 422, 404]
    assert (entry["who"], entry["facts"]["because"]) == ("desk", "left out by agreement")
    assert entry["facts"]["certificate"] == "KR/AKFTA/K001260000001"


def keep_comparison(transaction, *, run="run-1", state="AVAILABLE"):
    """Keep a comparison that ended with one difference, as the gateway keeps it."""
    runs = Reconciliations(transaction)
    kept = ReconciliationRun(
        run_id=run,
        partner="VN-CUSTOMS",
        day_from=date(2026, 11, 19),
        day_to=date(2026, 11, 19),
        state="DIGEST_SENT",
        ours_count=3,
        ours_digest="0" * 64,
        message_id="",
        started_at=NOW + timedelta(minutes=int(run[-1])),
    )
    difference = FoundDifference(
        run_id=run,
        partner="VN-CUSTOMS",
        kind="MISSING_THERE",
        subject="KR/AKFTA/K001260000001",
        ours=f"KR/AKFTA/K001260000001|1|ab|{state}",
        theirs="",
        found_at=NOW,
        repair="SENT_AGAIN",
    )
    runs.open(kept)
    runs.close(run, state="DIFF", findings=(difference,), now=NOW)


def test_long_list_of_messages_is_walked_by_its_cursor(offices, keeper, issued):
    offices.run()
    every = [one["id"] for one in keeper.get("/messages")["items"]]
    first = keeper.get("/messages?limit=1")

    assert [one["id"] for one in first["items"]] == every[:1]
    assert first["next"] == every[0]
    assert keeper.get(f"/messages?cursor={every[-1]}")["items"] == []


def test_unknown_message_is_told_and_not_invented(keeper):
    assert keeper.try_get("/messages/00000000-0000-7000-8000-000000000000").status_code == 404
    assert keeper.get("/messages?way=REFUSED") == {"items": [], "next": None}


def test_diagnostics_tell_each_part_of_the_system(operator, keeper):
    told = operator.get("/diagnostics")
    codes = {one["code"]: one["light"] for one in told["items"]}

    assert codes["DATABASE"] == "GREEN"
    assert {"CLOCK", "OWN-KEY", "DISK", "PARTNER"} <= set(codes)
    assert codes["JOBS-NEVER"] == told["light"] == "RED"
    assert keeper.try_get("/diagnostics").status_code == 403


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"key_until": None}, [("KEY-MISSING", "RED")]),
        ({"key_until": NOW + timedelta(days=30)}, [("KEY-ENDS", "AMBER")]),
        ({"key_until": NOW + timedelta(days=3)}, [("KEY-ENDS", "RED")]),
        ({"oldest_at": NOW - timedelta(minutes=5), "on_the_way": 1}, []),
        ({"oldest_at": NOW - timedelta(hours=2), "on_the_way": 1}, [("UNANSWERED", "AMBER")]),
        ({"oldest_at": NOW - timedelta(days=2), "on_the_way": 1}, [("UNANSWERED", "RED")]),
        ({"untriggered": 1, "untriggered_since": NOW - timedelta(days=7)}, []),
        (
            {"untriggered": 1, "untriggered_since": NOW - timedelta(days=8)},
            [("UNTRIGGERED", "AMBER")],
        ),
        (
            {"untriggered": 2, "untriggered_since": NOW - timedelta(days=31)},
            [("UNTRIGGERED", "RED")],
        ),
        ({"suspended_until": NOW + timedelta(hours=1)}, [("SUSPENDED", "AMBER")]),
        ({"holes": (Hole(4, 6),)}, [("GAPS", "AMBER")]),
        ({"broken_links": 1}, [("BROKEN-CHAIN", "RED")]),
        ({"differences": 2}, [("DIFFERENCES", "AMBER")]),
        ({"explained": 2}, []),
    ],
)
def test_partner_is_judged_by_what_is_not_well(changes, expected):
    found = of_channel(with_changes(QUIET, **changes), now=NOW)

    assert [(one.code, one.light) for one in found] == expected


@pytest.mark.parametrize(
    ("changes", "free", "expected"),
    [
        ({}, ROOM, []),
        ({}, 1_000_000_000, [("DISK", "AMBER")]),
        ({}, 1_000_000, [("DISK", "RED")]),
        ({"schema": "0001"}, ROOM, [("DATABASE-OLD", "RED")]),
        ({"own_key_until": NOW + timedelta(days=8)}, ROOM, [("OWN-KEY", "AMBER")]),
        (
            {"jobs": (Job("seal", NOW - timedelta(minutes=6), is_done=True, is_often=True),)},
            ROOM,
            [("JOB-LATE", "AMBER")],
        ),
        (
            {"jobs": (Job("seal", NOW, is_done=False, is_often=True),)},
            ROOM,
            [("JOB-FAILED", "AMBER")],
        ),
        (
            {"jobs": (Job("seal", NOW + timedelta(hours=1), is_done=True, is_often=True),)},
            ROOM,
            [("CLOCK-BACK", "RED")],
        ),
    ],
)
def test_system_is_judged_part_by_part(changes, free, expected):
    found = of_system(with_changes(FRESH, **changes), (QUIET,), free_bytes=free)

    assert [(one.code, one.light) for one in found if one.light != "GREEN"] == expected


def test_worst_light_of_all_is_the_whole_ones():
    green, red = Finding("A", Light.GREEN), Finding("B", Light.RED)

    assert worst((green, red, Finding("C", Light.AMBER))) is Light.RED
    assert worst(()) is Light.GREEN
