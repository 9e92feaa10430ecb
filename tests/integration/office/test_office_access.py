"""Who may do what: every cell of the table, every company's own, every key once."""

import pytest
from sqlalchemy import text

from ooms.access.model import RIGHTS, Action, Role, User
from ooms.audit.service import record, verify_chain
from ooms.errors import BrokenChainError, NotAllowedError
from tests.offices import COMPANY, PASSWORD, an_application, approved, determined

#: The rights as a person would write them down; the table must say the same, cell by cell.
_FOR_GOODS = {
    "keep materials and lots",
    "see materials and lots",
    "apply for advance rulings",
    "see advance rulings",
    "see imports of bills",
    "give notice of errors",
    "see notices of errors",
    "see cost statements",
    "read certificates on paper",
    "apply for approval as exporter",
    "see approved exporters",
    "see and contest figures of an applicant",
    "sign self-checks",
    "see signed self-checks",
    "see exporters",
    "describe products",
    "see products",
    "look up codes and agreements",
    "take suppliers' declarations out of use",
    "determine origin",
    "see determinations",
    "apply for certificates",
    "see applications",
    "see certificates",
    "keep the own account",
    "keep the own second factors",
}
MAY = {
    Role.EXPORTER: _FOR_GOODS
    | {
        "answer inquiries",
        "see inquiries",
        "have the evidence about certificates",
        "consent to releases",
        "see letters of compliance",
        "see consents and releases",
        "keep sites and signatories",
        "delegate to brokers",
    },
    Role.BROKER: _FOR_GOODS,
    Role.PRODUCER: {
        "look up codes and agreements",
        "answer inquiries",
        "see inquiries",
        "file cost statements",
        "see cost statements",
        "consent to releases",
        "see consents and releases",
        "see exporters",
        "keep sites and signatories",
        "keep the own account",
        "keep the own second factors",
    },
    Role.OFFICER: {
        "see signed self-checks",
        "look up codes and agreements",
        "answer verifications of partners",
        "see verifications of partners",
        "see inquiries",
        "see the ledger of certificates",
        "apply for advance rulings",
        "see advance rulings",
        "decide advance rulings",
        "see statistics",
        "register what was done on paper",
        "see the register of certificates",
        "have the evidence about certificates",
        "see notices of errors",
        "handle notices of errors",
        "see cost statements",
        "see consents and releases",
        "read certificates on paper",
        "see approved exporters",
        "decide on approved exporters",
        "state facts about applicants",
        "see lists of applicants",
        "see what other registers said",
        "see what the checks before issue find",
        "see which registers are asked",
        "register exporters",
        "see exporters",
        "keep sites and signatories",
        "see products",
        "take suppliers' declarations out of use",
        "determine origin",
        "see determinations",
        "see applications",
        "decide applications",
        "issue certificates",
        "correct or take back certificates",
        "see certificates",
        "see refusals",
        "see offices, posts and training",
        "keep the own account",
        "keep the own second factors",
    },
    Role.SUPERVISOR: {
        "see signed self-checks",
        "look up codes and agreements",
        "approve what goes to partners in verifications",
        "see verifications",
        "see verifications of partners",
        "see inquiries",
        "see the ledger of certificates",
        "see how claims are routed",
        "keep tips and risk information",
        "adopt tables of risk points",
        "see advance rulings",
        "see statistics",
        "set numbers aside for outages",
        "see the register of certificates",
        "have the evidence about certificates",
        "hold certificates beyond their period",
        "agree to what is deleted",
        "see what is held and deleted",
        "see notices of errors",
        "see cost statements",
        "see consents and releases",
        "read certificates on paper",
        "see approved exporters",
        "cancel approvals of exporters",
        "see lists of applicants",
        "fix lists of applicants",
        "see what other registers said",
        "see what the checks before issue find",
        "release what another register stops",
        "see which registers are asked",
        "confirm refusals",
        "see refusals",
        "assign applications",
        "keep offices, posts and training",
        "see offices, posts and training",
        "see exporters",
        "decide on companies",
        "see products",
        "see determinations",
        "see applications",
        "see certificates",
        "keep the own account",
        "keep the own second factors",
    },
    Role.IMPORT_OFFICER: {
        "look up codes and agreements",
        "verify claims with partners",
        "see verifications",
        "see the ledger of certificates",
        "adjust the ledger of certificates",
        "see how claims are routed",
        "keep tips and risk information",
        "see advance rulings",
        "see statistics",
        "check and decide claims",
        "see claims",
        "keep the own account",
        "keep the own second factors",
    },
    Role.PARTNER_DESK: {
        "see messages to and from partners",
        "have messages sent again",
        "explain what comparisons find",
        "see statistics",
        "have the evidence about certificates",
        "hold certificates beyond their period",
        "see what is held and deleted",
        "read certificates on paper",
        "see certificates",
        "keep the own account",
        "keep the own second factors",
    },
    Role.OPERATOR: {
        "see messages to and from partners",
        "have messages sent again",
        "explain what comparisons find",
        "see how the system stands",
        "see statistics",
        "see the register of certificates",
        "see which registers are asked",
        "keep offices, posts and training",
        "see offices, posts and training",
        "register exporters",
        "see exporters",
        "decide on companies",
        "keep sites and signatories",
        "see certificates",
        "see the audit trail",
        "manage users",
        "keep the own account",
        "keep the own second factors",
    },
    Role.AUDITOR: {
        "see signed self-checks",
        "see how claims are routed",
        "see advance rulings",
        "see statistics",
        "see the register of certificates",
        "see what is held and deleted",
        "see consents and releases",
        "see approved exporters",
        "see lists of applicants",
        "see which registers are asked",
        "see refusals",
        "see offices, posts and training",
        "see exporters",
        "see certificates",
        "see the audit trail",
        "keep the own account",
        "keep the own second factors",
    },
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_cell_of_the_table_of_rights_holds(role, action):
    user = User("1", "somebody", "Somebody", role)

    if action.value in MAY[role]:
        user.require(action)
    else:
        with pytest.raises(NotAllowedError):
            user.require(action)


def test_every_action_stands_in_the_table():
    assert set(RIGHTS) == set(Action)


def test_exporter_cannot_see_another_companys_things(offices, exporter, officer):
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    determination = determined(exporter)
    application = approved(exporter, officer, an_application(determination))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    things = (
        f"/exporters/{application['exporter_id']}",
        f"/products/{determination['product_id']}",
        f"/determinations/{determination['id']}",
        f"/applications/{application['id']}",
        f"/applications/{application['id']}/lint",
        f"/certificates/{certificate['id']}",
    )

    assert [exporter.try_get(path).status_code for path in things] == [200] * len(things)
    assert [other.try_get(path).status_code for path in things] == [404] * len(things)
    for listed in ("/products", "/determinations", "/applications", "/certificates"):
        assert other.get(listed)["items"] == [], listed


def test_exporter_cannot_cite_another_companys_determination(offices, exporter):
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    refused = other.try_post("/applications", an_application(determined(exporter)))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/lines/0/determination_id"


def test_officer_cannot_see_a_draft(offices, exporter, officer):
    draft = exporter.post("/applications", an_application(determined(exporter)))

    assert officer.try_get(f"/applications/{draft['id']}").status_code == 404
    assert officer.get("/applications")["items"] == []


def test_nobody_gets_in_without_the_right_password(offices, exporter):
    client = offices.clients["KR-KCS"]
    tries = (("hanbit", "wrong password"), ("nobody", PASSWORD))
    answers = [
        client.post("/api/v1/sessions", json={"login": login, "password": password})
        for login, password in tries
    ]
    without = client.get("/api/v1/products")

    assert [one.status_code for one in answers] == [401, 401]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]
    assert without.status_code == 401
    assert without.headers["WWW-Authenticate"] == "Bearer"


