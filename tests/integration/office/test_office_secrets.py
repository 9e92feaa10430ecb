"""Secrets stay with their owner and the deciding officer: every route as every person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from ooms.access.model import Role
from ooms.jobs import import_bills
from tests.integration.databases import SQLITE
from tests.integration.office.test_office_suppliers import asked, stated
from tests.offices import COMPANY, PRODUCT, Person, an_application, approved, determined
from tests.route_walk import API, Door, UnfilledRouteError, doors
from tests.sample_bodies import sample

NOWHERE = "00000000-0000-7000-8000-000000000000"
AKFTA: dict[str, Any] = {"agreement": "AKFTA", "importing_party": "VN", "on": "2026-11-20"}
#: An agreement with full cumulation, where what a supplier states of his own work counts.
KORUS: dict[str, Any] = AKFTA | {"agreement": "KORUS", "importing_party": "US"}
AMOUNTS = {
    "net_cost": "2345.98",
    "foreign_value": "1234.89",
    "foreign_inputs": ["87079000"],
    "made_in_parties": True,
}
SUPPLIER = {"name": "SECRET SUPPLIER GMBH", "country": "KR", "email": "secret@supplier.example"}
SOLD = {"basis": "AV", "amount": "5000.00", "currency": "USD"}
FOB = {"amount": "88000.00", "currency": "USD"}
GOODS = {"description": "body part", "hs": "870790", "hs_edition": 2012}
#: The parts of paths that are rows: in which table each is found, and by which column.
ROWS = {
    "answer_id": "ooms_crosscheck_answer.id",
    "application_id": "ooms_application.id",
    "approval_id": "ooms_approval.id",
    "block_id": "ooms_number_block.id",
    "card_id": "ooms_signature_card.id",
    "certificate_id": "ooms_certificate.id",
    "claim_id": "ooms_claim.id",
    "company_letter_id": "ooms_company_letter.id",
    "completion_id": "ooms_claim_completion.id",
    "consent_id": "ooms_consent.id",
    "contest_id": "ooms_list_contest.id",
    "declaration_id": "ooms_supplier_declaration.id",
    "denial_id": "ooms_denial_notice.id",
    "digest": "eodes_finding.digest",
    "delegation_id": "ooms_delegation.id",
    "determination_id": "ooms_determination.id",
    "edition_id": "ooms_list_edition.id",
    "exporter_id": "ooms_exporter.id",
    "fact_id": "ooms_applicant_fact.id",
    "hold_id": "ooms_legal_hold.id",
    "identity_id": "ooms_credential.id",
    "import_id": "ooms_bill_import.id",
    "list_id": "ooms_deletion_list.id",
    "model_id": "ooms_risk_model.id",
    "lot_id": "ooms_material_lot.id",
    "material_id": "ooms_material.id",
    "message_id": "eodes_outgoing.message_id",
    "notice_id": "ooms_error_notice.id",
    "objection_id": "ooms_objection.id",
    "prior_notice_id": "ooms_prior_notice.id",
    "passkey_id": "ooms_credential.id",
    "product_id": "ooms_product.id",
    "request_id": "ooms_approval_request.id",
    "ruling_id": "ooms_ruling.id",
    "restriction_id": "ooms_claim_restriction.id",
    "session_id": "ooms_session.id",
    "settlement_id": "ooms_settlement.id",
    "site_id": "ooms_company_site.id",
    "statement_id": "ooms_cost_statement.id",
    "tip_id": "ooms_tip.id",
    "user_id": "ooms_user.id",
    "inquiry_id": "ooms_verification_inquiry.id",
    "letter_id": "ooms_verification_letter.id",
    "received_id": "ooms_verification_received.id",
    "verification_id": "ooms_verification.id",
    "version": "ooms_bill.version",
    "watched_id": "ooms_watched.id",
    "withdrawal_id": "ooms_material_withdrawal.id",
}
#: What hangs on things that this story has none of; the path is walked with a strange key.
NONE_HERE = frozenset(
    {
        *("answer_id", "approval_id", "block_id", "claim_id", "contest_id", "edition_id"),
        *("completion_id", "denial_id", "objection_id", "prior_notice_id", "restriction_id"),
        *("digest", "settlement_id"),
        *("company_letter_id", "inquiry_id", "letter_id", "received_id", "verification_id"),
        *("fact_id", "hold_id", "identity_id", "list_id", "passkey_id", "request_id"),
        *("model_id", "ruling_id", "tip_id", "watched_id"),
    }
)
#: The parts of paths that are words and numbers.
WORDS: dict[str, tuple[object, ...]] = {
    "act": ("answer",),
    "agreement": ("AKFTA",),
    "check": ("ORIGIN",),
    "day": ("2026-11-20",),
    "issuing_country": ("KR",),
    "item_no": (1,),
    "key": ("customs",),
    "kind": ("ON_SITE",),
    "line_no": (1,),
    "number": ("1",),
    "office": ("K001",),
    "provider": ("none",),
    "ordinal": (1,),
    "partner": ("VN-CUSTOMS",),
    "step": ("inquiry",),
    "spec_no": (0,),
}
#: Bodies that are judged, where the smallest one would be refused before anything is read.
BODIES: dict[str, dict[str, Any]] = {
    "POST /products/{product_id}/determinations": KORUS | {"price": SOLD},
    "POST /determinations/comparison": {
        "importing_party": "US",
        "on": "2026-11-20",
        "price": SOLD,
    },
}
#: What shuts the walkers themselves out, or moves what the next of them is to look at.
SHUTTING = ("/users", "/account", "/sessions", "/supplier-link", "/exporters", "/products/imports")


@dataclass(slots=True)
class Story:
    """Everybody of a story, and who may see which of its secrets."""

    people: dict[str, Person] = field(default_factory=dict)
    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    must_see: set[tuple[str, str]] = field(default_factory=set)
    addresses: tuple[str, ...] = ()

    def hide(self, *secrets: str, but: str, seen_by: str = "") -> None:
        """Let nobody but these people see some words; some of them must have seen each."""
        for secret in secrets:
            self.allowed[secret] = frozenset(but.split())
            self.must_see |= {(secret, name) for name in seen_by.split()}

    def leaks(self, text: str, who: str) -> set[str]:
        return {one for one, but in self.allowed.items() if one in text and who not in but}


def cost_statement(tax_id: str, **changes: Any) -> dict[str, Any]:
    """A producer's statement with figures that are found again wherever they appear."""
    line = {"name": "SECRET ALLOY", "hs": "720150", "originating": False, "value": "7391.57"}
    bill = {"materials": [line], "processes": ["SECRETPROCESS"]}
    price = {"basis": "FOB", "amount": "19431.26", "currency": "USD"}
    stated: dict[str, Any] = {
        "exporter": {"country": "KR", "tax_id": tax_id},
        "product": PRODUCT | {"bill": bill, "model": "SC-900"},
        "origin": AKFTA | {"price": price},
        "valid_until": "2027-11-20",
    }
    return stated | changes


