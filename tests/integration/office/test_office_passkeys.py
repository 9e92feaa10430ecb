"""Passkeys: made, signed in with, shown as a proof; copies, strangers and old answers refused."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from tests.authenticator import Authenticator, coded
from tests.integration.databases import BACKENDS, SQLITE
from tests.integration.office.conftest import opened
from tests.integration.office.test_office_logins import told

ORIGIN = "https://office.example"
SETTINGS = {
    "access": {"fresh_proof_minutes": 15, "second_factor_roles": ["SUPERVISOR"]},
    "http": {"public_address": ORIGIN},
}


@pytest.fixture(params=BACKENDS)
def offices(request, tmp_path):
    yield from opened(request, tmp_path, "KR-KCS", **SETTINGS)


@pytest.fixture(params=[SQLITE])
def offices_without_address(request, tmp_path):
    yield from opened(request, tmp_path, "KR-KCS")


@pytest.fixture
def device():
    return Authenticator(ORIGIN)


@pytest.fixture
def auditor(offices):
    return offices.person("KR-KCS", "han", Role.AUDITOR)


def made(person, device, name="my telephone"):
    options = person.post("/account/passkeys/challenge")["options"]
    return person.try_post("/account/passkeys", {"name": name, "credential": device.make(options)})


def challenge(offices):
    return offices.clients["KR-KCS"].post("/api/v1/passkeys/challenge").json()


def sign_in(offices, device, *, begun=None, **changes):
    begun = begun or challenge(offices)
    body = {"browser": begun["browser"], "credential": device.sign(begun["options"])} | changes
    return offices.clients["KR-KCS"].post("/api/v1/passkeys/sessions", json=body)


def test_passkey_signs_in_as_two_factors(offices, device, auditor):
    supervisor = offices.person("KR-KCS", "lee", Role.SUPERVISOR)
    kept = made(supervisor, device)
    opened_session = sign_in(offices, device)
    supervisor.headers = {"Authorization": f"Bearer {opened_session.json()['token']}"}

    assert kept.status_code == 201
    assert opened_session.status_code == 201
    assert supervisor.try_get("/applications").status_code == 200
    assert supervisor.get("/account/sessions")["items"][0]["means"] == "PASSKEY"
    assert told(auditor, "session.opened")[-1]["facts"]["means"] == "PASSKEY"


def test_passkey_just_made_counts_in_this_session_too(offices, device):
    supervisor = offices.person("KR-KCS", "lee", Role.SUPERVISOR)
    before = supervisor.try_get("/applications").status_code
    made(supervisor, device)

    assert (before, supervisor.try_get("/applications").status_code) == (403, 200)


def test_passkey_proves_and_is_the_second_factor_of_a_password(offices, device):
    made(offices.person("KR-KCS", "lee", Role.SUPERVISOR), device)
    supervisor = offices.log_in("KR-KCS", "lee")
    before = supervisor.try_get("/applications").status_code
    options = supervisor.post("/account/proof/challenge")["options"]
    proved = supervisor.post("/account/proof/passkey", {"credential": device.sign(options)})

    assert before == 403
    assert proved["means"] == "PASSWORD_AND_PASSKEY"
    assert supervisor.try_get("/applications").status_code == 200


def test_options_ask_for_a_verified_owner_and_a_key_that_is_found(offices, officer):
    options = officer.post("/account/passkeys/challenge")["options"]
    signing = challenge(offices)["options"]

    assert options["rp"] == {"name": "Seoul Main Customs", "id": "office.example"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert signing["userVerification"] == "required"
    assert signing["allowCredentials"] == []


def test_making_and_removing_needs_a_fresh_proof(offices, officer, device):
    passkey = made(officer, device).json()["id"]
    offices.world.clock.advance(minutes=16)
    making = officer.try_post("/account/passkeys/challenge")
    removing = officer.try_post(f"/account/passkeys/{passkey}/removal")

    assert [making.json()["code"], removing.json()["code"]] == ["AUT-PROOF", "AUT-PROOF"]


def test_counter_that_does_not_grow_is_refused_and_told(offices, officer, device, auditor):
    made(officer, device)
    first = sign_in(offices, device).status_code
    begun = challenge(offices)
    copy = device.sign(begun["options"], grows=0)
    refused = sign_in(offices, device, begun=begun, credential=copy)
    (entry,) = told(auditor, "session.refused")

    assert first == 201
    assert (refused.status_code, refused.json()["code"]) == (401, "AUT-PASSKEY-COPIED")
    assert (entry["reason_code"], entry["facts"]["login"]) == ("AUT-PASSKEY-COPIED", "kim")


def test_device_that_counts_nothing_signs_in_again(offices, officer, device):
    made(officer, device)
    seen = []
    for _ in range(2):
        begun = challenge(offices)
        answer = device.sign(begun["options"], grows=0)
        seen.append(sign_in(offices, device, begun=begun, credential=answer).status_code)

    assert seen == [201, 201]


def test_challenge_is_answered_once_in_time_and_by_its_browser(offices, officer, device):
    made(officer, device)
    begun = challenge(offices)
    stolen = sign_in(offices, device, begun=begun, browser="another")
    again = sign_in(offices, device, begun=begun)
    late = challenge(offices)
    offices.world.clock.advance(minutes=6)
    too_late = sign_in(offices, device, begun=late)

    assert "another browser" in stolen.json()["detail"]
    assert {one.json()["code"] for one in (stolen, again, too_late)} == {"AUT-PASSKEY"}


@pytest.mark.parametrize(
    "changes",
    [{"origin": "https://elsewhere.example"}, {"is_verified": False}, {"handle": b"unknown"}],
    ids=str,
)
def test_answer_that_is_not_as_it_must_be_lets_nobody_in(offices, officer, device, changes):
    made(officer, device)
    for name, value in changes.items():
        setattr(device, name, value)

    refused = sign_in(offices, device)

    assert (refused.status_code, refused.json()["code"]) == (401, "AUT-PASSKEY")


def test_signature_of_another_key_lets_nobody_in(offices, officer, device):
    made(officer, device)
    forger = Authenticator(ORIGIN, handle=device.handle, owner=device.owner)

    assert sign_in(offices, forger).json()["code"] == "AUT-PASSKEY"


def test_passkey_of_another_user_proves_nothing(offices, officer, device):
    made(officer, device)
    other = offices.person("KR-KCS", "seo", Role.OFFICER)
    made(other, Authenticator(ORIGIN))
    options = other.post("/account/proof/challenge")["options"]
    refused = other.try_post("/account/proof/passkey", {"credential": device.sign(options)})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "AUT-PASSKEY")


def test_challenge_for_a_proof_opens_no_session(offices, officer, device):
    made(officer, device)
    options = officer.post("/account/proof/challenge")["options"]
    credential = device.sign(options)
    refused = sign_in(offices, device, credential=credential)

    assert refused.json()["code"] == "AUT-PASSKEY"


def test_unverified_owner_makes_no_passkey(offices, officer):
    refused = made(officer, Authenticator(ORIGIN, is_verified=False))

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "AUT-PASSKEY")
    assert officer.get("/account/passkeys")["items"] == []


def test_passkey_is_one_persons(offices, officer, device):
    made(officer, device)
    taken = made(offices.person("KR-KCS", "seo", Role.OFFICER), device)

    assert taken.status_code == 409


def test_passkeys_are_listed_named_and_removed(offices, officer, device, auditor):
    passkey = made(officer, device).json()["id"]
    officer.post(f"/account/passkeys/{passkey}/name", {"name": "blue key"})
    (listed,) = officer.get("/account/passkeys")["items"]
    officer.post(f"/account/passkeys/{passkey}/removal")

    assert listed["name"] == "blue key"
    assert sign_in(offices, device).json()["code"] == "AUT-PASSKEY"
    assert told(auditor, "user.passkey_added")[0]["facts"]["passkey"] == "my telephone"
    assert told(auditor, "user.passkey_removed")[0]["who"] == "kim"


def test_operator_takes_a_lost_passkey_away(offices, officer, device):
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    made(officer, device)
    user = officer.get("/account")["id"]
    (passkey,) = clerk.get(f"/users/{user}/passkeys")["items"]
    clerk.post(f"/users/{user}/passkeys/{passkey['id']}/removal", {"reason": "lost"})

    assert officer.try_get("/account").status_code == 401
    assert sign_in(offices, device).status_code == 401


def test_reset_password_takes_passkeys_away_too(offices, officer, device):
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    made(officer, device)
    clerk.post(f"/users/{officer.get('/account')['id']}/password")

    assert sign_in(offices, device).status_code == 401


def test_user_who_is_shut_out_stays_out(offices, officer, device):
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    made(officer, device)
    user = officer.get("/account")["id"]
    clerk.post(f"/users/{user}/disabling", {"reason": "left"})

    assert sign_in(offices, device).json()["code"] == "AUT-PASSKEY"


def test_failed_passkeys_make_the_address_wait(offices, device):
    seen = [sign_in(offices, device).status_code for _ in range(10)]
    waiting = offices.clients["KR-KCS"].post("/api/v1/passkeys/challenge")

    assert seen == [401] * 10
    assert (waiting.status_code, waiting.json()["code"]) == (429, "AUT-THROTTLED")


@pytest.mark.parametrize("junk", ["", "e30", coded(b"[]"), coded(b'{"type":1}')], ids=repr)
def test_junk_in_place_of_an_answer_is_refused(offices, device, junk):
    begun = challenge(offices)
    credential = device.sign(begun["options"])
    credential["response"]["clientDataJSON"] = junk
    refused = sign_in(offices, device, begun=begun, credential=credential)

    assert (refused.status_code, refused.json()["code"]) == (401, "AUT-PASSKEY")


def test_unanswered_challenges_are_tidied_away(offices):
    challenge(offices)
    office = offices.offices["KR-KCS"]
    offices.world.clock.advance(minutes=6)

    assert office.works.do(office.passkeys.tidy) == 1


def test_office_without_an_address_uses_no_passkeys(offices_without_address):
    client = offices_without_address.clients["KR-KCS"]
    refused = client.post("/api/v1/passkeys/challenge")

    assert client.get("/api/v1/passkeys").json() == {"origin": None}
    assert (refused.status_code, refused.json()["code"]) == (404, "AUT-PASSKEYS-OFF")
