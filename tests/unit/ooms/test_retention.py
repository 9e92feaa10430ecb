"""What deletion leaves of a statement is still one, and tells nothing of persons or trade."""

import json

from ooms.applications.content_schemas import ContentBody
from ooms.gateway.documents import write_document
from ooms.retention.model import blank_content, blank_document
from tests.builders import a_certificate
from tests.offices import an_application

DETERMINATION = {"id": "d-1", "agreement": "AKFTA", "importing_party": "VN"}
FIRST = {
    "number": "VN-26-1",
    "country": "VN",
    "import_declaration": "41234-26-7",
    "exporter": "HA NOI CABLES",
}


def test_blank_statement_is_still_read_without_its_secrets():
    stated = ContentBody.model_validate(an_application(DETERMINATION)).model_dump(mode="json")
    left = blank_content(stated)

    assert ContentBody.model_validate(left).lines[0].hs == "850440"
    for secret in ("ORIENT POWER", "HB-2026", "1250.5", "HMM PROMISE", "41234-26"):
        assert secret not in json.dumps(left)


def test_blank_statement_that_rests_on_first_certificates_is_read():
    stated = an_application(DETERMINATION)
    line = stated["lines"][0] | {"determination_id": ""}
    line["takes"] = [{"first": 1, "item_no": 1, "quantities": line["quantities"]}]
    stated |= {"kind": "BACK_TO_BACK", "lines": [line], "first_certificates": [FIRST]}
    whole = ContentBody.model_validate(stated).model_dump(mode="json")
    left = blank_content(whole)

    assert ContentBody.model_validate(left).first_certificates[0].number == "VN-26-1"
    assert "HA NOI CABLES" not in json.dumps(left)
    assert "41234-26-7" not in json.dumps(left)


def test_blank_document_names_nobody_and_says_since_when():
    certificate = a_certificate()
    left = blank_document(write_document(certificate), on=certificate.valid_until)

    assert left["number_raw"] == certificate.number_raw
    assert left["erased_on"] == certificate.valid_until.isoformat()
    assert {one["name"] for one in left["parties"]} == {"(deleted)"}
    assert not {"invoices", "transport", "issuance"} & set(left)
