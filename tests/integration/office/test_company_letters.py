"""Letters of compliance: each company is told once a period, by its own sealed letter."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from datetime import date

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from eodes.cli import main as eodes
from ooms.cli import main as ooms
from ooms.company_letters.writing import write_due
from tests.integration.office.test_office_error_notices import BILL, issued
from tests.offices import PRODUCT, determined
from tests.papers import text_of

KOREA = "KR-KCS"


@pytest.fixture
def office(offices):
    return offices.offices[KOREA]


@pytest.fixture
def a_quarter_later(offices, exporter, officer):
    """A certificate was issued, its finding went stale, and the quarter ended."""
    determination = determined(exporter)
    certificate = issued(exporter, officer, determination)
    exporter.post(f"/products/{determination['product_id']}/bills", BILL)
    offices.world.clock.advance(days=(date(2027, 1, 1) - date(2026, 11, 21)).days)
    return certificate


def write(office):
    return write_due(office.company_letters, office.works)


def rename(office, name):
    renamed = f"UPDATE ooms_exporter SET name = '{name}'"
    office.works.do(lambda work: work.transaction.exec_driver_sql(renamed))


def test_company_is_written_to_once_after_its_quarter(offices, office, a_quarter_later):
    written = [write(office), write(office)]
    (letter,) = offices.log_in(KOREA, "hanbit").get("/company-letters")["items"]

    assert written == [1, 0]
    assert (letter["period"], letter["first"], letter["until"]) == (
        "2026-Q4",
        "2026-10-01",
        "2027-01-01",
    )


def test_nothing_is_written_before_the_quarter_is_over(office, exporter, officer):
    issued(exporter, officer, determined(exporter))

    assert write(office) == 0
    assert exporter.get("/company-letters")["items"] == []


def test_company_without_activity_gets_no_letter(offices, office, a_quarter_later):
    offices.company("idle", name="IDLE LTD.", tax_id="120-81-00002")

    written = write(office)

    assert written == 1
    assert offices.log_in(KOREA, "idle").get("/company-letters")["items"] == []


def test_kept_letter_names_what_is_wrong_and_verifies(offices, office, a_quarter_later):
    write(office)
    exporter = offices.log_in(KOREA, "hanbit")
    (letter,) = exporter.get("/company-letters")["items"]
    pdf = exporter.try_get(f"/company-letters/{letter['id']}/pdf").content
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(
        trust_roots=[x509.Certificate.load(office.node.signer.certificate_der)],
        moment=office.works.clock(),
        allow_fetching=False,
    )
    judged = validate_pdf_signature(
        signature, trusted, key_usage_settings=KeyUsageConstraints({"digital_signature"})
    )

    assert hashlib.sha256(pdf).hexdigest() == letter["sha256"]
    assert judged.bottom_line, judged.pretty_print_details()
    assert signature.sig_object["/Reason"] == "Compliance"
    assert a_quarter_later["number"] in text_of(pdf)
    assert f"Stale origin finding {PRODUCT['description']}, AKFTA" in text_of(pdf)


def test_another_company_cannot_read_the_letter(offices, office, a_quarter_later):
    write(office)
    (letter,) = offices.log_in(KOREA, "hanbit").get("/company-letters")["items"]
    rival = offices.company("rival", name="RIVAL LTD.", tax_id="120-81-00003")

    assert rival.get("/company-letters")["items"] == []
    assert rival.try_get(f"/company-letters/{letter['id']}/pdf").status_code == 404


def test_letter_that_cannot_be_printed_is_written_later(offices, office, a_quarter_later):
    rename(office, "\U0001f9ff")
    unprintable = write(office)
    rename(office, "HANBIT")

    assert unprintable == 0
    assert write(office) == 1


def test_command_writes_what_is_due_and_tells_how_many(tmp_path, capsys):
    with contextlib.suppress(SystemExit):
        eodes(["node", "init", str(tmp_path / "kr"), "--authority", KOREA])
    capsys.readouterr()
    ooms(["letters", "write", "--json", "--config", str(tmp_path / "kr" / "eodes.toml")])

    assert json.loads(capsys.readouterr().out) == {"written": 0}