def test_session_ends_and_its_token_is_stored_nowhere(offices, exporter):
    token = exporter.headers["Authorization"].removeprefix("Bearer ")
    office = offices.offices["KR-KCS"]
    stored = office.works.read(
        lambda work: work.transaction.execute(text("SELECT * FROM ooms_session")).all()
    )
    offices.world.clock.advance(hours=13)
    ended = exporter.try_get("/products")
    forgotten = office.works.do(office.access.tidy)

    assert token not in str(stored)
    assert ended.status_code == 401
    assert forgotten >= len(stored)


def test_same_key_and_body_gives_the_stored_answer(offices):
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    first = clerk.try_post("/exporters", COMPANY, key="one")
    again = clerk.try_post("/exporters", COMPANY, key="one")
    other_body = clerk.try_post("/exporters", COMPANY | {"tax_id": "9"}, key="one")
    without = clerk.client.post("/api/v1/exporters", json=COMPANY, headers=clerk.headers)

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other_body.status_code, other_body.json()["code"]) == (422, "DUP-IDEMPOTENCY-KEY")
    assert (without.status_code, without.json()["code"]) == (400, "ENV-IDEMPOTENCY-KEY")


def test_refused_request_may_be_mended_under_the_same_key(offices):
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    clerk.post("/exporters", COMPANY)
    refused = clerk.try_post("/exporters", COMPANY, key="two")
    mended = clerk.try_post("/exporters", COMPANY | {"tax_id": "9"}, key="two")

    assert refused.status_code == 422
    assert mended.status_code == 201


def test_long_list_is_walked_by_its_cursor(offices):
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    made = []
    for number in range(5):
        offices.world.clock.advance(seconds=1)
        made.append(clerk.post("/exporters", COMPANY | {"tax_id": str(number)})["id"])
    walked, cursor = [], ""
    while True:
        page = clerk.get(f"/exporters?limit=2{cursor}")
        walked += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    assert walked == made[::-1]


def test_binary_float_is_no_decimal(offices, exporter):
    product = {"description": "X", "hs": "850440", "hs_edition": 2022, "weight": 1.5}
    refused = exporter.try_post("/products", product | {"bill": {"materials": []}})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/weight"


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ooms_audit SET who = 'nobody' WHERE seq = 2",
        "UPDATE ooms_audit SET reason_code = 'OTHER' WHERE seq = 1",
        "DELETE FROM ooms_audit WHERE seq = 1",
        "DELETE FROM ooms_audit WHERE seq = 3",
    ],
)
def test_tampering_with_the_trail_shows(offices, tampering):
    works = offices.offices["KR-KCS"].works
    for number in range(3):
        works.do(
            lambda work, number=number: record(
                work, who="kim", what="thing.done", subject=f"thing/{number}"
            )
        )
    assert works.read(verify_chain) == 3

    works.do(lambda work: work.transaction.execute(text(tampering)))

    with pytest.raises(BrokenChainError):
        works.read(verify_chain)


def test_interface_is_described_and_pages_are_safe(offices):
    client = offices.clients["KR-KCS"]
    described = client.get("/api/v1/openapi.json").json()
    home = client.get("/")
    missing = client.get("/api/v1/nothing")

    assert "/api/v1/applications/{application_id}/decision" in described["paths"]
    assert client.get("/docs").status_code == 404
    assert home.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/static/office.css").status_code == 200
    assert client.get("/livez").text == "alive"
    assert client.get("/readyz").text == "ready"
    assert (missing.status_code, missing.json()["code"]) == (404, "REF-ROUTE")
