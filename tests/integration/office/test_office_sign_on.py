"""Logging in at an identity provider: a real one, over real HTTP, in a process of its own."""

import contextlib
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from sqlalchemy import text

from ooms.access.model import Role
from tests import identity_provider
from tests.integration.databases import BACKENDS, SQLITE
from tests.integration.office.test_office_logins import second_factor_of
from tests.offices import fresh_databases, offices_of

CALLBACK = "http://localhost:8080/api/v1/oidc/national/callback"
SERVER = Path(identity_provider.__file__)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def asked(way, address, **more):
    with httpx2.Client(trust_env=False) as http:
        return http.request(way, address, **more)


@contextlib.contextmanager
def serving(command, *, address):
    """Run a provider until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        described = f"{address}/.well-known/openid-configuration"
        for _ in range(200):
            with contextlib.suppress(httpx2.TransportError):
                if asked("GET", described).status_code == 200:
                    break
            time.sleep(0.1)
        else:
            raise AssertionError("the provider never answered")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def provider_address():
    port = free_port()
    command = [sys.executable, str(SERVER), str(port), CALLBACK]
    with serving(command, address=f"http://127.0.0.1:{port}") as address:
        yield address


class Provider:
    """The provider as a test tells it what to do."""

    def __init__(self, address, clock):
        self.address = address
        self.clock = clock
        self.behave()

    def behave(self, **behavior):
        now = int(self.clock.now().timestamp())
        asked("POST", f"{self.address}/behavior", json={"now": now} | behavior)

    def consent(self, address):
        """Let the person consent, and return where the browser is sent."""
        sent = asked("GET", address)
        assert sent.status_code == 302, sent.text
        return sent.headers["Location"]

    def asked(self, path):
        return asked("GET", f"{self.address}/asked").json().get(path, 0)


@contextlib.contextmanager
def an_office(request, folder, address, **changes):
    """Open an office that knows the provider."""
    secret = folder / "client.secret"
    secret.write_text(identity_provider.CLIENT_SECRET)
    section = {
        "issuer": address,
        "client_id": identity_provider.CLIENT_ID,
        "client_secret_file": str(secret),
        "redirect_uri": CALLBACK,
    } | changes
    access = {"oidc": {"national": section}, "second_factor_roles": ["SUPERVISOR"]}
    with (
        fresh_databases(request, "KR-KCS") as databases,
        offices_of(folder / "nodes", "KR-KCS", databases=databases, access=access) as offices,
    ):
        yield offices


@pytest.fixture(params=BACKENDS)
def offices(request, tmp_path, provider_address):
    with an_office(request, tmp_path, provider_address) as opened:
        yield opened


@pytest.fixture(params=[SQLITE])
def office_of(request, tmp_path):
    """Open an office of a provider, with settings of the test's own."""
    with contextlib.ExitStack() as stack:
        yield lambda address, **changes: stack.enter_context(
            an_office(request, tmp_path, address, **changes)
        )


@pytest.fixture
def provider(offices, provider_address):
    return Provider(provider_address, offices.world.clock)


@pytest.fixture
def clerk(offices):
    return offices.person("KR-KCS", "clerk", Role.OPERATOR)


@pytest.fixture
def linked(offices, clerk, officer):
    """An officer who is linked to the person at the provider."""
    user = officer.get("/account")["id"]
    link = {"provider": "national", "subject": "person-1"}
    clerk.post(f"/users/{user}/identities", link)
    return officer


def begin(offices):
    answer = offices.clients["KR-KCS"].get("/api/v1/oidc/national/start")
    assert answer.status_code == 200, answer.text
    return answer.json()["address"]


def come_back(offices, address, *, name="national"):
    query = urlsplit(address).query
    return offices.clients["KR-KCS"].get(f"/api/v1/oidc/{name}/callback?{query}")


def log_in(offices, provider):
    return come_back(offices, provider.consent(begin(offices)))


