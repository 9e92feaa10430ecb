"""Companies and lists of applicants on the desk's pages, without a browser."""

from __future__ import annotations

import re

import pytest

from ooms.access.model import Role
from tests.approvals import approved_exporter
from tests.integration.portal.desks import Desk, words_of
from tests.offices import an_application, approved, determined

COMPANIES = "/desk/companies"
NEW = {
    "name": "SEORIN MACHINERY CO., LTD.",
    "tax_id": "220-81-62517",
    "address": "7 Foundry Road",
    "city": "Incheon",
    "country": "KR",
    "signatory.name": "Han Jisoo",
    "signatory.place": "Incheon",
}
CARD = {"card.name": "Park Jiwoo", "card.valid_from": "2026-01-01"}
SPECIMEN = {"card.specimen_sha256": ("specimen.png", b"ink")}


@pytest.fixture
def supervisor(offices):
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


def test_company_is_registered_found_and_suspended_by_pages(offices, officer, supervisor):
    offices.company()
    desk = Desk(officer)
    bare = desk.send(f"{COMPANIES}/new", NEW | {"name": "", "signatory.name": ""})
    page = desk.do(f"{COMPANIES}/new", NEW)
    found = words_of(desk.open(f"{COMPANIES}?words=seorin"))
    numbered = words_of(desk.open(f"{COMPANIES}?words=220-81-62517&state=ACTIVE"))
    unsaid = Desk(supervisor).send(f"{page}/account", {"account.state": "SUSPENDED"})
    moved = {"account.state": "SUSPENDED", "account.reason": "the plant is closed"}
    Desk(supervisor).do(f"{page}/account", moved)
    shown = words_of(desk.open(page))

    assert (bare.status_code, unsaid.status_code) == (422, 422)
    assert 'href="#signatory-name"' in bare.text
    assert 'href="#account-reason"' in unsaid.text
    assert "SEORIN" in found
    assert "HANBIT" not in found
    assert "SEORIN" in numbered
    assert "Suspended the plant is closed" in shown
    assert re.search("Account moved: Suspended . the plant is closed Choi", shown)
    assert "Decide on the account" not in shown
    assert "SEORIN" not in words_of(desk.open(f"{COMPANIES}?state=ACTIVE"))


def test_page_of_a_company_shows_what_other_desks_have(offices, officer):
    exporter = offices.company()
    approval = approved_exporter(exporter, officer)
    approved(exporter, officer, an_application(determined(exporter)))
    (company,) = exporter.get("/exporters")["items"]
    exporter.post("/applications", an_application(determined(exporter, model="SC-900")))
    consent = {"classes": ["OTHER"], "partner": "VN-CUSTOMS", "purpose": "VERIFICATION_CASE"}
    exporter.post("/consents", consent)
    page = words_of(Desk(officer).open(f"{COMPANIES}/{company['id']}"))
    listed = words_of(Desk(officer).open("/desk/consents"))

    assert approval["number"] in page
    assert page.count("STATIC CONVERTERS, MODEL SC-500") == 1  # the draft is the company's own
    assert "VN-CUSTOMS Otherwise confidential A verification by this partner Holds" in page
    assert "HANBIT ELECTRONICS CO., LTD." in listed
    assert "Its figures of 2026 Applications 1 With an error 0" in page


