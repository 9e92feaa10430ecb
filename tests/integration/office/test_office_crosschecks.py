"""Cross-checks before issue: asked around the transactions, kept for good, holding the issue."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from tests.integration.databases import BACKENDS
from tests.offices import an_application, approved, determined, fresh_databases, offices_of
from tests.registers import clear, listening, put
from tests.world import NOW

PARTIES = "number,name,aliases,country\n"
FREE = PARTIES + "E-1,SOMEBODY ELSE,,IR\n"
LISTED = PARTIES + "E-1,SOMEBODY ELSE,,IR\nE-9,ORIENT POWER TRADNG LLC,,VN\n"
BROKEN = PARTIES + "E-1,SOMEBODY ELSE,,Iran\n"


@contextmanager
def opened(request, folder, **registers):
    sections = {"folder": str(folder / "lists")} | registers
    with (
        fresh_databases(request, "KR-KCS") as databases,
        offices_of(folder / "nodes", "KR-KCS", databases=databases, crosschecks=sections) as found,
    ):
        yield found


@pytest.fixture(params=BACKENDS)
def soft(request, tmp_path):
    """The list of restricted parties may be overridden."""
    with opened(request, tmp_path, restricted_parties={"policy": "SOFT"}) as found:
        yield found


@pytest.fixture(params=BACKENDS)
def hard(request, tmp_path):
    """The list stops the issue, until a supervisor releases it."""
    rule = {"policy": "HARD", "releasable": True, "list_days": 2}
    with opened(request, tmp_path, restricted_parties=rule) as found:
        yield found


@pytest.fixture
def register():
    with listening() as register:
        yield register


@pytest.fixture(params=BACKENDS)
def served(request, tmp_path, register):
    """Strategic goods are asked at a service, and stop the issue for good."""
    rule = {"policy": "HARD", "source": "HTTP", "url": register.url, "timeout_seconds": 5}
    with opened(request, tmp_path, strategic_goods=rule) as found:
        yield found


def load(offices, folder, content, *, at=NOW):
    put(folder / "lists", "restricted_parties.csv", content, at=at)
    return offices.offices["KR-KCS"].crosscheck_lists.refresh()


def cast(offices):
    """An exporter's approved application, its officer, and where its cross-checks are."""
    exporter = offices.company()
    officer = offices.person("KR-KCS", "kim", Role.OFFICER)
    application = approved(exporter, officer, an_application(determined(exporter)))
    return officer, application["id"], f"/applications/{application['id']}/crosschecks"


def issue(officer, application_id):
    return officer.try_post("/certificates", {"application_id": application_id})


def trail(offices):
    auditor = offices.person("KR-KCS", "auditor", Role.AUDITOR)
    return [one["what"] for one in auditor.get("/audit?limit=50")["items"]]


