"""The main pages with many certificates in the database: time on the server, bytes on the wire."""

from __future__ import annotations

import gzip
import itertools
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text

from ooms.agreements.registry import load_shipped
from ooms.bootstrap import build_office
from ooms.jobs import fill_statistics
from ooms.settings import OfficeSettings
from tests.bench import specimen
from tests.bench.nodes import pair
from tests.bench.office_week import Stopwatch, Week
from tests.bench.timing import percentile
from tests.integration.postgres import NoServerError, running_server
from tests.offices import KOREAN, PASSWORD, QUICK_HASHER

HELD = 100_000
#: What the issue asks for.
MOST_MS = 100
MOST_KIB = 120
_ROUNDS = 20
_HERE = {"Sec-Fetch-Site": "same-origin"}
_LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_IMPORTED = re.compile(r"from '\./([^']+)'")

_FILL = """
INSERT INTO ooms_certificate
SELECT (jsonb_populate_record(c, jsonb_build_object(
    'id', gen_random_uuid()::text, 'number', 'B' || lpad(n::text, 12, '0'),
    'number_key', 'B' || lpad(n::text, 12, '0'), 'position', n + 1000, 'serial', n + 1000000))).*
FROM ooms_certificate AS c, generate_series(1, :count) AS n
WHERE c.id = (SELECT min(id) FROM ooms_certificate)
"""
_FILL_STATISTICS = """
INSERT INTO ooms_statistics_issue
SELECT (jsonb_populate_record(s, jsonb_build_object('certificate_id', c.id))).*
FROM ooms_statistics_issue AS s, ooms_certificate AS c WHERE c.number_key LIKE 'B%'
"""
_PAGES = {
    "officer": ("/desk/queue", "/desk/certificates", "/figures"),
    "clerk-0": ("/company/applications", "/company/certificates", "/company/compliance"),
    "": ("/", "/verify", "/public/rules"),
}


def measure(*, certificates: int = HELD) -> dict[str, Any]:
    """Fill a database, and open each page as whoever it is for."""
    try:
        with running_server(is_durable=True) as server:
            server.run("CREATE DATABASE pages")
            databases = {specimen.SENDER: server.url("pages")}
            with (
                tempfile.TemporaryDirectory(prefix="ooms-bench-") as folder,
                pair(Path(folder), databases=databases) as nodes,
            ):
                return _opened(nodes.sender, certificates)
    except NoServerError as error:
        return {"missing": str(error)}


def _opened(node: Any, certificates: int) -> dict[str, Any]:
    settings = OfficeSettings.model_validate(KOREAN | {"public": {"lookups_a_minute": 1_000_000}})
    office = build_office(node, settings, registry=load_shipped(), hasher=QUICK_HASHER)
    week = Week(office)
    week.case(0, Stopwatch())
    fill_statistics(office)
    office.works.do(lambda work: work.transaction.execute(text(_FILL), {"count": certificates}))
    office.works.do(lambda work: work.transaction.execute(text(_FILL_STATISTICS)))
    office.works.do(lambda work: work.transaction.execute(text("ANALYZE")))
    figures: dict[str, Any] = {
        "certificates": certificates,
        "asked_for": f"median below {MOST_MS} ms, a first page below {MOST_KIB} KiB",
    }
    for login, paths in _PAGES.items():
        week.client.cookies.clear()
        if login:
            _sign_in(week.client, login)
        for path in paths:
            figures[path] = _timed(week.client, path)
    return figures


def _sign_in(client: TestClient, login: str) -> None:
    given = {"login": login, "password": PASSWORD}
    client.post("/sign-in", data=given, headers=_HERE, follow_redirects=False)


def _timed(client: TestClient, path: str) -> dict[str, float]:
    """Open a page again and again, and weigh it with everything that it links to."""
    taken = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        client.get(path, follow_redirects=False).raise_for_status()
        taken.append((time.perf_counter() - started) * 1000)
    page = client.get(path).text
    return {"p50_ms": percentile(taken[1:], 0.5), "first_kib": _weight(client, page) / 1024}


def _weight(client: TestClient, page: str) -> int:
    """Weigh a page, uncompressed as it is sent, with its styles and scripts, compressed."""
    linked = set(_LINKED.findall(page))
    files = {address: client.get(address).content for address in linked}
    for name in itertools.chain(*(_IMPORTED.findall(_script(one)) for one in files.items())):
        files[f"/static/{name}"] = client.get(f"/static/{name}").content
    compressed = sum(len(gzip.compress(content)) for content in files.values())
    return len(page.encode()) + compressed


def _script(file: tuple[str, bytes]) -> str:
    address, content = file
    return content.decode() if ".js" in address and "frame" in address else ""
