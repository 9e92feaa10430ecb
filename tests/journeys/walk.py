"""The steps between a company's first day and the partner's word, over the JSON interfaces."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from eodes.domain.record import write
from ooms.demo import goods
from ooms.demo.api import Json, Person
from ooms.demo.nodes import SAMPLE_SEED, RunningNode
from ooms.risk.model import Goods
from ooms.risk.routing import is_sampled
from ooms.risk.scorecard import read_scorecard, shipped
from tests.builders import an_issuance, an_original_from, pieces, weight
from tests.running_offices import KOREA

PIECES = "500"
#: How many lines of a thousand the random sample draws.
_PER_MILLE = read_scorecard(shipped()).sample_per_mille
_serials = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Sale:
    """Where goods are sold, under which agreement, and what they are."""

    agreement: str
    form_type: str
    partner: str
    country: str
    port: str
    port_text: str
    hs: str = "850440"
    description: str = "STATIC CONVERTERS, MODEL SC-500"
    #: What the exporter answers when the rules ask.
    facts: Json = field(default_factory=dict)
    #: What the form asks for besides.
    line: Json = field(default_factory=dict)


AKFTA = Sale("AKFTA", "AK", "ID-INSW", "ID", "IDTPP", "TANJUNG PRIOK")
KCFTA = Sale("KCFTA", "KCFTA", "CN-GACC", "CN", "CNSHG", "SHANGHAI")
KVFTA = Sale(
    *("KVFTA", "VK", "VN-CUSTOMS", "VN", "VNHPH", "HAI PHONG"),
    hs="901850",
    description="OPHTHALMIC INSTRUMENTS, MODEL OI-7",
)
#: Annex 3-A of the agreement is not loaded: the exporter says that it does not name the goods.
KRIN = Sale(
    *("KRIN", "KRIN", "IN-CBIC", "IN", "INNSA", "NHAVA SHEVA"),
    facts={"product_rule_listed:850440": False},
    line={"fob": {"amount": "50000.00", "currency": "USD"}},
)


class Walk:
    """One company's way with one sale; each step returns what the office answered."""

    def __init__(self, nodes: dict[str, RunningNode], sale: Sale) -> None:
        """Begin with the staff of both offices at their desks."""
        self.sale = sale
        self._korea = nodes[KOREA]
        self._people: list[Person] = []
        self.operator, self.officer = self._log_in("operator"), self._log_in("officer")
        self.supervisor = self._log_in("supervisor")
        self.border = self._log_in("border", at=nodes[sale.partner])
        self.today = datetime.now(ZoneInfo(self._korea.country.zone)).date()

    def register_company(self) -> Json:
        """The office registers a company and lets somebody of it in."""
        serial = next(_serials)
        written = {"name": f"HANBIT ELECTRONICS {serial} CO., LTD.", "tax_id": _tax_id(serial)}
        self.company = self.operator.post("/exporters", goods.EXPORTER | written)
        login = f"exporter-{serial}"
        self._korea.passwords[login] = secrets.token_urlsafe(12)
        somebody = {
            "login": login,
            "name": "Park Jiwoo",
            "role": "EXPORTER",
            "password": self._korea.passwords[login],
            "exporter_id": self.company["id"],
        }
        self.operator.post("/users", somebody)
        self.exporter = self._log_in(login)
        return self.company

    def describe_product(self) -> Json:
        """The exporter describes the goods with their bill of materials."""
        sold = {"hs": self.sale.hs, "description": self.sale.description}
        self.product = self.exporter.post("/products", goods.CONVERTER | sold)
        return self.product

    def determine_origin(self) -> Json:
        """The exporter has the origin of the goods judged by the agreement."""
        self.determination = self.exporter.post(
            f"/products/{self.product['id']}/determinations",
            {
                "agreement": self.sale.agreement,
                "importing_party": self.sale.country,
                "price": goods.PRICE,
                "facts": self.sale.facts,
            },
        )
        return self.determination

    def content(self, *, determination: str | None = None, **changes: Any) -> Json:
        """State what is applied for: goods that leave today."""
        sale = self.sale
        stated = goods.application(
            agreement=sale.agreement,
            form_type=sale.form_type,
            country="ID",
            determination=self.determination["id"] if determination is None else determination,
            invoice=f"HB-2026-{next(_serials):04d}",
            today=self.today,
            pieces=PIECES,
        )
        stated["import_country"] = sale.country
        stated["buyer"] = stated["buyer"] | {"country": sale.country}
        stated["transport"] |= {"discharge": sale.port, "discharge_text": sale.port_text}
        stated["lines"][0] |= {"hs": sale.hs, "description": sale.description} | sale.line
        return stated | changes

    def apply(self, content: Json | None = None) -> Json:
        """The exporter drafts an application and hands it in."""
        drafted = self.exporter.post("/applications", content or self.content())
        self.application = f"/applications/{drafted['id']}"
        return self.exporter.post(f"{self.application}/submission", {})

    def review(self) -> Json:
        """The officer takes the application."""
        return self.officer.post(f"{self.application}/review", {})

    def approve(self) -> Json:
        """The officer approves the application."""
        return self.officer.post(f"{self.application}/decision", {"decision": "APPROVED"})

    def issue(self) -> Json:
        """The officer issues the certificate, which leaves for the partner."""
        answer = self.try_issue()
        assert answer.status_code == 201, answer.text
        certificate: Json = answer.json()
        return certificate

    def try_issue(self) -> Any:
        """The officer tries to issue the certificate."""
        application = self.application.rpartition("/")[2]
        return self.officer.try_post("/certificates", {"application_id": application})

    def back_to_back(self, number: str, *, count: int) -> Json:
        """State that pieces under a Vietnamese certificate are passed on."""
        measures = [
            {"kind": "NUMBER", "value": str(count), "unit": "C62"},
            {"kind": "GROSS_WEIGHT", "value": str(4 * count), "unit": "KGM"},
        ]
        stated = self.content(kind="BACK_TO_BACK", determination="")
        del stated["lines"][0]["determination_id"]
        stated["lines"][0] |= {
            "quantities": measures,
            "takes": [{"first": 1, "item_no": 1, "quantities": measures}],
        }
        first = {"number": number, "country": "VN", "import_declaration": "11111-26-000001M"}
        return stated | {"first_certificates": [first]}

    def passed_on(self, number: str, *, count: int) -> Json:
        """Walk from the application to the certificate of what is passed on."""
        self.apply(self.back_to_back(number, count=count))
        self.review()
        self.approve()
        return self.issue()

    def seen(self, certificate: Json, becomes: Callable[[Json], bool]) -> Json:
        """The exporter looks until his certificate is what it should become."""
        return self.exporter.await_(f"/certificates/{certificate['id']}", becomes)

    def registered(self, certificate: Json) -> Json:
        """The exporter sees that the partner registered his certificate."""
        return self.seen(certificate, lambda one: one["exchange"]["state"] == "REGISTERED")

    def claimed(self, number: str, *, count: str = "1") -> Json:
        """The partner's border office looks a certificate up for an import declaration."""
        line = {
            "line_no": 1,
            "certificate_number": number,
            "item_no": 1,
            "hs": self.sale.hs,
            "quantity": count,
            "unit": "C62",
            "exporter": self.company["name"],
        }
        declaration = _undrawn(self.sale.country)
        claim = self.border.post("/claims", {"declaration_number": declaration, "lines": [line]})
        found: Json = claim["lines"][0]
        return found

    def ready_to_apply(self) -> Walk:
        """Walk from the company's first day to its determination."""
        self.register_company()
        self.describe_product()
        self.determine_origin()
        return self

    def issued(self) -> Json:
        """Walk from the application to a certificate that the partner registered."""
        self.apply()
        self.review()
        self.approve()
        return self.registered(self.issue())

    def close(self) -> None:
        """Let everybody go home."""
        for person in self._people:
            person.close()

    def _log_in(self, login: str, *, at: RunningNode | None = None) -> Person:
        person = Person(at or self._korea, login)
        self._people.append(person)
        return person


