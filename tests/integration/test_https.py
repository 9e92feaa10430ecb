"""Sending over real TLS: who is let in, who is believed, and what every failure becomes."""

import dataclasses
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from eodes.domain.partner import Timers
from eodes.errors import PartnerUnreachableError
from eodes.settings import ClientCertificates
from eodes.transport.https import MAX_ANSWER_BYTES, HttpsTransport
from eodes.transport.tls import server_context, trust_authorities
from eodes.trust.registry import Partner
from eodes.wire.signer import load_certificate
from tests.unit.node.nodes import PROFILES, make, plan_of

DOCUMENT = b"<Message/>"
QUICK = Timers(connect=1, answer=1)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nodes")
    return {
        code: make(folder / code, plan_of(code)) for code in ("KR-KCS", "CN-GACC", "VN-CUSTOMS")
    }


@pytest.fixture
def korea(nodes):
    return nodes["KR-KCS"]


@pytest.fixture
def china(nodes):
    return nodes["CN-GACC"]


@pytest.fixture
def transport(korea):
    transport = HttpsTransport(korea)
    yield transport
    transport.close()


def authority(settings):
    return load_certificate(settings.keys.tls_authority).public_bytes(Encoding.DER)


class Recorder(BaseHTTPRequestHandler):
    """Answers as the test's `answer` says and keeps what came."""

    protocol_version = "HTTP/1.1"
    server: "Listener"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body, self.client_address))
        self.server.answer(self)

    def log_message(self, *_words):
        pass


def acknowledge(handler, *, status=200, body=b"<Ack/>", headers=()):
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context, answer):
        super().__init__(("", 0), Recorder)
        self.answer = answer
        self.seen = []
        self.failures = []
        if context:
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def handle_error(self, *_of):
        self.failures.append(True)


