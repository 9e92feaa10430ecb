"""Two offices that exchange for real, and a person's hands at each over HTTP."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from eodes.store.database import Database
from ooms.access.model import Role
from ooms.agreements.registry import Registry, load_shipped
from ooms.bootstrap import Office, build_office
from ooms.demo.nodes import know_the_sample
from ooms.settings import OfficeSettings
from ooms.web.app import make_app
from tests.integration.databases import lender_of
from tests.world import FrozenClock, World

PASSWORD = "correct horse battery"
#: Quick on purpose: what a password costs is not what these tests are about.
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
KOREAN = {"office": {"code": "K001", "name": "Seoul Main Customs", "place": "SEOUL"}}
#: These tests move the clock for hours; what a stale proof refuses is tested on its own.
PATIENT: dict[str, Any] = {"access": {"fresh_proof_minutes": 4320}}
_keys = itertools.count(1)


@cache
def _shipped() -> Registry:
    return load_shipped()


COMPANY = {
    "name": "HANBIT ELECTRONICS CO., LTD.",
    "address": "45 Harbor Street, Busan",
    "city": "Busan",
    "country": "KR",
    "tax_id": "120-81-00001",
    "signatory": {"name": "Park Jiwoo", "title": "Director", "place": "Busan"},
}
PRODUCT = {
    "description": "STATIC CONVERTERS, MODEL SC-500",
    "hs": "850440",
    "hs_edition": 2022,
    "model": "SC-500",
    "bill": {
        "materials": [
            {
                "name": "printed circuit board",
                "hs": "853400",
                "originating": False,
                "origin": "JP",
                "value": "35",
            }
        ],
        "processes": ["manufacture"],
    },
}
PRICE = {"basis": "FOB", "amount": "100.00", "currency": "USD"}


class Person:
    """Somebody logged in at an office."""

    def __init__(self, client: TestClient, login: str, *, clock: FrozenClock) -> None:
        self.client = client
        self.clock = clock
        self.login = login
        answer = client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        self.headers = {"Authorization": f"Bearer {answer.json()['token']}"}

    def try_post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Post a second later, and return the whole answer, whatever it is."""
        self.clock.advance(seconds=1)
        headers = self.headers | {"Idempotency-Key": key or f"key-{next(_keys)}"}
        content = None if body is None else json.dumps(body)
        return self.client.post(
            f"/api/v1{path}",
            content=content,
            headers=headers | {"Content-Type": "application/json"},
        )

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Post and return what came back, which must be good."""
        answer = self.try_post(path, body, key=key)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def try_get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def get(self, path: str) -> Any:
        answer = self.try_get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


class Offices:
    """The offices of a world, each with its people."""

    def __init__(
        self,
        folder: Path,
        *authorities: str,
        databases: Mapping[str, Database],
        profiles: Path | None = None,
        **sections: Any,
    ) -> None:
        korean = OfficeSettings.model_validate(KOREAN | PATIENT | sections)
        self.world = World(
            folder,
            *authorities,
            databases=databases,
            profiles=profiles,
            is_test=korean.office.training,
        )
        self._entered = ExitStack()
        self.offices: dict[str, Office] = {}
        self.clients: dict[str, TestClient] = {}
        for authority, node in self.world.nodes.items():
            know_the_sample(node.settings.file.parent)
            settings = (
                korean if authority.startswith("KR") else OfficeSettings.model_validate(PATIENT)
            )
            office = build_office(node, settings, registry=_shipped(), hasher=QUICK_HASHER)
            self.offices[authority] = office
            client = TestClient(make_app(office), raise_server_exceptions=False)
            # Entered, it keeps one event loop; otherwise each request starts a loop of its own.
            self.clients[authority] = self._entered.enter_context(client)

    def person(
        self, authority: str, login: str, role: Role, *, exporter_id: str | None = None
    ) -> Person:
        """Let somebody new work at an office."""
        office = self.offices[authority]
        office.works.do(
            lambda work: office.access.make_user(
                work,
                login=login,
                password=PASSWORD,
                name=login.title(),
                role=role,
                exporter_id=exporter_id,
            )
        )
        return self.log_in(authority, login)

    def log_in(self, authority: str, login: str) -> Person:
        """Let somebody log in, again if need be."""
        return Person(self.clients[authority], login, clock=self.world.clock)

    def company(self, login: str = "hanbit", **changes: Any) -> Person:
        """Register a company in Korea and let somebody act for it."""
        clerk = self.person("KR-KCS", f"clerk-of-{login}", Role.OPERATOR)
        registered = clerk.post("/exporters", COMPANY | changes)
        return self.person("KR-KCS", login, Role.EXPORTER, exporter_id=registered["id"])

    def run(self) -> None:
        """Let every message go its way, and every piece of news reach its office."""
        self.world.run()
        for authority, office in self.offices.items():
            office.inbound.hear(self.world.hearings[authority].heard)

    def close(self) -> None:
        self._entered.close()
        self.world.close()


def determined(
    exporter: Person, *, agreement: str = "AKFTA", country: str = "VN", **product: Any
) -> Any:
    """Describe a product and have its origin determined."""
    described = exporter.post("/products", PRODUCT | product)
    return exporter.post(
        f"/products/{described['id']}/determinations",
        {"agreement": agreement, "importing_party": country, "on": "2026-11-20", "price": PRICE},
    )


def an_application(determination: Any, **changes: Any) -> dict[str, Any]:
    """Return what an exporter states, for goods that left on the day before."""
    agreement, country = determination["agreement"], determination["importing_party"]
    stated = {
        "agreement": agreement,
        "form_type": {"AKFTA": "AK", "KVFTA": "VK"}.get(agreement, agreement),
        "import_country": country,
        "buyer": {
            "name": "ORIENT POWER TRADING",
            "country": country,
            "address": "8 Market Road",
            "city": "Hai Phong",
        },
        "invoices": [
            {
                "number": "HB-2026-1120",
                "dated": "2026-11-20",
                "currency": "USD",
                "total": "48250.00",
            }
        ],
        "lines": [
            {
                "item_no": 1,
                "determination_id": determination["id"],
                "description": "STATIC CONVERTERS, MODEL SC-500",
                "hs": "850440",
                "quantities": [
                    {"kind": "GROSS_WEIGHT", "value": "1250.5", "unit": "KGM"},
                    {"kind": "NUMBER", "value": "500", "unit": "C62"},
                ],
                "packages": [{"count": 50, "kind": "CT"}],
                "marks": "SC-500 / C/NO. 1-50",
                "model": "SC-500",
            }
        ],
        "shipped_on": "2026-11-20",
        "transport": {
            "departure_date": "2026-11-20",
            "mode": "1",
            "conveyance": "HMM PROMISE",
            "voyage": "045W",
            "loading": "KRPUS",
            "loading_text": "BUSAN",
            "discharge": "VNHPH",
            "discharge_text": "HAI PHONG",
        },
        "export_declarations": ["41234-26-112233X"],
    }
    return stated | changes


def approved(exporter: Person, officer: Person, content: dict[str, Any]) -> Any:
    """Bring an application to its approval."""
    application = exporter.post("/applications", content)
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    return officer.post(f"{path}/decision", {"decision": "APPROVED"})


@contextmanager
def offices_of(
    folder: Path, *authorities: str, databases: Mapping[str, Database], **sections: Any
) -> Iterator[Offices]:
    """Open offices on databases, and close them; `sections` are settings of Korea's."""
    offices = Offices(folder, *authorities, databases=databases, **sections)
    try:
        yield offices
    finally:
        offices.close()


@contextmanager
def fresh_databases(
    request: pytest.FixtureRequest, *authorities: str
) -> Iterator[dict[str, Database]]:
    """Borrow a migrated database for each office, on the backend that the fixture runs with."""
    lender = lender_of(request)
    with ExitStack() as lent:
        yield {authority: lent.enter_context(lender.lend()) for authority in authorities}
