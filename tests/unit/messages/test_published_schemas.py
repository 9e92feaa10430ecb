"""What is published is what the records and mappings say."""

from lxml import etree

from eodes import shipped
from eodes.domain.certificate import CertificateItem, Party
from eodes.domain.record import Text, hints, shape
from tools.xsd.__main__ import schemas

XSD = shipped.folder("xsd")
NAMESPACE = "{http://www.w3.org/2001/XMLSchema}"


def schema(path):
    return etree.parse(XSD / path).getroot()


def facet(types, name, kind):
    found = types.find(f"{NAMESPACE}simpleType[@name='{name}']//{NAMESPACE}{kind}")
    assert found is not None, f"{name} has no {kind}"
    return found.get("value")


def test_committed_schemas_are_those_that_would_be_written():
    written = schemas()

    assert {path: (XSD / path).read_text("utf-8") for path in written} == written


def test_facets_are_the_limits_at_the_fields():
    types = schema("eodes/1.0/types.xsd")
    name = shape(hints(Party)["name"]).limit(Text)
    hs = shape(hints(CertificateItem)["hs"]).limit(Text)
    assert name is not None
    assert hs is not None

    assert facet(types, "Text256", "maxLength") == str(name.longest)
    assert facet(types, "Measure", "fractionDigits") == "4"
    assert facet(types, "Measure", "minExclusive") == "0"
    patterns = [one.get("value") for one in types.iter(f"{NAMESPACE}pattern")]
    assert hs.pattern in patterns


def test_every_element_of_a_certificate_says_what_it_means():
    for path in ("eodes/1.0/certificate.xsd", "gacc/1.0/certificate.xsd"):
        for element in schema(path).iter(f"{NAMESPACE}sequence"):
            for child in element:
                assert child.findtext(f".//{NAMESPACE}documentation"), child.get("name")


def test_no_identifier_of_the_wco_is_invented():
    texts = [
        text
        for path in ("eodes/1.0/certificate.xsd", "gacc/1.0/certificate.xsd")
        for text in schema(path).itertext()
        if "WCO id:" in text
    ]

    assert texts
    assert all("WCO id: not filled" in text for text in texts)