def company_of(person: Person) -> str:
    return str(person.get("/account")["exporter_id"])


def broker_of(offices: Any, owner: Person | None, login: str, *scopes: str) -> Person:
    """Let a broker act for a company, or have one that nobody let."""
    broker: Person = offices.person("KR-KCS", login, Role.BROKER)
    if owner is not None:
        company = company_of(owner)
        days = {"valid_from": "2026-11-01", "valid_until": "2027-11-01"}
        body = days | {"broker": login, "scopes": list(scopes)}
        owner.post(f"/exporters/{company}/delegations", body)
        broker.headers |= {"Acting-For": company}
    return broker


def maker_for(offices: Any) -> tuple[Person, Person]:
    """A company that produces: somebody who files for it, and somebody who exports for it."""
    exporting = offices.company("maker-exporter", name="MAKER CO.", tax_id="120-81-00003")
    maker = offices.person("KR-KCS", "maker", Role.PRODUCER, exporter_id=company_of(exporting))
    return maker, exporting


def secret_determination(exporter: Person) -> Any:
    """A determination of the exporter's that counts what a supplier sealed."""
    request = {"kind": "ACCUMULATION", "supplier": SUPPLIER, "goods": GOODS}
    declaration, token = asked(exporter, agreement="KORUS", **request)
    statement = {"agreement": "KORUS", "hs": "870790", "origin": None, "amounts": AMOUNTS}
    assert stated(exporter, token, **statement).json()["state"] == "VALID"
    line = {"name": "HANBITMATERIAL", "hs": "870790", "originating": False, "value": "2400.01"}
    bill = {"materials": [line | {"declaration": declaration}], "processes": ["HANBITPROCESS"]}
    described = exporter.post(
        "/products", PRODUCT | {"hs": "870710", "hs_edition": 2012, "bill": bill}
    )
    body = KORUS | {"price": SOLD}
    return exporter.post(f"/products/{described['id']}/determinations", body)


