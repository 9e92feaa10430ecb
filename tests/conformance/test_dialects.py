"""Every dialect carries every certificate there and back, and says what it does not carry."""

import dataclasses

import pytest
from hypothesis import given

from eodes.dialects.engine import DIALECTS
from eodes.dialects.register import Dialects
from eodes.domain.certificate import Certificate, CertificateState, ItemStatus
from eodes.domain.partner import NumberStyle
from eodes.wire import envelope, parser
from eodes.wire.parser import Document, Limits
from tests import builders
from tests.conformance.arbitrary import a_partner_for, certificates

DIALECT_SET = Dialects.load()
AGREEMENTS = ("AKFTA", "APTA", "ATIGA", "KCFTA", "KICEPA", "KRIN", "KVFTA", "RCEP")


def there_and_back(certificate, name, profile):
    dialect = DIALECT_SET.named(name)
    element = dialect.write_certificate(certificate, profile=profile)
    assert not isinstance(element, tuple), element
    document = parser.parse(envelope.payload_bytes(element), limits=Limits())
    assert isinstance(document, Document)
    return dialect.read_certificate(document.root)


@pytest.mark.parametrize("name", DIALECTS)
@given(certificate=certificates())
def test_certificate_comes_back_as_the_mapping_says(name, certificate):
    profile = a_partner_for(certificate, dialect=name)

    returned = there_and_back(certificate, name, profile)

    assert returned == DIALECT_SET.named(name).wire_view(certificate, profile=profile)


@given(certificate=certificates())
def test_house_dialect_loses_only_register_facts_and_secrets(certificate):
    profile = a_partner_for(certificate)
    view = DIALECT_SET.house.wire_view(certificate, profile=profile)
    blanked = dataclasses.replace(
        certificate,
        access_code=None,
        state=CertificateState.ISSUED,
        items=tuple(dataclasses.replace(one, status=ItemStatus.OPEN) for one in certificate.items),
    )

    changed = {
        field.name
        for field in dataclasses.fields(Certificate)
        if getattr(view, field.name) != getattr(blanked, field.name)
    }

    assert changed <= {"parties"}  # grouped by role, and withheld where not disclosed


@pytest.mark.parametrize("name", DIALECTS)
@given(certificate=certificates())
def test_reading_what_was_read_changes_nothing_more(name, certificate):
    profile = a_partner_for(certificate, dialect=name)
    first = there_and_back(certificate, name, profile)

    second = there_and_back(first, name, profile)

    assert second == first


@pytest.mark.parametrize("style", NumberStyle)
@pytest.mark.parametrize("name", DIALECTS)
def test_number_is_found_by_its_key_whatever_its_style(name, style):
    certificate = builders.a_certificate(agreement="KCFTA")
    profile = a_partner_for(certificate, dialect=name, style=style)

    returned = there_and_back(certificate, name, profile)

    assert returned.number_key == certificate.number_key


@pytest.mark.parametrize("agreement", AGREEMENTS)
@pytest.mark.parametrize("name", DIALECTS)
def test_complete_certificate_of_every_form_travels(name, agreement):
    certificate = builders.a_certificate(agreement=agreement)
    profile = a_partner_for(certificate, dialect=name)

    returned = there_and_back(certificate, name, profile)

    assert returned == DIALECT_SET.named(name).wire_view(certificate, profile=profile)
    assert returned.items[0].criterion == certificate.items[0].criterion
