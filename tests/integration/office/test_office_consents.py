"""The ledger of consents: given, withdrawn, and nothing released without one."""

import hashlib
from datetime import date

import pytest

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from ooms.consents.model import Class, ConsentMissingError, Purpose, Subject
from ooms.consents.service import record_release, require_consent
from tests.integration.office.test_office_secrets import company_of

COSTS = {"classes": ["PRODUCTION_COST"], "partner": "VN-CUSTOMS", "purpose": "VERIFICATION_CASE"}
CASE = Purpose.VERIFICATION_CASE


def released(offices, subject, *, to="VN-CUSTOMS", purpose=CASE):
    office = offices.offices["KR-KCS"]
    return office.works.do(
        lambda work: record_release(
            work, subject=subject, to=to, purpose=purpose, content=b"what goes", who="kim"
        )
    )


def costs_of(person, *classes, thing=""):
    return Subject(company_of(person), frozenset(classes or {Class.PRODUCTION_COST}), thing)


def test_release_under_a_consent_is_recorded_with_its_digest(exporter, officer, offices):
    consent = exporter.post("/consents", COSTS)

    made = released(offices, costs_of(exporter, thing="certificate/1"))
    (seen,) = officer.get("/consents/releases")["items"]

    assert seen["sha256"] == hashlib.sha256(b"what goes").hexdigest() == made.sha256
    assert (seen["consents"], seen["partner"]) == ([consent["id"]], "VN-CUSTOMS")
    assert exporter.get("/consents/releases")["items"] == [seen]
    assert offices.offices["KR-KCS"].works.read(verify_chain) > 0


@pytest.mark.parametrize(
    ("asked", "to", "purpose"),
    [
        ({Class.PRODUCTION_PROCESS}, "VN-CUSTOMS", CASE),
        ({Class.PRODUCTION_COST, Class.TRADING_PARTNERS}, "VN-CUSTOMS", CASE),
        ({Class.PRODUCTION_COST}, "CN-GACC", CASE),
        ({Class.PRODUCTION_COST}, "VN-CUSTOMS", Purpose.EVIDENCE_BUNDLE),
    ],
    ids=["class", "more", "partner", "purpose"],
)
def test_nothing_is_released_beyond_what_was_consented(exporter, offices, asked, to, purpose):
    exporter.post("/consents", COSTS)

    with pytest.raises(ConsentMissingError) as refused:
        released(offices, costs_of(exporter, *asked), to=to, purpose=purpose)

    assert refused.value.code == "AUT-CONSENT"
    assert exporter.get("/consents/releases")["items"] == []


def test_consents_together_cover_what_none_covers_alone(exporter, offices):
    both = {Class.PRODUCTION_COST, Class.TRADING_PARTNERS}
    for one in sorted(both):
        exporter.post("/consents", COSTS | {"classes": [one.value]})

    assert len(released(offices, costs_of(exporter, *both)).consents) == 2


def test_withdrawn_consent_allows_nothing_and_stays_in_the_ledger(exporter, officer, offices):
    consent = exporter.post("/consents", COSTS)
    path = f"/consents/{consent['id']}/withdrawal"

    gone = exporter.post(path, {"reason": "the case is closed"})

    with pytest.raises(ConsentMissingError):
        released(offices, costs_of(exporter))
    assert exporter.try_post(path, {"reason": "again"}).status_code == 409
    assert gone["withdrawal"]["reason"] == "the case is closed"
    assert officer.get(f"/consents/{consent['id']}") == gone


def test_consent_holds_in_its_days_and_never_backwards(exporter, offices):
    days = {"valid_from": "2026-01-01", "valid_until": "2026-12-01"}
    consent = exporter.post("/consents", COSTS | days)
    office = offices.offices["KR-KCS"]
    subject = costs_of(exporter)
    found = office.works.read(
        lambda work: require_consent(work, subject=subject, to="VN-CUSTOMS", purpose=CASE)
    )
    today = office.works.read(lambda work: work.today)
    offices.world.clock.advance(days=30)

    with pytest.raises(ConsentMissingError):
        released(offices, subject)
    assert [one.id for one in found] == [consent["id"]]
    assert date.fromisoformat(consent["valid_from"]) == today


def test_consent_about_one_thing_covers_that_thing_only(exporter, offices):
    exporter.post("/consents", COSTS | {"thing": "certificate/1"})

    released(offices, costs_of(exporter, thing="certificate/1"))
    with pytest.raises(ConsentMissingError):
        released(offices, costs_of(exporter, thing="certificate/2"))


def test_only_the_company_itself_gives_and_withdraws(exporter, officer, offices):
    consent = exporter.post("/consents", COSTS)
    rival = offices.company("rival", name="RIVAL CO.", tax_id="120-81-00002")
    broker = offices.person("KR-KCS", "broker", Role.BROKER)
    path = f"/consents/{consent['id']}/withdrawal"

    answers = [one.try_post(path, {"reason": "no"}) for one in (officer, rival, broker)]

    assert [one.status_code for one in answers] == [403, 404, 403]
    assert rival.get("/consents")["items"] == []
    with pytest.raises(ConsentMissingError):
        released(offices, costs_of(rival))
