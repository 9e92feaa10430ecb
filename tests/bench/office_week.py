"""A week of a medium office: from the draft of each application to its certificate in print."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from ooms.access.model import Role
from ooms.agreements.registry import load_shipped
from ooms.bootstrap import Office, build_office
from ooms.settings import OfficeSettings
from ooms.web.app import make_app
from tests.bench import specimen
from tests.bench.memory import own_mib
from tests.bench.nodes import pair
from tests.bench.timing import percentile
from tests.integration.postgres import NoServerError, running_server
from tests.offices import (
    COMPANY,
    KOREAN,
    PASSWORD,
    PRICE,
    PRODUCT,
    QUICK_HASHER,
    Person,
    an_application,
)

WEEK = 2000
#: What the issue asks of the step that issues.
MOST_MS = 150
COMPANIES = 20
#: A document is fetched for every tenth certificate: it has figures of its own.
EVERY = 10
_WARM = 10


class Stopwatch:
    """Times the steps of a case by their names."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.taken.setdefault(name, []).append((time.perf_counter() - started) * 1000)

    def figures(self) -> dict[str, dict[str, float]]:
        """Return the median and the 99th percentile of each step, in milliseconds."""
        return {
            name: {
                "p50_ms": percentile(taken[_WARM:], 0.5),
                "p99_ms": percentile(taken[_WARM:], 0.99),
            }
            for name, taken in self.taken.items()
            if len(taken) > _WARM
        }


class RealClock:
    """Stands where tests advance a clock: here time goes by itself."""

    def advance(self, *, seconds: float) -> None:
        """Let time pass as it does."""


class Company:
    """A company with one product, determined; its clerk writes all its applications."""

    def __init__(self, week: Week, place: int) -> None:
        registered = week.clerk.post("/exporters", COMPANY | {"tax_id": _tax_id(place)})
        self.id = str(registered["id"])
        self.clerk = week.person(f"clerk-{place}", Role.EXPORTER, exporter_id=self.id)
        product = self.clerk.post("/products", PRODUCT)
        self.determined = self.clerk.post(
            f"/products/{product['id']}/determinations",
            {"agreement": "AKFTA", "importing_party": "VN", "on": _today(), "price": PRICE},
        )


class Week:
    """An office with its people and companies."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.client = TestClient(make_app(office))
        self.clerk = self.person("registry", Role.OPERATOR)
        self.officer = self.person("officer", Role.OFFICER)
        self.companies = [Company(self, place) for place in range(COMPANIES)]

    def person(self, login: str, role: Role, *, exporter_id: str | None = None) -> Person:
        self.office.works.do(
            lambda work: self.office.access.make_user(
                work, login=login, password=PASSWORD, name=login, role=role, exporter_id=exporter_id
            )
        )
        return Person(self.client, login, clock=RealClock())  # type: ignore[arg-type]  # real time

    def case(self, place: int, watch: Stopwatch) -> None:
        """Bring one application from its draft to its certificate."""
        company = self.companies[place % COMPANIES]
        with watch.step("draft"):
            drafted = company.clerk.post("/applications", content_of(company, place))
        path = f"/applications/{drafted['id']}"
        with watch.step("submit"):
            company.clerk.post(f"{path}/submission")
        with watch.step("take up"):
            self.officer.post(f"{path}/review")
        with watch.step("decide"):
            self.officer.post(f"{path}/decision", {"decision": "APPROVED"})
        with watch.step("issue"):
            issued = self.officer.post("/certificates", {"application_id": drafted["id"]})
        if place % EVERY == 0:
            with watch.step("print and seal"):
                company.clerk.try_get(f"/certificates/{issued['id']}/document").raise_for_status()


def measure(*, applications: int = WEEK) -> dict[str, Any]:
    """Work through a week on both databases."""
    figures: dict[str, Any] = {
        "applications": applications,
        "companies": COMPANIES,
        "issue p99 asked for": f"below {MOST_MS} ms",
        "sqlite": _on(None, applications),
    }
    try:
        with running_server(is_durable=True) as server:
            server.run("CREATE DATABASE week")
            figures["postgresql"] = _on(server.url("week"), applications)
    except NoServerError as error:
        figures["postgresql"] = {"missing": str(error)}
    return figures


def _on(url: str | None, applications: int) -> dict[str, Any]:
    databases = {specimen.SENDER: url} if url else {}
    with (
        tempfile.TemporaryDirectory(prefix="ooms-bench-") as folder,
        pair(Path(folder), databases=databases) as nodes,
    ):
        settings = OfficeSettings.model_validate(KOREAN)
        office = build_office(nodes.sender, settings, registry=load_shipped(), hasher=QUICK_HASHER)
        return _worked_through(Week(office), applications)


def _worked_through(week: Week, applications: int) -> dict[str, Any]:
    watch = Stopwatch()
    marks = {applications * share // 100: share for share in (10, 50, 100)}
    resident: dict[str, float] = {}
    started = time.perf_counter()
    for place in range(applications):
        week.case(place, watch)
        if place + 1 in marks:
            # Alone: a database server started for the run is a child, and fills its own cache.
            resident[f"at_{marks[place + 1]}_percent"] = own_mib(os.getpid())
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "applications_per_s": applications / seconds,
        **watch.figures(),
        "resident_mib": resident,
        "resident_grows_by": resident["at_100_percent"] / resident["at_10_percent"],
    }


def content_of(company: Company, place: int) -> dict[str, Any]:
    """Write an application of a company that nobody else's invoice stands on."""
    content = an_application(company.determined, shipped_on=_today())
    invoice = content["invoices"][0] | {"number": f"HB-{place:06d}", "dated": _today()}
    transport = content["transport"] | {"departure_date": _today()}
    return content | {"invoices": [invoice], "transport": transport}


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  # the day of this machine is meant


def _tax_id(place: int) -> str:
    """Make the number of a Korean business: its last digit is a check digit."""
    digits = f"12081{place:04d}"
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    total += int(digits[-1]) * 5 // 10
    number = f"{digits}{-total % 10}"
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"