def test_office_that_asks_nobody_issues_as_before(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    path = f"/applications/{application['id']}/crosschecks"

    assert officer.post(path) == {"items": []}
    assert officer.get(path) == {"items": [], "obstacles": []}
    assert officer.get("/crosschecks/sources") == {"items": []}
    assert offices.offices["KR-KCS"].crosscheck_lists.refresh() == ()
    assert issue(officer, application["id"]).status_code == 201


def test_issue_waits_until_every_register_was_asked(soft, tmp_path):
    load(soft, tmp_path, FREE)
    officer, application_id, path = cast(soft)
    unasked = issue(officer, application_id)
    answer = officer.post(path)["items"][0]

    assert (unasked.status_code, unasked.json()["code"]) == (422, "RUL-CROSSCHECK")
    assert unasked.json()["errors"][0]["pointer"] == "/crosschecks/RESTRICTED_PARTIES"
    assert "was not asked; run the cross-checks" in unasked.json()["errors"][0]["detail"]
    assert (answer["verdict"], answer["version"][:2]) == ("CLEAR", "1 ")
    assert answer["why"] == "2 names are like none of 1 entries"
    assert issue(officer, application_id).status_code == 201


def test_soft_hit_is_overridden_once_with_a_reason(soft, tmp_path):
    load(soft, tmp_path, LISTED)
    officer, application_id, path = cast(soft)
    hit = officer.post(path)["items"][0]
    stopped = issue(officer, application_id)
    passed = officer.post(f"{path}/{hit['id']}/override", {"reason": "another company, by address"})
    again = officer.try_post(f"{path}/{hit['id']}/override", {"reason": "again"})

    assert hit["verdict"] == "HIT"
    assert hit["hits"][0]["because"] == (
        "buyer ORIENT POWER TRADING matched ORIENT POWER TRADNG LLC (E-9), score 0.95, name, "
        "same country"
    )
    assert "override it with a reason" in stopped.json()["errors"][0]["detail"]
    assert passed["release"]["reason"] == "another company, by address"
    assert again.status_code == 409
    assert issue(officer, application_id).status_code == 201
    assert {"application.crosschecked", "application.crosscheck_overridden"} <= set(trail(soft))


def test_hard_hit_is_released_by_a_supervisor_only(hard, tmp_path):
    load(hard, tmp_path, LISTED)
    officer, application_id, path = cast(hard)
    supervisor = hard.person("KR-KCS", "choi", Role.SUPERVISOR)
    hit = officer.post(path)["items"][0]
    why = {"reason": "another company"}
    by_officer = officer.try_post(f"{path}/{hit['id']}/override", why)
    as_supervisor = officer.try_post(f"{path}/{hit['id']}/release", why)
    stopped = issue(officer, application_id)
    supervisor.post(f"{path}/{hit['id']}/release", why)

    assert [by_officer.status_code, as_supervisor.status_code] == [403, 403]
    assert stopped.json()["code"] == "RUL-CROSSCHECK"
    assert officer.get(path)["obstacles"] == []
    assert issue(officer, application_id).status_code == 201
    assert "application.crosscheck_released" in trail(hard)


def test_hit_is_cleared_by_a_list_that_changed(hard, tmp_path):
    load(hard, tmp_path, LISTED)
    officer, application_id, path = cast(hard)
    old = officer.post(path)["items"][0]
    load(hard, tmp_path, FREE)
    new = officer.post(path)["items"][0]
    supervisor = hard.person("KR-KCS", "choi", Role.SUPERVISOR)
    late = supervisor.try_post(f"{path}/{old['id']}/release", {"reason": "too late"})

    assert (old["verdict"], new["verdict"]) == ("HIT", "CLEAR")
    assert [one["id"] for one in officer.get(path)["items"]] == [old["id"], new["id"]]
    assert late.status_code == 409
    assert issue(officer, application_id).status_code == 201


def test_answer_counts_for_its_time_only(soft, tmp_path):
    load(soft, tmp_path, FREE)
    officer, application_id, path = cast(soft)
    officer.post(path)
    soft.world.clock.advance(hours=25)
    officer = soft.log_in("KR-KCS", "kim")
    stale = issue(officer, application_id)
    officer.post(path)

    assert "answered too long ago" in stale.json()["errors"][0]["detail"]
    assert issue(officer, application_id).status_code == 201


def test_list_that_is_missing_or_old_answers_unknown(hard, tmp_path):
    officer, _, path = cast(hard)
    missing = officer.post(path)["items"][0]
    load(hard, tmp_path, FREE)
    hard.world.clock.advance(days=3)
    officer = hard.log_in("KR-KCS", "kim")
    old = officer.post(path)["items"][0]
    load(hard, tmp_path, FREE, at=hard.world.clock.now())
    renewed = officer.post(path)["items"][0]

    assert (missing["verdict"], missing["why"]) == (
        "UNKNOWN",
        "no list of restricted parties was loaded yet",
    )
    assert old["verdict"] == "UNKNOWN"
    assert old["why"].endswith("which is too old")
    assert (renewed["verdict"], renewed["version"]) == ("CLEAR", old["version"])


def test_list_with_a_bad_line_leaves_the_old_one(soft, tmp_path):
    first, *_ = load(soft, tmp_path, FREE)
    refused, *_ = load(soft, tmp_path, BROKEN)
    operator = soft.person("KR-KCS", "operator", Role.OPERATOR)
    source = operator.get("/crosschecks/sources")["items"][0]
    mended, *_ = load(soft, tmp_path, LISTED)
    same, *_ = load(soft, tmp_path, LISTED)
    again = operator.get("/crosschecks/sources")["items"][0]

    assert (first.edition, refused.edition, mended.edition, same.edition) == (1, None, 2, None)
    assert (source["policy"], source["edition"], source["entries"]) == ("SOFT", 1, 1)
    assert source["problem"].startswith("line 2: country: 'Iran'")
    assert (again["edition"], again["entries"], again["problem"]) == (2, 2, "")


def test_list_loaded_by_two_at_once_is_one_edition(soft, tmp_path):
    put(tmp_path / "lists", "restricted_parties.csv", FREE, at=NOW)
    lists = soft.offices["KR-KCS"].crosscheck_lists
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: lists.refresh()[0].edition, range(4)))

    assert sorted(found, key=str) == [1, None, None, None]


