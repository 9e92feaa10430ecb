"""The table of rights over HTTP: every route as every role, and every secret of another's."""

from dataclasses import dataclass
from typing import Any

import pytest

from ooms.access.model import OF_A_COMPANY, RIGHTS, Action, Role
from tests.offices import COMPANY
from tests.sample_bodies import sample

#: The doors without a session: to log in, and what a supplier opens by his link.
OPEN = {
    "POST /sessions",
    "GET /oidc",
    "GET /passkeys",
    "POST /passkeys/challenge",
    "POST /passkeys/sessions",
    "GET /oidc/{provider}/start",
    "GET /oidc/{provider}/callback",
    "GET /public/approved-exporters/{number}",
    "GET /public/statistics",
    "GET /public/statistics/csv",
    "GET /public/statistics/summary",
    "GET /public/certificates",
    "POST /public/documents/check",
    "GET /public/agreements",
    "GET /public/rules",
    "GET /public/reasons",
    "GET /public/score",
    "GET /public/rulings",
    "GET /supplier-link",
    "POST /supplier-link/revocation",
    "POST /supplier-link/statement",
}
#: What no description says: a sheet has to be one before anything else is asked.
SHEET = """\
product,description,product_hs,hs_edition,line,name,hs,originating,value
SC-700,STATIC CONVERTER,850440,2022,1,board,853400,no,35
"""
CLAIM = {
    "declaration_number": "10511-26-000001",
    "lines": [
        {
            "line_no": 1,
            "certificate_number": "K001-26-0000001",
            "item_no": 1,
            "hs": "850440",
            "quantity": "1",
            "unit": "C62",
        }
    ],
}
BODIES = {
    "POST /claims": CLAIM,
    "POST /claims/examination": CLAIM,
    "POST /late-claims": {"since": "2026-11-01", "claim": CLAIM},
    "POST /products/imports": {"file": "bills.csv", "content": SHEET},
}
#: What a route takes that is handed a file.
FILE = {"file": ("bills.csv", SHEET)}
#: Doors that open by a link in place of a session: no role has to do with them.
BY_LINK = "/supplier-link"
NOWHERE = "00000000-0000-7000-8000-000000000000"
#: The parts of paths that are words and not keys.
PARTS = {"agreement": "AKFTA", "issuing_country": "KR", "number": "K001-26-0000001"}


@pytest.fixture
def everybody(offices):
    """One person of each role, logged in."""
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    company = clerk.post("/exporters", COMPANY)["id"]
    return {
        role: offices.person(
            "KR-KCS",
            f"one-{role.value.lower()}",
            role,
            exporter_id=company if role in OF_A_COMPANY else None,
        )
        for role in Role
    }


@dataclass(frozen=True, slots=True)
class Route:
    """A route of the interface: how it is called, where, and with what."""

    way: str
    path: str
    address: str
    body: Any
    takes_file: bool = False

    @property
    def name(self):
        return f"{self.way.upper()} {self.path}"

    def asked_by(self, person):
        if self.way == "get":
            return person.try_get(self.address)
        if self.takes_file:
            headers = person.headers | {"Idempotency-Key": f"{person.login} {self.path}"}
            address = f"/api/v1{self.address}"
            return person.client.post(address, files=FILE, headers=headers)
        return person.try_post(self.address, self.body)


def routes_of(client):
    """Every route that the interface describes, but the open doors."""
    described = client.get("/api/v1/openapi.json").json()
    every = described["components"]["schemas"]
    for path, ways in described["paths"].items():
        for way, told in ways.items():
            content = told.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            bare = path.removeprefix("/api/v1")
            name = f"{way.upper()} {bare}"
            body = BODIES.get(name) or (sample(schema, every) if schema else None)
            if name not in OPEN:
                address = _address(bare, told.get("parameters", ()), every)
                yield Route(way, bare, address, body, takes_file="multipart/form-data" in content)


def _address(path, parameters, every):
    asked = []
    for one in parameters:
        value = sample(one["schema"], every)
        if one["in"] == "path":
            word = PARTS.get(one["name"], NOWHERE if value == "x" else str(value))
            path = path.replace(f"{{{one['name']}}}", word)
        elif one["in"] == "query" and one.get("required"):
            asked.append(f"{one['name']}={value}")
    return f"{path}?{'&'.join(asked)}" if asked else path


def test_each_route_refuses_exactly_the_roles_without_its_right(everybody):
    client = everybody[Role.OPERATOR].client
    actions = {action.value: action for action in Action}
    wrong = {}
    walked = set()
    for route in routes_of(client):
        if route.path.startswith(BY_LINK):
            continue
        refused = {}
        for role, person in everybody.items():
            answer = route.asked_by(person)
            assert answer.status_code not in (401, 500), (route.name, role, answer.text)
            if answer.status_code == 403 and answer.json()["code"] == "AUT-ROLE":
                refused[role] = answer.json()["detail"].partition(" may not ")[2]
        named = {actions[said] for said in refused.values()}
        walked |= named
        everybodys = not named and route.path.startswith("/account")
        allowed = set(Role) if everybodys else {role for one in named for role in RIGHTS[one]}
        if len(named) > 1 or set(Role) - set(refused) != allowed:
            wrong[route.name] = {role.value: said for role, said in refused.items()}

    assert wrong == {}
    assert set(Action) - walked == {Action.OWN_ACCOUNT, Action.KEEP_FACTORS}


def test_every_route_but_the_door_asks_who_calls(offices):
    client = offices.clients["KR-KCS"]
    answers = {
        route.name: client.request(
            route.way, f"/api/v1{route.address}", json=route.body, headers={"Idempotency-Key": "1"}
        ).status_code
        for route in routes_of(client)
    }

    assert {name: status for name, status in answers.items() if status != 401} == {}
