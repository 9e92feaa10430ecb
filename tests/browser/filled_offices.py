"""Two offices in this process with something of everything, and a server that shows their pages."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import uvicorn

from eodes.store.database import Database
from ooms.access.model import Role
from ooms.bootstrap import Office
from ooms.demo.nodes import free_ports
from ooms.jobs import import_bills
from ooms.portal.border.case_steps import BY_NAME
from ooms.web.app import make_app
from ooms.web.rate_limit import RateLimit
from tests.agreed import agree_on_messages
from tests.approvals import ITEM, applied, approved_exporter
from tests.authenticator import Authenticator
from tests.integration.office import test_office_rulings as rulings
from tests.integration.office import test_office_verifications as asking
from tests.integration.office.test_office_bill_imports import csv_of, handed_in
from tests.integration.office.test_office_border_desk import claimed
from tests.integration.office.test_office_claims import a_claim
from tests.integration.office.test_office_denials import DENIED
from tests.integration.office.test_office_error_notices import filed
from tests.integration.office.test_office_exchanges import keep_comparison
from tests.integration.office.test_office_passkeys import ORIGIN
from tests.integration.office.test_office_passkeys import made as made_passkey
from tests.integration.office.test_office_retention import FIVE_YEARS, proposed
from tests.integration.office.test_office_secrets import (
    broker_of,
    company_of,
    cost_statement,
    maker_for,
)
from tests.integration.office.test_office_suppliers import asked, stated
from tests.offices import Offices, Person, an_application, approved, determined, offices_of

KOREA, VIET_NAM = "KR-KCS", "VN-CUSTOMS"
#: Passkeys are bound to an address: one is kept where the office has one.
ADDRESS = {"public_address": ORIGIN}
#: How many look-ups the public pages allow a minute, so that all pages are walked.
MANY = 10_000
#: Who works where, the first of a role first: whoever may see a page opens it.
STAFF = {
    KOREA: {
        "kim": Role.OFFICER,
        "choi": Role.SUPERVISOR,
        "ops": Role.OPERATOR,
        "desk": Role.PARTNER_DESK,
        "audit": Role.AUDITOR,
    },
    VIET_NAM: {"linh": Role.IMPORT_OFFICER, "minh": Role.SUPERVISOR},
}


@dataclass(slots=True)
class Filled:
    """The offices, who sits in them, and where their pages are served."""

    offices: Offices
    people: dict[str, dict[str, Person]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    apps: dict[str, Any] = field(default_factory=dict)
    supplier_token: str = ""
    numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def office(self, authority: str) -> Office:
        """Return an office."""
        return self.offices.offices[authority]

    def words(self, authority: str) -> dict[str, tuple[object, ...]]:
        """Return what fills parts of addresses and is no row's key."""
        return {
            "agreement": ("KVFTA", "AKFTA"),
            "country": ("KR",),
            "number": self.numbers,
            "partner": tuple(one for one in STAFF if one != authority),
            "place": (0,),
            "reference": self.references,
            "step": tuple(BY_NAME),
            "token": (self.supplier_token,),
        }