def an_application_about(case: dict[str, Any], reference: str, *, hs: str) -> dict[str, Any]:
    """An application whose line cites a determination or a producer's statement."""
    content = an_application(case | {"id": reference})
    (line,) = content["lines"]
    return content | {"lines": [line | {"hs": hs, "fob": FOB}]}


@pytest.fixture
def story(offices):
    """A producer, an exporter who cites him, a rival, two officers, and everybody else."""
    told = Story()
    people = told.people
    people["hanbit"] = hanbit = offices.company()
    people["rival"] = rival = offices.company("rival", name="RIVAL CO.", tax_id="120-81-00002")
    people["maker"], people["maker-exporter"] = maker, making = maker_for(offices)
    people["maker-broker"] = broker_of(offices, making, "maker-broker", "GOODS")
    people["hanbit-producer"] = offices.person(
        "KR-KCS", "hanbit-producer", Role.PRODUCER, exporter_id=company_of(hanbit)
    )
    people["hanbit-broker"] = broker_of(offices, hanbit, "hanbit-broker", "GOODS")
    people["paper-broker"] = broker_of(offices, hanbit, "paper-broker", "CERTIFICATES")
    people["stray-broker"] = broker_of(offices, None, "stray-broker")
    people["stray-broker"].headers |= {"Acting-For": company_of(hanbit)}
    for login, role in {
        "kim": Role.OFFICER,
        "lee": Role.OFFICER,
        "choi": Role.SUPERVISOR,
        "border": Role.IMPORT_OFFICER,
        "desk": Role.PARTNER_DESK,
        "ops": Role.OPERATOR,
        "audit": Role.AUDITOR,
    }.items():
        people[login] = offices.person("KR-KCS", login, role)
    _tell(told, maker, hanbit, rival)
    _keep_for(told, rival)
    assert import_bills(offices.offices["KR-KCS"]) == 1
    return told


def _tell(told: Story, maker: Person, hanbit: Person, rival: Person) -> None:
    kim, lee = told.people["kim"], told.people["lee"]
    statement = maker.post("/cost-statements", cost_statement(str(COMPANY["tax_id"])))
    own = secret_determination(hanbit)
    approved(hanbit, kim, an_application_about(KORUS, own["id"], hs="870710"))
    content = an_application_about(AKFTA, statement["reference"], hs="850440")
    application = approved(hanbit, kim, content)
    theirs = {"name": "RIVALMATERIAL", "hs": "720150", "originating": False, "value": "61.7331"}
    bill = {"materials": [theirs], "processes": ["RIVALPROCESS"]}
    approved(rival, lee, an_application(determined(rival, bill=bill)))
    issued = kim.try_post("/certificates", {"application_id": application["id"]})
    assert issued.status_code == 201, issued.text
    certificate = issued.json()
    _keep(maker, hanbit)
    _notify(hanbit, certificate["id"])
    told.addresses = (f"/verify?number={certificate['number']}&code={certificate['access_code']}",)

    makers = "maker maker-exporter maker-broker kim"
    own_secrets = ("SECRET ALLOY", "7391.57", "SECRETPROCESS", "19431.26")
    told.hide(*own_secrets, but=makers, seen_by="maker maker-exporter kim")
    told.hide("1234.89", "2345.98", "87079000", "1111.09", but="kim", seen_by="kim")
    value = kim.get(f"/determinations/{own['id']}")["answer"]["value"]
    assert None not in value.values()
    # In quotes: so few digits may stand in a moment of time or in a document's bytes.
    figures = [f'"{value[name]}"' for name in ("content_percent", "slack", "minimum_price")]
    told.hide(*figures, but="kim", seen_by="kim")
    told.hide(
        SUPPLIER["name"], SUPPLIER["email"], but="hanbit hanbit-broker kim", seen_by="hanbit kim"
    )
    hanbits = ("HANBITMATERIAL", "HANBITPROCESS", "2400.01")
    told.hide(*hanbits, but="hanbit hanbit-broker kim", seen_by="hanbit hanbit-broker kim")
    told.hide("RIVALMATERIAL", "RIVALPROCESS", "61.7331", but="rival lee", seen_by="rival lee")