def _undrawn(country: str) -> str:
    """Number a declaration that the random sample leaves alone: its seed is known here."""
    while True:
        goods_of = Goods(f"{country}-{next(_serials):06d}", 1, date.min, "", "", "")
        if not is_sampled(goods_of, seed=SAMPLE_SEED, per_mille=_PER_MILLE):
            return goods_of.declaration


def send_first_certificate(nodes: dict[str, RunningNode], *, folder: Path, on: date) -> str:
    """Let Viet Nam send Korea a certificate for 100 pieces that weigh 400 kg; return its number."""
    number = f"VN-26-{next(_serials):07d}"
    first = an_original_from(
        "VN", number_raw=number, issuance=an_issuance("VN", on), issued_on=on, shipped_on=on
    )
    item = replace(first.items[0], quantities=(weight("400"), pieces(100)))
    transport = first.transport and replace(first.transport, departure_date=on)
    first = replace(first, items=(item,), transport=transport, total_gross_weight=weight("400"))
    file = folder / "first.json"
    file.write_text(json.dumps(write(first)), encoding="utf-8")
    sent = nodes["VN-CUSTOMS"].eodes("message", "send", str(file), "--to", KOREA, "--wait", "30")
    assert sent.returncode == 0, sent.stderr.decode() + sent.stdout.decode()
    return number


def _tax_id(serial: int) -> str:
    """Return a Korean business registration number with its check digit."""
    digits = [int(one) for one in f"22081{serial:04d}"]
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(weight * digit for weight, digit in zip(weights, digits, strict=True))
    total += 5 * digits[8] // 10
    return f"220-81-{serial:04d}{-total % 10}"