def test_card_is_kept_by_its_digest_and_revoked(offices, officer):
    offices.company()
    desk, page = Desk(officer), f"{COMPANIES}/{officer.get('/exporters')['items'][0]['id']}"
    missing = desk.send(f"{page}/signatories", CARD)
    desk.do(f"{page}/signatories", CARD, files=SPECIMEN)
    kept = words_of(desk.open(page))
    (card,) = officer.get(page.replace("/desk/companies", "/exporters") + "/signatories")["items"]
    desk.do(f"{page}/signatories/{card['id']}/revocation", {f"{card['id']}.reason": "left"})
    named = {"signatory.name": "Kang Sora", "signatory.place": "Seoul"}
    nameless = desk.send(f"{page}/signatory", named)
    desk.do(f"{page}/signatory", named | {"signatory.reason": "Park left"})
    site = {"site.name": "Plant 2", "site.address": "9 Quay", "site.city": "Ulsan"}
    desk.do(f"{page}/sites", site | {"site.country": "KR"})
    (closing,) = re.findall(r'action="([^"]+/closing)"', desk.open(page))
    desk.do(closing)
    shown = words_of(desk.open(page))

    assert (missing.status_code, nameless.status_code) == (422, 422)
    assert "Signs Kang Sora, Seoul" in shown
    assert re.search(r"Somebody else signs for it ?: .* → Kang Sora . Park left", shown)
    assert 'href="#card-specimen_sha256"' in missing.text
    assert "May sign" in kept
    assert card["specimen_sha256"] in kept
    assert re.search(r"Revoked 21 November 2026 .* left", shown)
    assert re.search(r"Plant 2 , 9 Quay, Ulsan, South Korea . closed", shown)


def test_list_of_applicants_is_proposed_fixed_and_left(offices, officer, supervisor):
    offices.company()
    company = officer.get("/exporters")["items"][0]["id"]
    desk, above, page = Desk(officer), Desk(supervisor), f"{COMPANIES}/{company}"
    fact = {"fact.kind": "JUDGMENT", "fact.happened_on": "2026-11-20"}
    bare = desk.send(f"{page}/facts", fact)
    desk.do(f"{page}/facts", fact | {"fact.text": "boxes were open at the gate"})
    proposed = desk.do("/desk/applicants/ON_SITE/proposal")
    early = words_of(above.open(proposed))
    above.do(f"{proposed}/publication")
    twice = above.send(f"{proposed}/publication")
    gone = {"removal.exporter_id": company, "removal.reason_code": "CLEAN_ON_SITE"}
    above.do(f"{proposed}/removal", gone | {"removal.reason": "all was in order"})
    left = words_of(desk.open(proposed))

    assert bare.status_code == 422
    assert 'href="#fact-text"' in bare.text
    assert "HANBIT ELECTRONICS CO., LTD. (1) Judgment of the issuing office" in early
    assert "Fix the list" in early
    assert twice.status_code == 409
    assert "An on-site check found nothing amiss, all was in order" in left
    assert "Fixed" in words_of(desk.open("/desk/applicants"))


def test_contest_is_answered_and_a_fact_taken_back_by_pages(offices, officer, supervisor):
    exporter = offices.company()
    company = officer.get("/exporters")["items"][0]["id"]
    desk, above, page = Desk(officer), Desk(supervisor), f"{COMPANIES}/{company}"
    urgent = {"urgent.ground": "JUDGMENT", "urgent.reason": "boxes were open at the gate"}
    above.do(f"{page}/urgent-entry", urgent)
    (edition,) = officer.get("/approvals/lists/ON_SITE")["items"]
    said = {"edition_id": edition["id"], "statement": "they were another's boxes"}
    contest = exporter.post("/approvals/contests", said)["id"]
    path = f"/desk/applicants/contests/{contest}/answer"
    unsaid = above.send(path, {f"{contest}.is_upheld": "yes"})
    above.do(path, {f"{contest}.is_upheld": "yes", f"{contest}.answer": "so they were"})
    stated = {"exporter_id": company, "kind": "AEO", "code": "AA", "happened_on": "2026-01-10"}
    fact = officer.post("/approvals/facts", stated | {"text": "certificate 77"})["id"]
    desk.do(f"{page}/facts/{fact}/withdrawal", {f"{fact}.reason": "it ran out"})

    assert unsaid.status_code == 422
    assert f'href="#{contest}-answer"' in unsaid.text
    assert "Upheld: the company left the list. so they were" in words_of(
        desk.open("/desk/applicants")
    )
    assert re.search(r"certificate 77 . taken back .*: it ran out", words_of(desk.open(page)))
