"""C7, C10 and C11: countries, invoices, issuers, and what remarks oblige to."""

from dataclasses import replace

import pytest

from eodes.domain.certificate import Party, PartyRole, Remark, RemarkCode
from eodes.domain.constraints.judge import judge
from tests.builders import (
    a_certificate,
    a_third_country_certificate,
    an_issuance,
    an_item,
)
from tests.judging import context_for, refused, warned

C7, C10, C11 = "RUL-C07-THIRD-COUNTRY", "RUL-C10-COUNTRY", "RUL-C11-ISSUER"
F2, F3 = "RUL-F02-REMARK", "RUL-F03-INVOICE"


class Register:
    """A register that answers always the same."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def is_active(self, body, signatory, on):
        self.asked.append((body, signatory, on))
        return self.answer


@pytest.mark.parametrize("agreement", ["AKFTA", "ATIGA", "KCFTA", "KICEPA", "KRIN", "RCEP"])
def test_third_country_invoice_with_its_tick_is_accepted(agreement):
    assert refused(a_third_country_certificate(agreement=agreement)) == []


def test_third_country_invoice_without_tick_is_refused():
    assert refused(a_third_country_certificate(remarks=())) == [C7]


def test_tick_without_a_third_country_invoice_is_refused():
    certificate = a_certificate(remarks=(Remark(RemarkCode.THIRD_COUNTRY_INVOICING),))

    assert refused(certificate) == [C7, F2]


def test_form_without_words_for_it_is_noticed():
    certificate = a_third_country_certificate(agreement="APTA")

    assert warned(certificate) == [C7]


@pytest.mark.parametrize(
    ("agreement", "changes"),
    [
        ("AKFTA", {"import_country": "JP"}),
        ("KVFTA", {"origin_country": "CN"}),
        ("AKFTA", {"import_country": "KR"}),
        ("RCEP", {"items": (an_item(agreement="RCEP", origin_country="US"),)}),
    ],
)
def test_country_outside_the_agreement_is_refused(agreement, changes):
    assert refused(a_certificate(agreement=agreement, **changes)) == [C10]


def test_exporter_of_another_country_than_issuer_is_refused():
    certificate = a_certificate(issuance=an_issuance("VN"))

    assert refused(certificate) == [C10]


def test_officer_who_was_not_active_is_refused():
    register = Register(answer=False)
    certificate = a_certificate()

    assert refused(certificate, register=register) == [C11]
    issuance = certificate.issuance
    assert register.asked == [("K001", "K001-017", issuance.certification_date)]


@pytest.mark.parametrize("answer", [True, None])
def test_active_or_unknown_officer_is_not_refused(answer):
    assert refused(a_certificate(), register=Register(answer)) == []


def test_exhibition_needs_its_name_and_address():
    remarks = (Remark(RemarkCode.EXHIBITION),)
    bare = a_certificate(remarks=remarks)
    fair = Party(PartyRole.EXHIBITION, "Seafood Expo", "SG", address="1 Expo Drive")

    assert refused(bare) == [F2]
    assert refused(replace(bare, parties=(*bare.parties, fair))) == []


def test_retroactive_issue_needs_its_reason():
    certificate = a_certificate(shipped_on=a_certificate().issued_on.replace(month=10))
    late = replace(certificate, retroactive=True)

    assert refused(late) == [F2]
    assert refused(replace(late, retroactive_reason="Involuntary error")) == []


def test_retroactive_words_need_the_retroactive_mark():
    assert refused(a_certificate(remarks=(Remark(RemarkCode.ISSUED_RETROACTIVELY),))) == [F2]


@pytest.mark.parametrize(
    "code", [RemarkCode.CERTIFIED_TRUE_COPY, RemarkCode.SUBSTITUTION, RemarkCode.DUPLICATE]
)
def test_copy_words_need_the_original_number(code):
    assert refused(a_certificate(remarks=(Remark(code),))) == [F2]


def test_india_needs_the_address_of_the_operator():
    certificate = a_third_country_certificate(agreement="KRIN")
    *others, operator = certificate.parties

    without = replace(certificate, parties=(*others, replace(operator, address=None)))

    assert refused(without) == [F2]


def test_operator_may_be_named_by_the_invoice_alone():
    certificate = a_third_country_certificate()

    assert refused(replace(certificate, parties=certificate.parties[:-1])) == []


def test_third_country_invoice_must_name_its_issuer():
    certificate = a_third_country_certificate()
    nameless = replace(certificate.invoices[0], issuer_name=None)

    assert refused(replace(certificate, invoices=(nameless,))) == [F3]


def test_finding_carries_path_and_box_number():
    certificate = replace(a_certificate(agreement="KCFTA"), issuance=an_issuance("CN"))
    (finding,) = judge(certificate, context_for(certificate))

    assert (finding.code, finding.path, finding.box) == (C10, "/issuance/body/country", "1")
    assert finding.as_refusal().detail == "the exporter is of KR, the issuing body of CN"
