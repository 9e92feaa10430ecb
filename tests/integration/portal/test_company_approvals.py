"""A company about its own approval, by pages: applies, completes, inspects itself, is heard."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from tests.approvals import BASE, CODES, ITEM, after, approved_exporter
from tests.integration.portal.desks import Desk, words_of

PATH = "/company/approvals"
MANAGER = {
    "managers.0.name": "Lee Minho",
    "managers.0.qualification": "CUSTOMS_BROKER",
    "managers.0.own_staff": "no",
    "managers.0.valid_from": "2026-01-01",
}
VIETNAMESE = {
    "name": "MEKONG CO.",
    "address": "1 River Road",
    "city": "Can Tho",
    "country": "VN",
    "tax_id": "0101234567",
    "signatory": {"name": "Tran An", "title": "Director", "place": "Can Tho"},
}
PAPERS = {f"paper-{code}": f"file {code}" for code in CODES}


@pytest.fixture
def company(offices):
    return offices.company()


def test_company_applies_completes_and_takes_back(company, officer):
    desk = Desk(company)
    unnamed = desk.send(f"{PATH}/new", PAPERS | {"level": "COMPANY"})
    lacking = {name: said for name, said in PAPERS.items() if name != "paper-REGISTER"}
    request = desk.do(f"{PATH}/new", MANAGER | lacking | {"level": "COMPANY"})
    key = request.rpartition("/")[2]
    missing = words_of(desk.open(request))
    officer.post(f"{BASE}/requests/{key}/completion", {"text": "send the register"})
    asked = words_of(desk.open(request))
    desk.do(f"{request}/extension", {"extension.days": "5", "extension.reason": "it is long"})
    answer = {"completion.answer": "here it is", "paper-REGISTER": "file 9"}
    desk.do(f"{request}/completion", answer)
    told = company.get(f"{BASE}/requests/{key}")
    desk.do(f"{request}/withdrawal", {"withdrawal.words": "we wait a year"})

    assert unnamed.status_code == 422
    assert 'href="#managers-0-name"' in unnamed.text
    assert "Paper that is missing Register of certificates of origin" in missing
    assert "send the register" in asked
    assert told["missing_papers"] == []
    assert told["completions"][0]["extended_because"] == "it is long"
    assert "Withdrawn" in words_of(desk.open(PATH))


def test_later_visit_is_asked_for_on_the_page(company, officer):
    desk = Desk(company)
    request = desk.do(f"{PATH}/new", MANAGER | PAPERS | {"level": "COMPANY"})
    announced = {"reason": "first time", "scope": "the works", "visit_on": "2026-12-05"}
    officer.post(f"{BASE}/requests/{request.rpartition('/')[2]}/visit", announced)
    wish = {"postponement.to": "2026-12-12", "postponement.reason": "stock-taking"}
    desk.do(f"{request}/postponement", wish)

    assert "no answer yet" in words_of(desk.open(request))


def test_holder_inspects_himself_and_renews_in_time(offices, company, officer):
    approval = approved_exporter(company, officer, ITEM)
    page = f"{PATH}/{approval['id']}"
    early = words_of(Desk(company).open(page))
    company, officer = after(offices, 780, company, officer)
    desk = Desk(company)
    asked = desk.open(page)
    place = asked.count('.code" value="')
    held = {"inspection.held_on": offices.world.clock.now().date().isoformat()}
    answers = {
        f"inspection.answers.{no}.{name}": said
        for no in range(place)
        for name, said in (("code", _code(asked, no)), ("holds", "yes"))
    }
    half = desk.send(f"{page}/inspection", held | {"inspection.answers.0.code": _code(asked, 0)})
    desk.do(f"{page}/inspection", held | answers)
    chosen = MANAGER | PAPERS | {"approval_ids": approval["id"]}
    closed = desk.send(f"{PATH}/renewal", chosen)
    company, officer = after(offices, 700, company, officer)
    renewed = Desk(company).do(f"{PATH}/renewal", chosen)

    assert "Hand in a self-inspection" not in early
    assert 'href="#inspection-answers-0-holds"' in half.text
    assert "the office answers by" in words_of(Desk(company).open(page))
    assert closed.status_code == 422
    assert "Renewal" in words_of(Desk(company).open(renewed))


def test_holder_answers_an_order_and_is_heard(company, officer):
    approval = approved_exporter(company, officer)
    scheme = company.get(f"{BASE}/scheme")["scheme"]
    order = {"ground": scheme["orders"][0]["code"], "text": "keep it", "due_on": "2026-12-31"}
    officer.post(f"{BASE}/{approval['id']}/order", order)
    desk, page = Desk(company), f"{PATH}/{approval['id']}"
    desk.do(f"{page}/answer", {"answer.words": "every page is kept"})
    team = {f"team.{name}": said for name, said in MANAGER.items()}
    desk.do(f"{page}/team", team | {"team.managers.0.name": "Han Seojun"})
    officer.post(f"{BASE}/{approval['id']}/order-acceptance", {"words": "seen"})
    called = {"ground": "FRAUD", "text": "the books were invented", "hearing_on": "2026-12-21"}
    officer.post(f"{BASE}/{approval['id']}/hearing", called)
    unsaid = desk.send(f"{page}/statement", {"statement.is_waiver": "true"})
    desk.do(f"{page}/statement", {"statement.text": "they burned", "statement.is_waiver": "true"})
    shown = words_of(desk.open(page))

    assert "Han Seojun" in shown
    assert 'href="#statement-text"' in unsaid.text
    assert "The company waives being heard. they burned" in shown


def test_country_without_a_scheme_says_so(offices):
    clerk = offices.person("VN-CUSTOMS", "clerk", Role.OPERATOR)
    mekong = clerk.post("/exporters", VIETNAMESE)
    seller = offices.person("VN-CUSTOMS", "mekong", Role.EXPORTER, exporter_id=mekong["id"])
    trader = Desk(seller)

    assert "approves no exporters" in words_of(trader.open(PATH))


def _code(page, place):
    """Return the code of a question, as the form carries it."""
    return page.partition(f'name="inspection.answers.{place}.code" value="')[2].partition('"')[0]