def test_linked_user_logs_in_at_the_provider(offices, provider, linked, clerk):
    opened = log_in(offices, provider)
    linked.headers = {"Authorization": f"Bearer {opened.json()['token']}"}
    newest = linked.get("/account/sessions")["items"][0]
    trail = clerk.get("/audit?what=session.opened&who=kim")["items"][0]

    assert opened.status_code == 200
    assert (opened.json()["role"], opened.json()["name"]) == ("OFFICER", "Kim")
    assert newest["means"] == trail["facts"]["means"] == "OIDC"


def test_request_asks_for_a_code_with_pkce_state_and_nonce(offices):
    asked = parse_qs(urlsplit(begin(offices)).query)

    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == [CALLBACK]
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) == 43 for name in ("state", "nonce", "code_challenge"))


def test_begun_log_in_keeps_no_secret_in_the_database(offices):
    asked = parse_qs(urlsplit(begin(offices)).query)
    works = offices.offices["KR-KCS"].works
    stored = works.read(
        lambda work: work.transaction.execute(text("SELECT * FROM ooms_sign_on")).all()
    )
    browser = offices.clients["KR-KCS"].cookies["ooms-sign-on"]

    assert len(stored) == 1
    assert [
        one for one in (asked["state"][0], asked["nonce"][0], browser) if one in str(stored)
    ] == []


def test_person_whom_nobody_linked_is_not_let_in(offices, provider, clerk):
    refused = log_in(offices, provider)
    entry = clerk.get("/audit?what=session.refused")["items"][0]

    assert (refused.status_code, refused.json()["code"]) == (401, "AUT-UNLINKED")
    assert "person-1" in refused.json()["detail"]
    assert clerk.get("/users?role=OFFICER")["items"] == [], "nobody is made by logging in"
    assert (entry["reason_code"], entry["facts"]["provider"]) == ("AUT-UNLINKED", "national")


def test_state_is_taken_once(offices, provider, linked):
    back = provider.consent(begin(offices))
    cookie = offices.clients["KR-KCS"].cookies["ooms-sign-on"]
    first = come_back(offices, back)
    offices.clients["KR-KCS"].cookies.set("ooms-sign-on", cookie)
    again = come_back(offices, back)

    assert first.status_code == 200
    assert (again.status_code, again.json()["code"]) == (401, "AUT-SIGN-ON")


def test_state_ends_after_ten_minutes_and_is_tidied_away(offices, provider, linked):
    back = provider.consent(begin(offices))
    offices.world.clock.advance(minutes=11)
    office = offices.offices["KR-KCS"]
    tidied = office.works.do(office.sign_on.tidy)

    assert tidied == 1
    assert come_back(offices, back).json()["code"] == "AUT-SIGN-ON"


def test_answer_in_another_browser_is_refused_for_good(offices, provider, linked):
    back = provider.consent(begin(offices))
    client = offices.clients["KR-KCS"]
    cookie = client.cookies["ooms-sign-on"]
    client.cookies.clear()
    stolen = come_back(offices, back)
    client.cookies.set("ooms-sign-on", cookie)

    assert "another browser" in stolen.json()["detail"]
    assert come_back(offices, back).status_code == 401


@pytest.mark.parametrize(
    "behavior",
    [
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"aud": "another-client"}},
        {"claims": {"aud": ["ooms-office", "another-client"]}},
        {"claims": {"aud": ["ooms-office", "another-client"], "azp": "another-client"}},
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"exp": 1_700_000_000}},
        {"claims": {"exp": None}},
        {"claims": {"iat": 4_000_000_000}},
        {"claims": {"nbf": 4_000_000_000}},
        {"claims": {"sub": None}},
        {"claims": {"sub": ""}},
        {"claims": {"at_hash": "AAAA"}},
        {"alg": "HS256"},
        {"alg": "none"},
        {"alg": "PS256"},
        {"forged": True},
    ],
    ids=str,
)
def test_token_that_is_not_as_it_must_be_is_refused(offices, provider, linked, behavior):
    provider.behave(**behavior)

    refused = log_in(offices, provider)

    assert (refused.status_code, refused.json()["code"]) == (401, "AUT-SIGN-ON")