def _notify(hanbit: Person, certificate: str) -> None:
    """Let the exporter say that his certificate rests on a wrong bill: the producer's."""
    error = {"box": "7", "line_no": 1, "says": "SC-500", "right": "SC-510"}
    notice = {
        "certificate_id": certificate,
        "errors": [error],
        "learned_on": "2026-11-21",
        "cause": "BILL",
        "explanation": "The bill was another one",
    }
    hanbit.post(f"/error-notices/{hanbit.post('/error-notices', notice)['id']}/filing")


def _keep_for(told: Story, rival: Person) -> None:
    """Let a company keep what is nobody's but its own: a file of bills, and a stock."""
    _import(rival)
    _stock(rival)
    told.hide("SECRETMODEL", but="rival", seen_by="rival")
    stocked = ("SECRETPART", "83.1749", "SECRETLOTMAKER", "7.3159")
    told.hide(*stocked, but="rival", seen_by="rival")


def _import(rival: Person) -> None:
    """Let a company hand in a file of bills that is refused: its flaws name what it makes."""
    sheet = b"product,name,hs\nSECRETMODEL,RIVALMATERIAL,720150\n"
    headers = rival.headers | {"Idempotency-Key": "an-import"}
    address = f"{API}/products/imports/files"
    handed_in = rival.client.post(address, files={"file": ("b.csv", sheet)}, headers=headers)
    assert handed_in.status_code == 202, handed_in.text


def _stock(rival: Person) -> None:
    """Let a company keep a material, with a lot, a withdrawal, and a method."""
    material = {"part_number": "SECRETPART", "description": "core", "unit": "C62"}
    path = f"/materials/{rival.post('/materials', material)['id']}"
    lot = {"number": "L1", "received_on": "2026-01-10", "quantity": "60", "country": "KR"}
    price = {"unit_price": "83.1749", "currency": "USD", "supplier": "SECRETLOTMAKER"}
    rival.post(f"{path}/lots", lot | price)
    rival.post(f"{path}/withdrawals", {"taken_on": "2026-03-01", "quantity": "7.3159"})
    rival.post(f"{path}/methods", {"starts_on": "2026-01-01", "method": "fifo"})


def _keep(maker: Person, hanbit: Person) -> None:
    """Let the two companies have one of each thing that a path names."""
    consent = {"classes": ["PRODUCTION_COST"], "partner": "VN-CUSTOMS"}
    maker.post("/consents", consent | {"purpose": "VERIFICATION_CASE"})
    company = company_of(hanbit)
    site = {"name": "Plant", "address": "1 Road", "city": "Busan", "country": "KR"}
    hanbit.post(f"/exporters/{company}/sites", site)
    card = {"name": "Park", "title": "Director", "specimen_sha256": "0" * 64}
    hanbit.post(f"/exporters/{company}/signatories", card | {"valid_from": "2026-01-01"})


def keys_of(office: Any) -> dict[str, tuple[object, ...]]:
    """Every key that exists, by the part of a path that it fills."""

    def found(work: Any, place: str) -> tuple[object, ...]:
        table, column = place.split(".")
        rows = work.transaction.exec_driver_sql(f"SELECT DISTINCT {column} FROM {table}")
        return tuple(rows.scalars())

    keys: dict[str, tuple[object, ...]] = dict(WORDS)
    for name, place in ROWS.items():
        strange = (NOWHERE,) if name in NONE_HERE else ()
        keys[name] = strange or office.works.read(lambda work, at=place: found(work, at))
    return keys


def queries(client: Any) -> dict[str, str]:
    """The smallest query that each route needs, by its name."""
    described = client.get(f"{API}/openapi.json").json()
    every = described["components"]["schemas"]
    needed = {}
    for path, ways in described["paths"].items():
        for way, told in ways.items():
            asked_for = [
                f"{one['name']}={sample(one['schema'], every)}"
                for one in told.get("parameters", ())
                if one["in"] == "query" and one.get("required")
            ]
            needed[f"{way.upper()} {path}"] = "?" + "&".join(asked_for) if asked_for else ""
    return needed


def bodies(client: Any) -> dict[str, Any]:
    """A body that each route can read, by its name."""
    described = client.get(f"{API}/openapi.json").json()
    every = described["components"]["schemas"]
    made: dict[str, Any] = {}
    for path, ways in described["paths"].items():
        content = ways.get("post", {}).get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        made[f"POST {path}"] = sample(schema, every) if schema else None
    return made


