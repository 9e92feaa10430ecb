"""A mapping is read whole and consistent, or not at all."""

import pytest
from lxml import etree

from eodes.dialects import mapping, paths
from eodes.dialects.boxes import load_boxes
from eodes.dialects.engine import DIALECTS, all_nodes, compile_dialect, load_dialect
from eodes.dialects.register import Dialects
from eodes.errors import ConfigurationError
from tests.builders import a_certificate
from tests.conformance.arbitrary import a_partner_for


def a_mapping_file(tmp_path, *, replace=("", "")):
    text = (mapping.FOLDER / "gacc" / "mapping.toml").read_text("utf-8")
    assert replace[0] in text
    file = tmp_path / "mapping.toml"
    file.write_text(text.replace(replace[0], replace[1], 1), "utf-8")
    return file


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('path = "valid_until"', 'path = "valid_til"'), "valid_til"),
        (('  { element = "ChkValidDate", path = "valid_until" },\n', ""), "valid_until"),
        (('group = "RefQty"', 'group = "NoSuch"'), "NoSuch"),
        (('codes = "flag"', 'codes = "no_such"'), "no_such"),
        (('path = "marks"', 'path = "marks["'), "marks["),
        (("required = true", "requird = true"), "requird"),
    ],
)
def test_flawed_mapping_is_refused_with_its_reason(tmp_path, change, said):
    file = a_mapping_file(tmp_path, replace=change)

    with pytest.raises(ConfigurationError, match=said.replace("[", r"\[")):
        compile_dialect(file)


def test_unchanged_copy_of_a_mapping_is_read(tmp_path):
    assert compile_dialect(a_mapping_file(tmp_path)).name == "gacc"


def test_datum_that_must_not_be_dropped_is_refused(tmp_path):
    found = "looks up by number and date."
    file = a_mapping_file(tmp_path, replace=(f'{found}" }}', f'{found}", if_present = "refuse" }}'))
    certificate = a_certificate(agreement="KCFTA", access_code="S3CRET")

    refusals = compile_dialect(file).write_certificate(
        certificate, profile=a_partner_for(certificate)
    )

    assert isinstance(refusals, tuple)
    assert [(one.code, one.path) for one in refusals] == [("RUL-NOT-CARRIED", "access_code")]
    assert "S3CRET" not in refusals[0].detail


def test_text_longer_than_the_partners_element_is_refused(tmp_path):
    file = a_mapping_file(tmp_path, replace=('path = "model"', 'path = "model", longest = 3'))
    certificate = a_certificate(agreement="KCFTA")

    refusals = compile_dialect(file).write_certificate(
        certificate, profile=a_partner_for(certificate)
    )

    assert isinstance(refusals, tuple)
    assert [(one.code, one.path) for one in refusals] == [("RUL-LENGTH", "items[0].model")]


def test_path_is_taken_apart_into_steps():
    steps = paths.steps_of("parties[role=EXPORTER].name")

    assert [step.text for step in steps] == ["parties[role=EXPORTER]", "name"]
    assert steps[0].picks
    assert paths.steps_of("quantities[*]")[0].rest


@pytest.mark.parametrize("path", ["", "a..b", "A", "a[b]", "a[b=]", "a[*"])
def test_unreadable_path_is_refused(path):
    with pytest.raises(ValueError, match="no step"):
        paths.steps_of(path)


@pytest.mark.parametrize("name", DIALECTS)
def test_elements_of_one_content_have_different_names(name):
    for group in load_dialect(name).mapping.groups:
        names = [row.element for row in group.rows]
        assert len(names) == len(set(names)), group.name


@pytest.mark.parametrize("name", DIALECTS)
def test_every_group_of_a_mapping_is_used(name):
    found = load_dialect(name).mapping
    used = {row.group for group in found.groups for row in group.rows} | {found.root}

    assert {group.name for group in found.groups} == used - {None}


@pytest.mark.parametrize("name", DIALECTS)
def test_lists_are_read_before_what_refers_to_them(name):
    dialect = load_dialect(name)
    order = [node.where for node in all_nodes(dialect.plan)]

    for node in all_nodes(dialect.plan):
        if node.row.refers_to:
            assert order.index(node.row.refers_to.partition(".")[0]) < order.index(node.where)


def test_boxes_come_from_the_forms():
    boxes = load_boxes()

    assert boxes.of("items[].criterion.printed", "KCFTA") == "10"
    assert boxes.of("parties[role=EXPORTER].fax", "KCFTA") == "1"
    assert boxes.of("items[].criterion", "NOSUCH") == ""
    assert boxes.of("co_uid", "KCFTA") == ""


def test_unknown_dialect_is_a_configuration_error():
    with pytest.raises(ConfigurationError, match="there are eodes, gacc"):
        Dialects.load().named("klingon")


def test_payload_without_certificate_speaks_the_house_dialect():
    dialects = Dialects.load()
    payload = etree.Element("{urn:eodes:message:1}ServiceNotice")

    assert dialects.of_payload(payload) is dialects.house


@pytest.mark.parametrize("name", DIALECTS)
def test_payload_speaks_the_dialect_of_its_certificate(name):
    dialects = Dialects.load()
    payload = etree.Element("{urn:eodes:message:1}CertificateIssue")
    etree.SubElement(payload, dialects.named(name).root_tag)

    assert dialects.of_payload(payload) is dialects.named(name)