@contextmanager
def filled(folder: Path, template: Path) -> Iterator[Filled]:
    """Open both offices, let everything happen in them once, and serve them.

    1. Let people in on both sides.
    2. Let a company sell: goods, suppliers, applications in every state, certificates.
    3. Let the importing side claim, ask by message, be answered, and deny.
    4. Let the office rule, approve, compare and propose what is due for deletion.
    """
    profiles = agree_on_messages(folder / "profiles", "kr-kcs", "vn-customs")
    databases = {
        authority: Database(f"sqlite:///{shutil.copy(template, folder / f'{authority}.sqlite')}")
        for authority in STAFF
    }
    with (
        offices_of(
            folder / "nodes", *STAFF, databases=databases, profiles=profiles, http=ADDRESS
        ) as opened,
        ExitStack() as doors,
    ):
        made = Filled(opened)
        _let_in(made)  # 1
        sold = _sell(made)  # 2
        _import(made)  # 3
        _deny(made, sold)
        _rule(made)  # 4
        for authority, office in opened.offices.items():
            made.apps[authority] = make_app(office)
            made.addresses[authority] = doors.enter_context(served(made.apps[authority]))
            asked_by_tests: Any = opened.clients[authority].app
            for app in (made.apps[authority], asked_by_tests):
                app.state.rate_limit = RateLimit(most=MANY)
        yield made


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an application from a thread, and return its address."""
    (port,) = free_ports(1)
    settings = uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _let_in(made: Filled) -> None:
    korean = made.people[KOREA] = {}
    korean["hanbit"] = made.offices.company()
    korean["maker"], korean["maker-exporter"] = maker_for(made.offices)
    korean["broker"] = broker_of(made.offices, korean["hanbit"], "broker", "GOODS", "CERTIFICATES")
    for authority, staff in STAFF.items():
        people = made.people.setdefault(authority, {})
        people |= {
            login: made.offices.person(authority, login, role) for login, role in staff.items()
        }
    kept = made_passkey(korean["kim"], Authenticator(ORIGIN))
    assert kept.status_code < HTTPStatus.BAD_REQUEST, kept.text


def _sell(made: Filled) -> str:
    people = made.people[KOREA]
    exporter, officer = people["hanbit"], people["kim"]
    origin = determined(exporter)
    draft = exporter.post("/applications", an_application(origin))
    waiting = exporter.post("/applications", an_application(origin))
    exporter.post(f"/applications/{waiting['id']}/submission")
    officer.post(f"/applications/{waiting['id']}/review")
    _back_for_completion(exporter, officer, an_application(origin))
    application = approved(exporter, officer, an_application(origin))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    filed(exporter, certificate, cause="BILL")
    _supply(made)
    _keep_stock(exporter)
    filed_costs = people["maker"].post("/cost-statements", cost_statement("120-81-00001"))
    made.references = (filed_costs["reference"],)
    sheet = (("SC-700", "STATIC CONVERTER", "850440", 2022, "board", "853400", "no", "a lot"),)
    handed_in(exporter, csv_of(*sheet))
    import_bills(made.office(KOREA))
    assert draft["state"] == "DRAFT"
    return str(certificate["number"])


def _back_for_completion(exporter: Person, officer: Person, content: dict[str, Any]) -> None:
    application = exporter.post("/applications", content)
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    lack = {"box": "2", "reason_code": "PAPERS", "text": "The street of the buyer is missing."}
    officer.post(f"{path}/completions", {"lacks": [lack]})


def _supply(made: Filled) -> None:
    exporter = made.people[KOREA]["hanbit"]
    _, token = asked(exporter)
    assert stated(exporter, token).status_code < 300
    _, made.supplier_token = asked(exporter)


def _keep_stock(exporter: Person) -> None:
    material = {"part_number": "P-1", "description": "boards", "unit": "C62"}
    path = f"/materials/{exporter.post('/materials', material)['id']}"
    lot = {"number": "L-1", "received_on": "2026-01-10", "quantity": "60", "country": "KR"}
    exporter.post(
        f"{path}/lots", lot | {"unit_price": "35", "currency": "USD", "supplier": "DAEHAN"}
    )
    exporter.post(f"{path}/withdrawals", {"taken_on": "2026-03-01", "quantity": "7.5"})
    exporter.post(f"{path}/methods", {"starts_on": "2026-01-01", "method": "fifo"})
    site = {"name": "Plant 2", "address": "9 Mill Road", "city": "Gumi", "country": "KR"}
    exporter.post(f"/exporters/{company_of(exporter)}/sites", site)


def _import(made: Filled) -> None:
    """Let Viet Nam claim preference under a certificate, ask Korea about it, and be answered."""
    korean, vietnamese = made.people[KOREA], made.people[VIET_NAM]
    people = {
        "exporter": korean["hanbit"],
        "officer": korean["kim"],
        "chief": korean["choi"],
        "asker": vietnamese["linh"],
        "head": vietnamese["minh"],
    }
    origin = determined(people["exporter"], agreement="KVFTA", hs=asking.HS)
    content = an_application(origin)
    content["lines"][0]["hs"] = asking.HS
    application = approved(people["exporter"], people["officer"], content)
    sold = people["officer"].post("/certificates", {"application_id": application["id"]})
    made.offices.run()
    made.numbers = (sold["number"],)
    claimed(people["asker"], sold["number"], "HPH-1", agreement="KVFTA")
    differing = {"agreement": "KVFTA", "description": "FROZEN SHRIMPS"}
    claimed(people["asker"], sold["number"], "HPH-2", **differing)
    asking.requested(people, sold)
    case = asking.received(made.offices, people)
    asking.consents(people, "OTHER")
    asking.inquired(people, case)
    asking.replied(made.offices, people, case)


def _deny(made: Filled, number: str) -> None:
    """Let Viet Nam deny a claim under an agreement that names a period for telling of it."""
    officer = made.people[VIET_NAM]["linh"]
    claim = officer.post("/claims", a_claim(number, agreement="AKFTA"))
    officer.post(f"/claims/{claim['id']}/lines/1/decisions", DENIED)
    made.offices.run()


def _look_after(officer: Person, supervisor: Person, company: str) -> None:
    """Keep a card of who signs, list the company, and set numbers aside."""
    card = {"name": "Park Jiwoo", "specimen_sha256": "5d" * 32, "valid_from": "2026-01-01"}
    officer.post(f"/exporters/{company}/signatories", card)
    fact = {"exporter_id": company, "kind": "JUDGMENT", "happened_on": "2026-11-20"}
    officer.post("/approvals/facts", fact | {"text": "boxes were open at the gate"})
    officer.post("/approvals/lists/ON_SITE/proposal")
    block = {"office": "K001", "agreement": "AKFTA", "count": 2, "reason": "a planned move"}
    supervisor.post("/number-blocks", block)


def _rule(made: Filled) -> None:
    people = made.people[KOREA]
    rulings.ruled(people["hanbit"], people["kim"])
    rulings.applied(people["hanbit"])
    approved_exporter(people["hanbit"], people["kim"])
    applied(people["hanbit"], ITEM)
    made.office(KOREA).works.do(lambda work: keep_comparison(work.transaction))
    _look_after(people["kim"], people["choi"], company_of(people["hanbit"]))
    made.offices.world.clock.advance(days=FIVE_YEARS)
    assert proposed(made.offices)
    made.offices.world.clock.advance(days=-FIVE_YEARS)