@contextmanager
def listening(context, answer=acknowledge):
    server = Listener(context, answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def partner_at(server, settings, *, scheme="https", host="127.0.0.1", timers=QUICK, trusted=None):
    profile = dataclasses.replace(PROFILES[settings.profile], timers=timers)
    return Partner(
        authority=settings.authority,
        profile=profile,
        endpoint=f"{scheme}://{host}:{server.server_address[1]}/partner/v1/messages",
        tls_authorities=(authority(settings),) if trusted is None else trusted,
    )


def reason_of(transport, partner):
    with pytest.raises(PartnerUnreachableError) as unreachable:
        transport.post(partner, DOCUMENT, attempt=1)
    assert unreachable.value.partner == partner.authority
    return unreachable.value.reason


def test_document_arrives_and_its_answer_comes_back(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    with listening(context) as server:
        answer = transport.post(partner_at(server, china), DOCUMENT, attempt=3)

    ((path, headers, body, _),) = server.seen
    assert (answer.status, answer.body, answer.retry_after) == (200, b"<Ack/>", None)
    assert (path, body) == ("/partner/v1/messages", DOCUMENT)
    assert headers["Content-Type"] == "application/xml"
    assert headers["EODES-Attempt"] == "3"
    assert headers["User-Agent"].startswith("eodes/")


def test_connection_is_kept_for_the_next_document(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    with listening(context) as server:
        partner = partner_at(server, china)
        transport.post(partner, DOCUMENT, attempt=1)
        transport.post(partner, DOCUMENT, attempt=1)

    assert server.seen[0][3] == server.seen[1][3]


def test_partner_that_another_authority_vouches_for_is_not_believed(transport, china, nodes):
    context = server_context(china, client_authorities=[authority(nodes["KR-KCS"])])
    others = (authority(nodes["VN-CUSTOMS"]),)

    with listening(context) as server:
        reason = reason_of(transport, partner_at(server, china, trusted=others))

    assert "certificate verify failed" in reason
    assert server.seen == []


def test_partner_without_any_authority_is_not_believed(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    with listening(context) as server:
        reason = reason_of(transport, partner_at(server, china, trusted=()))

    assert "certificate verify failed" in reason


def test_certificate_must_name_the_host_that_was_called(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    with listening(context) as server:
        reason = reason_of(transport, partner_at(server, china, host="127.0.0.2"))

    assert "not valid for '127.0.0.2'" in reason
    assert server.seen == []


def test_stranger_is_not_let_in(korea, china, nodes):
    context = server_context(china, client_authorities=[authority(korea)])
    stranger = HttpsTransport(nodes["VN-CUSTOMS"])

    with listening(context) as server:
        reason_of(stranger, partner_at(server, china))

    stranger.close()
    assert server.seen == []


def test_listener_without_partners_lets_nobody_in(transport, china):
    context = server_context(china, client_authorities=[])

    with listening(context) as server:
        reason_of(transport, partner_at(server, china))

    assert server.seen == []


def test_authority_trusted_later_counts_on_the_live_listener(transport, korea, china):
    context = server_context(china, client_authorities=[])

    with listening(context) as server:
        partner = partner_at(server, china)
        reason_of(transport, partner)
        trust_authorities(context, authorities=[authority(korea)])
        answer = transport.post(partner, DOCUMENT, attempt=2)

    assert answer.status == 200


def test_authority_trusted_later_counts_for_the_next_call(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    with listening(context) as server:
        reason_of(transport, partner_at(server, china, trusted=()))
        answer = transport.post(partner_at(server, china), DOCUMENT, attempt=2)

    assert answer.status == 200


def test_listener_behind_a_proxy_asks_for_no_certificate(china):
    server = dataclasses.replace(china.server, client_certificates=ClientCertificates.OFF)

    context = server_context(dataclasses.replace(china, server=server), client_authorities=[])

    assert context.verify_mode.name == "CERT_NONE"


def test_plain_endpoint_is_refused_while_tls_is_on(transport, china):
    with listening(None) as server:
        reason = reason_of(transport, partner_at(server, china, scheme="http"))

    assert "http://" in reason
    assert server.seen == []


def test_plain_endpoint_is_called_where_tls_is_off(korea, china, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    off = dataclasses.replace(korea.server, tls=False)
    transport = HttpsTransport(dataclasses.replace(korea, server=off))

    with listening(None) as server:
        answer = transport.post(partner_at(server, china, scheme="http"), DOCUMENT, attempt=1)

    transport.close()
    assert answer.status == 200


def test_redirect_is_an_answer_and_is_not_followed(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    def redirect(handler):
        acknowledge(handler, status=307, headers=[("Location", "https://127.0.0.1:9/")])

    with listening(context, redirect) as server:
        answer = transport.post(partner_at(server, china), DOCUMENT, attempt=1)

    assert answer.status == 307
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([("Retry-After", "120")], 120),
        ([("Retry-After", "999999999")], 86_400),
        ([("Retry-After", "soon")], None),
        ([("Retry-After", "-5")], None),
        ([], None),
    ],
)
def test_answer_says_when_to_come_back(transport, korea, china, *, headers, seconds):
    context = server_context(china, client_authorities=[authority(korea)])

    def busy(handler):
        acknowledge(handler, status=503, headers=headers)

    with listening(context, busy) as server:
        answer = transport.post(partner_at(server, china), DOCUMENT, attempt=1)

    assert (answer.status, answer.retry_after) == (503, seconds)


def test_date_to_come_back_is_measured_by_the_answers_own_clock(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    def busy(handler):
        handler.send_response_only(503)
        handler.send_header("Date", "Fri, 20 Nov 2026 09:00:00 GMT")
        handler.send_header("Retry-After", "Fri, 20 Nov 2026 09:02:00 GMT")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with listening(context, busy) as server:
        answer = transport.post(partner_at(server, china), DOCUMENT, attempt=1)

    assert answer.retry_after == 120


def test_endless_answer_is_cut_off(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    def flood(handler):
        acknowledge(handler, body=b" " * (MAX_ANSWER_BYTES + 1))

    with listening(context, flood) as server:
        reason = reason_of(transport, partner_at(server, china))

    assert "exceeds" in reason


def test_compressed_answer_that_nobody_asked_for_is_refused(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    def compress(handler):
        acknowledge(handler, body=b"\x1f\x8b", headers=[("Content-Encoding", "gzip")])

    with listening(context, compress) as server:
        reason = reason_of(transport, partner_at(server, china))

    assert "encoded (gzip)" in reason


def test_silent_partner_is_given_up_in_time(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])
    released = threading.Event()

    with listening(context, lambda _handler: released.wait(10)) as server:
        started = time.monotonic()
        reason = reason_of(transport, partner_at(server, china))
        released.set()

    assert "no answer in time" in reason
    assert time.monotonic() - started < 5


def test_dripping_answer_is_given_up_in_time(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.2)

    with listening(context, drip) as server:
        reason = reason_of(transport, partner_at(server, china))

    assert "too slowly" in reason


def test_broken_off_answer_is_no_answer(transport, korea, china):
    context = server_context(china, client_authorities=[authority(korea)])

    def break_off(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        handler.wfile.flush()
        handler.close_connection = True

    with listening(context, break_off) as server:
        reason = reason_of(transport, partner_at(server, china))

    assert "no HTTP" in reason


def test_closed_port_and_unknown_host_are_unreachable(transport, china):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile = PROFILES["cn-gacc"]

    for address in (f"https://127.0.0.1:{port}/", "https://no-such-host.invalid/"):
        partner = Partner("CN-GACC", profile, address, (authority(china),))

        assert "no connection" in reason_of(transport, partner)


def test_profile_that_wants_no_client_certificate_asks_for_none(nodes):
    china = nodes["CN-GACC"]

    context = server_context(china, client_authorities=[], asks_for_certificates=False)

    assert context.verify_mode is ssl.CERT_NONE
