"""Documents of an office: issued once, handed out the same, checked by anybody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from ooms.documents.scan import MAX_BYTES
from tests.builders import a_certificate
from tests.offices import an_application, approved, determined
from tests.papers import a_press, jpeg, raster, text_of


@pytest.fixture
def issued(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    return officer.post("/certificates", {"application_id": application["id"]})


@pytest.fixture
def document(issued, exporter):
    return exporter.try_get(f"/certificates/{issued['id']}/document").content


def check(offices, data, name="co.pdf"):
    return offices.clients["KR-KCS"].post("/verify/document", files={"file": (name, data)})


def test_exporter_gets_the_sealed_document_of_his_certificate(issued, exporter):
    answer = exporter.try_get(f"/certificates/{issued['id']}/document")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    words = text_of(answer.content)
    assert issued["number"] in words
    assert issued["access_code"] in words.replace(" ", "")


def test_document_is_the_same_bytes_every_time(offices, issued, exporter, officer):
    path = f"/certificates/{issued['id']}/document"

    first = exporter.try_get(path)
    offices.world.clock.advance(days=3)
    exporter, officer = offices.log_in("KR-KCS", "hanbit"), offices.log_in("KR-KCS", "kim")
    later = [one.try_get(path) for one in (exporter, officer)]

    assert [one.content for one in later] == [first.content] * 2
    assert [one.headers["etag"] for one in later] == [first.headers["etag"]] * 2


def test_asked_for_at_once_it_is_still_one_document(offices, issued, officer):
    path = f"/certificates/{issued['id']}/document"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: officer.try_get(path), range(4)))

    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    office = offices.offices["KR-KCS"]
    rows = office.works.read(
        lambda work: work.transaction.execute(text("SELECT count(*) FROM ooms_document")).scalar()
    )
    assert rows == 1


def test_other_company_sees_no_document(offices, issued):
    rival = offices.company("rival", name="RIVAL LTD.", tax_id="120-81-00002")

    assert rival.try_get(f"/certificates/{issued['id']}/document").status_code == 404


@dataclass
class SlowKey:
    """A key in a device: while it signs, somebody else writes to the database."""

    key: Any
    meanwhile: Callable[[], object]
    signed: int = 0

    @property
    def algorithm(self):
        return self.key.algorithm

    @property
    def certificate_der(self):
        return self.key.certificate_der

    def sign(self, data):
        self.signed += 1
        self.meanwhile()
        return self.key.sign(data)


def test_no_transaction_is_open_while_the_key_signs(offices, issued, officer):
    office = offices.offices["KR-KCS"]
    write = text("UPDATE ooms_exporter SET name = name")
    key = SlowKey(
        offices.world.nodes["KR-KCS"].signer,
        lambda: office.works.do(lambda work: work.transaction.execute(write)),
    )
    office.documents._key = key

    answer = officer.try_get(f"/certificates/{issued['id']}/document")

    assert answer.status_code == 200
    assert key.signed == 3  # two codes and the seal; the XML is sealed by the node


def test_public_page_answers_three_questions_about_a_file(offices, issued, document):
    page = check(offices, document).text

    assert page.count("<dd>Yes") == 5  # three of the file, two of the register
    assert f"The document {issued['number']}" in page
    assert "over every byte" in page
    assert f"Certificate {issued['number']}" in page


def test_public_page_reads_a_photograph(offices, issued, document):
    page = check(offices, jpeg(raster(document)), "photo.jpg").text

    assert issued["number"] in page
    assert "HANBIT ELECTRONICS" in page
    assert "cannot be told from it alone" in page


def test_public_page_refuses_an_altered_file(offices, document):
    page = check(offices, document.replace(b"/Lang", b"/Lbng")).text

    assert "<dd>No." in page
    assert "altered after it was sealed" in page
    assert "<dd>Yes" not in page


def test_public_page_refuses_a_seal_of_nobody_known(offices):
    page = check(offices, a_press().document(a_certificate())).text

    assert "no trusted issuer" in page
    assert "<dd>Yes" not in page


def test_public_page_knows_what_was_replaced_since(offices, issued, officer, document):
    offices.run()
    corrected = officer.post(
        f"/certificates/{issued['id']}/corrections", {"reason": "Wrong marks on the packages"}
    )
    offices.run()

    page = check(offices, document).text

    assert "Superseded" in page
    assert corrected["number"] in page


def test_replacement_names_what_it_replaces_on_its_paper(offices, issued, officer):
    offices.run()
    corrected = officer.post(
        f"/certificates/{issued['id']}/corrections", {"reason": "Wrong marks on the packages"}
    )

    paper = officer.try_get(f"/certificates/{corrected['id']}/document").content

    assert f"Replaces Certificate of Origin No. {issued['number']}" in text_of(paper)


def test_number_and_grouped_code_of_the_paper_are_taken(offices, issued):
    code = issued["access_code"]
    grouped = " ".join(code[place : place + 4] for place in range(0, len(code), 4))

    answer = offices.clients["KR-KCS"].get(
        "/verify", params={"number": issued["number"], "code": grouped}
    )

    assert "Yes: this office issued it." in answer.text


def test_too_large_a_file_is_refused_unread(offices):
    answer = check(offices, bytes(MAX_BYTES + 5000))

    assert answer.status_code == 413
    assert "too large" in answer.text


def test_body_of_no_stated_size_is_refused_unread(offices):
    answer = offices.clients["KR-KCS"].post(
        "/verify/document", content=iter([b"--x\r\n"]), headers={"content-type": "x/y"}
    )

    assert answer.status_code == 413


def test_checks_of_files_are_limited_for_each_address(offices):
    answers = [check(offices, b"nothing").status_code for _ in range(31)]

    assert answers[:30] == [200] * 30
    assert answers[30] == 429
