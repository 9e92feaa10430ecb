"""The generated pages in the repository are those that would be written."""

import pytest

from eodes import shipped
from eodes.dialects.register import Dialects
from eodes.messages import CATALOGUE
from eodes.wire import envelope, parser
from eodes.wire.parser import Document, Limits
from eodes.wire.schemas import Schemas
from tests.conformance.arbitrary import a_partner_for
from tests.unit.messages.test_envelope import a_header
from tools.docs import dialects, messages
from tools.docs.message_examples import bodies, example_certificate

REFERENCE = shipped.folder("xsd").parent / "docs" / "reference"


@pytest.mark.parametrize("writer", [dialects.pages, messages.pages])
def test_committed_pages_are_those_that_would_be_written(writer):
    pages = writer()

    assert {path: (REFERENCE / path).read_text("utf-8") for path in pages} == pages


def test_every_message_type_has_an_example():
    assert bodies().keys() == CATALOGUE.keys()


@pytest.mark.parametrize("dialect", ["eodes", "gacc"])
@pytest.mark.parametrize("spec", CATALOGUE.values(), ids=lambda spec: spec.type)
def test_every_example_is_valid_in_every_dialect(spec, dialect):
    schemas = Schemas.load(shipped.folder("xsd"))
    element = spec.encode(
        bodies()[spec.type],
        dialect=Dialects.load().named(dialect),
        profile=a_partner_for(example_certificate(), dialect=dialect),
    )
    assert not isinstance(element, tuple), element
    payload = envelope.payload_bytes(element)

    document = parser.parse(envelope.compose(a_header(), payload), limits=Limits())

    assert isinstance(document, Document)
    assert schemas.validate(document.root, dialect=dialect) is None
