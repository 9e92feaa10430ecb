"""The hardened parser: sizes, places and sentences of its refusals."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from eodes.domain.verdict import Refusal
from eodes.wire import parser
from eodes.wire.parser import Document, Limits

WELL_FORMED = b'<a xmlns="urn:a"><b c="1">text</b><b/></a>'


def _refusal(raw: bytes, limits: Limits | None = None) -> Refusal:
    verdict = parser.parse(raw, limits=limits or Limits())
    assert isinstance(verdict, Refusal), verdict
    return verdict


def test_well_formed_document_becomes_one_tree():
    verdict = parser.parse(WELL_FORMED, limits=Limits())

    assert isinstance(verdict, Document)
    assert [child.text for child in verdict.root] == ["text", None]


def test_document_of_exactly_the_size_limit_passes():
    limits = Limits(max_bytes=len(WELL_FORMED))

    assert isinstance(parser.parse(WELL_FORMED, limits=limits), Document)
    assert _refusal(WELL_FORMED + b" ", limits).code == "ENV-TOO-LARGE"


def test_element_limit_counts_every_element():
    raw = b"<a>" + b"<b/>" * 9 + b"</a>"

    assert isinstance(parser.parse(raw, limits=Limits(max_elements=10)), Document)
    assert _refusal(raw, Limits(max_elements=9)).code == "ENV-TOO-COMPLEX"


def test_depth_limit_counts_every_level():
    raw = b"<a>" * 10 + b"</a>" * 10

    assert isinstance(parser.parse(raw, limits=Limits(max_depth=10)), Document)
    assert _refusal(raw, Limits(max_depth=9)).code == "ENV-TOO-COMPLEX"


def test_attribute_limit_is_counted_for_each_element():
    raw = b'<r><a b="1" c="2"/><a b="1" c="2"/></r>'

    assert isinstance(parser.parse(raw, limits=Limits(max_attributes_per_element=2)), Document)
    assert _refusal(raw, Limits(max_attributes_per_element=1)).code == "ENV-TOO-COMPLEX"


def test_namespace_limit_counts_what_is_in_scope():
    nested = b'<r><a xmlns:x="urn:x"/><a xmlns:x="urn:x"/><a xmlns:x="urn:x"/></r>'
    limits = Limits(max_namespaces_in_scope=1)

    assert isinstance(parser.parse(nested, limits=limits), Document)
    both = b'<r xmlns:x="urn:x"><a xmlns:y="urn:y"/></r>'
    assert _refusal(both, limits) == Refusal(
        "ENV-NAMESPACE",
        "More than 1 namespaces are declared here; declare only those in use.",
        path="/r/a",
    )


def test_malformed_document_names_its_line_and_column():
    refusal = _refusal(b"<a>\n  <b>\n</a>")

    assert refusal.code == "ENV-MALFORMED"
    assert "line 3, column 5" in refusal.detail


def test_forbidden_node_is_found_by_its_path():
    refusal = _refusal(b'<x:a xmlns:x="urn:x"><x:b/><x:b><c><!-- no --></c></x:b></x:a>')

    assert refusal.code == "ENV-FORBIDDEN-NODE"
    assert refusal.path == "/x:a/x:b[2]/c"


def test_path_of_hostile_length_is_cut_short():
    name = b"n" * 40_000

    refusal = _refusal(b"<" + name + b"><!-- no --></" + name + b">")

    assert len(refusal.path) == 300


def test_refusal_repeats_nothing_of_a_hostile_document():
    refusal = _refusal(b"<a><script>alert(1)</script></b>")

    assert "script" not in refusal.detail


def test_each_thread_has_a_parser_of_its_own():
    seen = {id(parser._per_thread.parser)}
    kept = []

    def look() -> None:
        kept.append(parser._per_thread.parser)
        seen.add(id(kept[-1]))

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 4


@given(st.binary(max_size=300))
def test_any_bytes_at_all_get_a_verdict(raw):
    assert isinstance(parser.parse(raw, limits=Limits()), Document | Refusal)


@given(st.integers(0, len(WELL_FORMED) - 1), st.integers(0, 255))
def test_any_single_changed_byte_gets_a_verdict(position, byte):
    raw = WELL_FORMED[:position] + bytes([byte]) + WELL_FORMED[position + 1 :]

    assert isinstance(parser.parse(raw, limits=Limits()), Document | Refusal)