@pytest.mark.parametrize(("seconds", "status"), [(-350, 200), (-370, 401), (50, 200), (70, 401)])
def test_clocks_may_differ_by_a_minute(offices, provider, linked, seconds, status):
    provider.behave(now=int(offices.world.clock.now().timestamp()) + seconds)

    assert log_in(offices, provider).status_code == status


def test_rolled_key_is_fetched_and_looked_for_once_a_minute(offices, provider, linked):
    first = log_in(offices, provider).status_code
    before = provider.asked("/jwks")
    provider.behave(roll=True)
    at_once = log_in(offices, provider).status_code
    offices.world.clock.advance(minutes=2)
    provider.behave()
    later = [log_in(offices, provider).status_code for _ in range(3)]

    assert (first, at_once, later) == (200, 401, [200, 200, 200])
    assert provider.asked("/jwks") == before + 1


def test_second_factor_at_the_provider_counts_when_it_says_so(offices, provider, clerk):
    supervisor = offices.person("KR-KCS", "lee", Role.SUPERVISOR)
    user = supervisor.get("/account")["id"]
    clerk.post(f"/users/{user}/identities", {"provider": "national", "subject": "person-1"})
    seen = []
    for claims in ({}, {"amr": ["pwd", "mfa"]}):
        provider.behave(claims=claims)
        token = log_in(offices, provider).json()["token"]
        supervisor.headers = {"Authorization": f"Bearer {token}"}
        seen.append(supervisor.try_get("/applications").status_code)

    assert seen == [403, 200]


def test_log_in_elsewhere_hides_no_factor_that_is_held_here(offices, provider, linked):
    second_factor_of(offices, linked)
    now = int(offices.world.clock.now().timestamp())
    seen = []
    for claims in ({"auth_time": now}, {"auth_time": now, "amr": ["mfa"]}):
        provider.behave(claims=claims)
        token = log_in(offices, provider).json()["token"]
        linked.headers = {"Authorization": f"Bearer {token}"}
        seen.append(linked.try_post("/account/recovery-codes"))

    assert [one.status_code for one in seen] == [403, 200]
    assert seen[0].json()["code"] == "AUT-SECOND-FACTOR-DUE"


@pytest.mark.parametrize(
    ("claims", "status"), [({"auth_time": -60}, 200), ({"auth_time": -7200}, 401), ({}, 401)]
)
def test_log_in_is_a_fresh_proof_when_the_provider_says_so(
    office_of, provider_address, claims, status
):
    offices = office_of(provider_address)
    kim = offices.person("KR-KCS", "kim", Role.OFFICER)
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    link = {"provider": "national", "subject": "person-1"}
    clerk.post(f"/users/{kim.get('/account')['id']}/identities", link)
    provider = Provider(provider_address, offices.world.clock)
    now = int(offices.world.clock.now().timestamp())
    provider.behave(claims={name: now + ago for name, ago in claims.items()})
    kim.headers = {"Authorization": f"Bearer {log_in(offices, provider).json()['token']}"}

    assert kim.try_post("/account/second-factor").status_code == status


def test_fresh_log_in_asks_the_provider_for_a_recent_proof(offices):
    client = offices.clients["KR-KCS"]
    address = client.get("/api/v1/oidc/national/start?fresh=true").json()["address"]

    assert parse_qs(urlsplit(address).query)["max_age"] == ["900"]
    assert "max_age" not in begin(offices)


def test_user_who_is_shut_out_or_unlinked_stays_out(offices, provider, linked, clerk):
    user = linked.get("/account")["id"]
    clerk.post(f"/users/{user}/disabling", {"reason": "left"})
    shut_out = log_in(offices, provider)
    clerk.post(f"/users/{user}/enabling")
    (identity,) = clerk.get(f"/users/{user}/identities")["items"]
    clerk.post(f"/users/{user}/identities/{identity['id']}/removal")

    assert shut_out.json()["code"] == "AUT-SIGN-ON"
    assert log_in(offices, provider).json()["code"] == "AUT-UNLINKED"