def test_application_that_changed_is_asked_about_again(soft, tmp_path):
    load(soft, tmp_path, FREE)
    exporter = soft.company()
    officer = soft.person("KR-KCS", "kim", Role.OFFICER)
    content = an_application(determined(exporter))
    application = exporter.post("/applications", content)
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    officer.post(f"{path}/crosschecks")
    codes = officer.get("/procedure")["completion_reasons"]
    lack = {"box": "7", "reason_code": codes[0]["code"], "text": "Name the buyer in full."}
    officer.post(f"{path}/completions", {"lacks": [lack], "days": 10})
    buyer = content["buyer"] | {"name": "ORIENT POWER TRADING JSC OF HAI PHONG"}
    exporter.post(f"{path}/content", content | {"buyer": buyer})
    exporter.post(f"{path}/submission", {"answer": "done"})

    obstacles = officer.get(f"{path}/crosschecks")["obstacles"]
    assert "before the application changed" in obstacles[0]["detail"]


def test_officer_alone_corrects_only_what_no_register_is_asked(soft, tmp_path):
    load(soft, tmp_path, FREE)
    officer, application_id, path = cast(soft)
    officer.post(path, {})
    issued = issue(officer, application_id).json()
    content = officer.get(f"/applications/{application_id}")["content"]
    (line,) = content["lines"]
    fewer = [line | {"quantities": [one | {"value": "7"} for one in line["quantities"]]}]
    other_buyer = content["buyer"] | {"name": "ORIENT POWER TRADNG LLC"}
    corrections = f"/certificates/{issued['id']}/corrections"
    refused = [
        officer.try_post(corrections, {"reason": "as asked", "content": content | change})
        for change in ({"lines": fewer}, {"buyer": other_buyer})
    ]
    marks = {"reason": "marks", "content": content | {"lines": [line | {"marks": "N/M 2"}]}}
    corrected = officer.try_post(corrections, marks)

    assert [one.json()["code"] for one in refused] == ["RUL-CROSSCHECK"] * 2
    assert "let the exporter apply" in refused[0].json()["errors"][0]["detail"]
    assert corrected.status_code == 201, corrected.text


def test_only_the_officer_of_the_case_asks(soft, tmp_path):
    load(soft, tmp_path, FREE)
    _, _, path = cast(soft)
    other = soft.person("KR-KCS", "lee", Role.OFFICER)

    assert other.try_post(path).status_code == 403


def test_service_is_asked_while_no_transaction_is_open(served, register):
    officer, application_id, path = cast(served)
    clerk = served.person("KR-KCS", "another-clerk", Role.OPERATOR)

    def answer(asked):
        # A transaction that was open here would keep this one from writing.
        clerk.post("/issuing-offices", OFFICE)
        return clear(asked)

    register.answer = answer
    answers = officer.post(path, {"permits": ["P-77"]}, key="once")["items"]
    replayed = officer.post(path, {"permits": ["P-77"]}, key="once")["items"]

    assert answers == replayed
    assert answers[0]["verdict"] == "CLEAR"
    assert (answers[0]["source"], answers[0]["version"]) == ("HTTP", "2026-11-20.1")
    assert answers[0]["stated"] == {"permits": ["P-77"]}
    assert [one["question"]["permits"] for one in register.asked] == [["P-77"]]
    assert issue(officer, application_id).status_code == 201


OFFICE = {"code": "K002", "name": "Busan Customs", "kind": "CUSTOMS", "cities": ["Busan"]}


def test_service_that_fails_stops_a_hard_issue(served, register):
    officer, application_id, path = cast(served)
    register.status = 500
    unknown = officer.post(path)["items"][0]
    supervisor = served.person("KR-KCS", "choi", Role.SUPERVISOR)
    release = supervisor.try_post(f"{path}/{unknown['id']}/release", {"reason": "it is down"})
    stopped = issue(officer, application_id)
    register.status = 200
    officer.post(path)

    assert (unknown["verdict"], unknown["why"]) == ("UNKNOWN", "the service: status 500")
    assert release.status_code == 403, "this office releases nothing of the kind"
    assert stopped.status_code == 422
    assert issue(officer, application_id).status_code == 201


def test_answers_are_rows_that_stay(soft, tmp_path):
    load(soft, tmp_path, FREE)
    officer, _, path = cast(soft)
    for _ in range(2):
        officer.post(path)
    office = soft.offices["KR-KCS"]
    kept = office.works.read(
        lambda work: work.transaction.execute(
            text("SELECT question_digest, hits FROM ooms_crosscheck_answer")
        ).all()
    )

    assert len(kept) == 2
    assert len({digest for digest, _ in kept}) == 1
    assert [json.loads(hits) if isinstance(hits, str) else hits for _, hits in kept] == [[], []]
