"""Documents of an office whose timestamp authority gives no token: nothing is made, try later."""

import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.offices import an_application, approved, determined, fresh_databases, offices_of

NOBODY_LISTENS = "http://127.0.0.1:9/"


class Nonsense(BaseHTTPRequestHandler):
    """Calls anything a timestamp."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(b"no timestamp at all")

    def log_message(self, *_):
        pass


@pytest.fixture
def nonsense():
    with ThreadingHTTPServer(("127.0.0.1", 0), Nonsense) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(params=[SQLITE])
def office_stamped_by(request, tmp_path):
    """Open an office that has its seals stamped at an address."""
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases(request, "KR-KCS"))

        def opened(address):
            stamped = {"timestamp_url": address}
            offices = offices_of(
                tmp_path / "nodes", "KR-KCS", databases=databases, documents=stamped
            )
            return stack.enter_context(offices)

        yield opened


def document_of(offices):
    """Ask for the document of a certificate that was issued just now."""
    officer = offices.person("KR-KCS", "kim", Role.OFFICER)
    exporter = offices.company()
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    return officer.try_get(f"/certificates/{issued['id']}/document")


def test_silent_timestamp_authority_means_try_again_later(office_stamped_by):
    answer = document_of(office_stamped_by(NOBODY_LISTENS))

    assert (answer.status_code, answer.json()["code"]) == (503, "SYS-TIMESTAMP")
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert "try again" in answer.json()["detail"]


def test_nonsense_in_place_of_a_timestamp_is_none(office_stamped_by, nonsense):
    answer = document_of(office_stamped_by(nonsense))

    assert (answer.status_code, answer.json()["code"]) == (503, "SYS-TIMESTAMP")