def test_account_at_the_provider_is_one_persons(offices, linked, clerk):
    other = offices.person("KR-KCS", "seo", Role.OFFICER).get("/account")["id"]
    link = {"provider": "national", "subject": "person-1"}
    taken = clerk.try_post(f"/users/{other}/identities", link)
    unknown = clerk.try_post(f"/users/{other}/identities", link | {"provider": "nowhere"})

    assert (taken.status_code, unknown.status_code) == (409, 422)


@pytest.mark.parametrize(
    ("query", "said"), [("error=access_denied", "access_denied"), ("", "no code")]
)
def test_refusal_of_the_provider_is_told(offices, provider, query, said):
    state = parse_qs(urlsplit(begin(offices)).query)["state"][0]

    refused = come_back(offices, f"{CALLBACK}?state={state}&{query}")

    assert refused.json()["code"] == "AUT-SIGN-ON"
    assert said in refused.json()["detail"]


def test_answer_that_names_another_issuer_is_refused(offices, provider, linked):
    back = provider.consent(begin(offices))

    refused = come_back(offices, f"{back}&iss=https://elsewhere.example")

    assert "another provider" in refused.json()["detail"]


def test_list_of_providers_tells_no_secret(offices):
    answer = offices.clients["KR-KCS"].get("/api/v1/oidc")

    assert answer.json() == {
        "items": [{"name": "national", "label": "national", "redirect_uri": CALLBACK}]
    }


def test_unknown_provider_is_none(offices):
    answer = offices.clients["KR-KCS"].get("/api/v1/oidc/nowhere/start")

    assert (answer.status_code, answer.json()["code"]) == (404, "REF-UNKNOWN")


@pytest.mark.parametrize("changes", [{"issuer": "http://127.0.0.1:9"}, {"issuer": "swapped"}])
def test_silent_or_swapped_provider_means_try_again_later(office_of, provider_address, changes):
    if changes["issuer"] == "swapped":
        changes = {"issuer": provider_address.replace("127.0.0.1", "localhost")}
    offices = office_of(provider_address, **changes)
    answer = offices.clients["KR-KCS"].get("/api/v1/oidc/national/start")

    assert (answer.status_code, answer.json()["code"]) == (503, "SYS-PROVIDER")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(("verified", "status"), [(True, 200), (False, 401)])
def test_verified_address_links_where_the_settings_say_so(
    office_of, provider_address, verified, status
):
    offices = office_of(provider_address, links_verified_email=True)
    offices.person("KR-KCS", "kim@customs.example", Role.OFFICER)
    provider = Provider(provider_address, offices.world.clock)
    provider.behave(claims={"email": "kim@customs.example", "email_verified": verified})

    assert log_in(offices, provider).status_code == status


def test_verified_address_links_no_second_account(office_of, provider_address):
    offices = office_of(provider_address, links_verified_email=True)
    offices.person("KR-KCS", "kim@customs.example", Role.OFFICER)
    provider = Provider(provider_address, offices.world.clock)
    seen = []
    for subject in ("person-1", "person-2"):
        claims = {"sub": subject, "email": "kim@customs.example", "email_verified": True}
        provider.behave(claims=claims)
        seen.append(log_in(offices, provider).status_code)

    assert seen == [200, 401]


def test_provider_that_others_wrote_lets_a_linked_user_in(office_of):
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with serving(command, address=f"http://localhost:{port}") as address:
        offices = office_of(address)
        offices.world.clock.instant = datetime.now(UTC)
        officer = offices.person("KR-KCS", "kim", Role.OFFICER)
        clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
        link = {"provider": "national", "subject": "kim@customs.example"}
        clerk.post(f"/users/{officer.get('/account')['id']}/identities", link)
        consented = asked("POST", begin(offices), data={"sub": "kim@customs.example"})
        opened = come_back(offices, consented.headers["Location"])

    assert opened.status_code == 200, opened.text
    assert opened.json()["name"] == "Kim"