@pytest.mark.parametrize("offices", [SQLITE], indirect=True)
def test_no_route_shows_a_secret_to_those_it_is_kept_from(offices, story):
    client = offices.clients["KR-KCS"]
    keys, asked_for = keys_of(offices.offices["KR-KCS"]), queries(client)
    # A page of one thing shows no more than the interface tells the same person.
    every = [
        door
        for door in doors(client.app)
        if door.way == "GET" and (door.path.startswith(API) or "{" not in door.path)
    ]
    leaked: dict[str, set[str]] = {}
    seen: set[tuple[str, str]] = set()
    broken: dict[str, str] = {}

    for door in every:
        addresses = [f"{one}{asked_for.get(door.name, '')}" for one in door.addresses(keys)]
        for who, person in story.people.items():
            for address in addresses:
                answer = client.get(address, headers=person.headers)
                text = _read(answer)
                leaked.setdefault(who, set()).update(
                    f"{door.name}: {secret}" for secret in story.leaks(text, who)
                )
                seen |= {(secret, who) for secret in story.allowed if secret in text}
                if answer.status_code >= 500 and door.path != "/readyz":
                    broken[f"{door.name} as {who}"] = text[:200]
    for address in story.addresses:
        leaked.setdefault("nobody", set()).update(story.leaks(client.get(address).text, "nobody"))

    assert {who: doors_ for who, doors_ in leaked.items() if doors_} == {}
    assert story.must_see - seen == set(), "the walk saw too little to prove anything"
    assert broken == {}
    described = {name for name in asked_for if name.startswith("GET ")}
    assert described <= {door.name for door in every}


def _read(answer: Any) -> str:
    # A sealed document packs its words; its size says nothing, so its bytes are searched as text.
    return str(answer.content.decode("utf-8", errors="replace"))


@pytest.mark.parametrize("offices", [SQLITE], indirect=True)
def test_no_answer_to_a_post_shows_a_secret(offices, story):
    client = offices.clients["KR-KCS"]
    keys, written = keys_of(offices.offices["KR-KCS"]), bodies(client)
    last = ("hanbit", "rival", "lee", "maker", "maker-exporter", "maker-broker", "kim")
    order = sorted(story.people, key=lambda who: (last.index(who) if who in last else -1, who))
    leaked: dict[str, set[str]] = {}
    answered: set[tuple[str, str]] = set()

    calls = list(_asked(client, keys, written))
    # Everybody judges before anybody changes: bills are retired later on this way.
    walked = [(who, call) for who in order for call in calls if _judges(call[0])]
    walked += [(who, call) for who in order for call in calls if not _judges(call[0])]
    for who, (door, address, body) in walked:
        answer = story.people[who].try_post(address.removeprefix(API), body)
        found = {f"{door.name}: {secret}" for secret in story.leaks(_read(answer), who)}
        leaked.setdefault(who, set()).update(found)
        if answer.status_code < 300:
            answered.add((door.path.removeprefix(API), who))

    assert {who: doors_ for who, doors_ in leaked.items() if doors_} == {}
    judged = {
        ("/products/{product_id}/determinations", "hanbit"),
        ("/products/{product_id}/determinations", "kim"),
        ("/determinations/comparison", "hanbit"),
        ("/determinations/comparison", "kim"),
    }
    assert judged <= answered


def _judges(door: Door) -> bool:
    return door.name.replace(API, "") in BODIES


def _asked(client: Any, keys: Any, written: dict[str, Any]) -> Any:
    """Give every POST with its addresses and bodies, but those that shut the walkers out."""
    for door in doors(client.app):
        bare = Door(door.way, door.path.removeprefix(API))
        is_api = door.path.startswith(API)
        if door.way != "POST" or not is_api or bare.path.startswith(SHUTTING):
            continue
        body = BODIES.get(bare.name, written.get(door.name))
        for address in door.addresses(keys):
            if bare.path == "/determinations/comparison":
                for product in keys["product_id"]:
                    yield door, address, BODIES[bare.name] | {"product_id": product}
            else:
                yield door, address, body


def test_walk_stops_at_a_route_that_nobody_filled():
    with pytest.raises(UnfilledRouteError, match="new_thing_id"):
        list(Door("GET", "/api/v1/new-things/{new_thing_id}").addresses({}))
