"""Evidence: one file about a certificate, for whom it is, and what nobody can change in it."""

import hashlib
import io
import json
import zipfile
from datetime import date

import pytest

from ooms.access.model import Role
from ooms.bootstrap import own_issuer
from ooms.documents.trust import Trust
from ooms.registers.evidence import Audience, pack
from ooms.registers.proof import check_bundle
from tests.offices import an_application, approved, determined


@pytest.fixture
def issued(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def trust(offices):
    return Trust((own_issuer(offices.world.nodes["KR-KCS"]),))


def bundle_of(person, certificate, audience):
    answer = person.try_get(f"/certificates/{certificate['id']}/evidence?audience={audience}")
    assert answer.status_code == 200, answer.text
    return answer.content


def files_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(data):
    return json.loads(files_of(data)["manifest.json"])


def test_officers_bundle_holds_the_exact_bytes_that_were_sent(offices, officer, issued):
    files = files_of(bundle_of(officer, issued, "office"))
    with offices.world.nodes["KR-KCS"].store.read() as unit:
        sent = unit.outbox.get(issued["exchange"]["message_id"])
        (receipt,) = unit.outbox.receipts(sent.message_id)

    assert files[f"exchange/01-sent-{sent.type.value}-{sent.message_id}.xml"] == sent.sealed
    assert receipt.document in files.values()
    assert files["certificate.pdf"].startswith(b"%PDF")


def test_officers_bundle_has_every_piece_with_its_digest(officer, issued):
    data = bundle_of(officer, issued, "office")
    files, manifest = files_of(data), manifest_of(data)

    assert {one["path"] for one in manifest["entries"]} >= {
        "application.json",
        "audit.json",
        "bills/01.json",
        "certificate.json",
        "certificate.pdf",
        "chain.json",
        "checks.json",
        "decisions.json",
        "determinations/01.json",
        "notes.json",
    }
    for one in manifest["entries"]:
        assert hashlib.sha256(files[one["path"]]).hexdigest() == one["sha256"], one["path"]
    determination = json.loads(files["determinations/01.json"])
    assert determination["rule_pack"]
    assert determination["answer"]["alternatives"]


def test_own_bundle_lacks_what_is_the_offices_and_says_so(exporter, issued):
    manifest = manifest_of(bundle_of(exporter, issued, "own"))
    withheld = {one["what"] for one in manifest["missing"] if "withheld" in one["because"]}

    assert {one["secrecy"] for one in manifest["entries"]} <= {"CERTIFIED", "COMPANY", "SUPPLIER"}
    assert withheld == {"audit.json", "checks.json"}


def test_nobody_has_more_than_his_audience(offices, exporter, officer, issued):
    other = offices.person("KR-KCS", "lee", Role.OFFICER)
    stranger = offices.company("miraero", tax_id="121-81-00009")
    desk = offices.person("KR-KCS", "desk", Role.PARTNER_DESK)
    path = f"/certificates/{issued['id']}/evidence?audience="

    assert exporter.try_get(f"{path}office").status_code == 403
    assert other.try_get(f"{path}office").status_code == 403
    assert desk.try_get(f"{path}office").status_code == 403
    assert stranger.try_get(f"{path}own").status_code == 404


def test_partner_has_a_bundle_only_with_consent(officer, issued):
    refused = officer.try_get(f"/certificates/{issued['id']}/evidence?audience=partner")

    assert refused.status_code == 403
    assert refused.json()["code"] == "AUT-CONSENT"


def test_partner_bundle_under_a_consent_is_released_with_its_digest(offices, exporter, issued):
    classes = ["PRODUCTION_COST", "PRODUCTION_PROCESS", "TRADING_PARTNERS"]
    consent = exporter.post(
        "/consents",
        {"classes": classes, "partner": "VN-CUSTOMS", "purpose": "EVIDENCE_BUNDLE"},
    )
    desk = offices.person("KR-KCS", "desk", Role.PARTNER_DESK)
    auditor = offices.person("KR-KCS", "auditor", Role.AUDITOR)
    data = bundle_of(desk, issued, "partner")
    digest = hashlib.sha256(data).hexdigest()
    (release,) = exporter.get("/consents/releases")["items"]
    (released,) = auditor.get("/audit?what=consent.released_under")["items"]
    (taken,) = auditor.get("/audit?what=evidence.taken")["items"]

    assert (release["sha256"], release["consents"]) == (digest, [consent["id"]])
    assert (release["partner"], release["thing"]) == ("VN-CUSTOMS", f"certificate/{issued['id']}")
    assert (released["facts"]["sha256"], taken["facts"]["sha256"]) == (digest, digest)
    assert (taken["who"], taken["facts"]["audience"]) == ("desk", "partner")
    assert {one["secrecy"] for one in manifest_of(data)["entries"]} <= {"CERTIFIED", "COMPANY"}


def test_same_certificate_on_the_same_day_gives_the_same_manifest(officer, issued):
    first = files_of(bundle_of(officer, issued, "office"))
    second = files_of(bundle_of(officer, issued, "office"))

    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {"signature.json"}
    assert first.keys() == second.keys()


def test_taking_a_bundle_stands_in_the_trail(offices, officer, issued):
    data = bundle_of(officer, issued, "office")
    trail = offices.person("KR-KCS", "auditor", Role.AUDITOR).get("/audit?what=evidence.taken")
    (entry,) = trail["items"]

    assert entry["who"] == "kim"
    assert entry["facts"]["sha256"] == hashlib.sha256(data).hexdigest()


def test_bundle_proves_itself_offline(officer, issued, trust):
    proof = check_bundle(bundle_of(officer, issued, "office"), trust=trust)

    assert proof.is_good, proof.findings
    assert {one.check for one in proof.findings} == {"signature", "files", "audit"}


@pytest.mark.parametrize(
    ("path", "content", "check"),
    [
        ("certificate.json", b"{}", "certificate.json"),
        ("chain.json", None, "chain.json"),
        ("stranger.txt", b"x", "stranger.txt"),
        ("manifest.json", b'{"format": "ooms-evidence/1"}', "readable"),
    ],
)
def test_changed_bundle_is_found_out(officer, issued, trust, path, content, check):
    data = bundle_of(officer, issued, "office")
    files = files_of(data)
    if content is None:
        del files[path]
    else:
        files[path] = content
    day = zipfile.ZipFile(io.BytesIO(data)).infolist()[0].date_time
    changed = pack(files, on=date(*day[:3]))

    proof = check_bundle(changed, trust=trust)

    assert [one.check for one in proof.findings if not one.passed] == [check]


def test_bundle_of_an_unknown_signer_is_refused(officer, issued):
    proof = check_bundle(bundle_of(officer, issued, "office"), trust=Trust())

    assert [one.check for one in proof.findings if not one.passed] == ["signature"]


def test_correction_names_the_whole_chain(offices, officer, issued):
    new = officer.post(f"/certificates/{issued['id']}/corrections", {"reason": "wrong marks"})
    chain = json.loads(files_of(bundle_of(officer, new, Audience.OFFICE))["chain.json"])

    assert [one["number"] for one in chain] == [issued["number"], new["number"]]
