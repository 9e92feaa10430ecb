"""The one hardened parser: untrusted bytes become one tree, or a refusal.

Most checks look into the raw bytes first.  Where the bytes cannot hold the forbidden thing the
tree is not searched; where they might, the tree decides.  Bytes alone refuse nothing but the
prolog, because a CDATA section may quote anything.
"""

import re
import threading
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from eodes.domain.verdict import Refusal

#: An element of a parsed tree, for those who must not import the parser library themselves.
Element = _Element

KIB = 1024
MIB = 1024 * KIB
# A certificate with 500 items is 0.6 MB; the same cap holds for the body of the HTTP request.
MAX_DOCUMENT_BYTES = 2 * MIB
# 500 items are 15,581 elements; four times that leaves room for the widest dialect.
MAX_ELEMENTS = 64 * KIB
# The deepest known dialect nests 12 levels with its signature; libxml2 itself stops at 256.
MAX_DEPTH = 32
# C14N sorts the attributes of an element by insertion, so many of them cost their square.
MAX_ATTRIBUTES_PER_ELEMENT = 64
# C14N looks up each prefix among all declarations in scope.
MAX_NAMESPACES_IN_SCOPE = 32

DS_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"

_UTF8_BOM = b"\xef\xbb\xbf"
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(["'])(?P<version>[A-Za-z0-9._:-]+)\1"""
    rb"""(?:\s+encoding\s*=\s*(["'])(?P<encoding>[A-Za-z][A-Za-z0-9._-]*)\3)?"""
    rb"""(?:\s+standalone\s*=\s*(["'])(?:yes|no)\5)?\s*\?>"""
)
_DECLARATION_START = re.compile(rb"<\?xml\s")
_WHITE_SPACE = re.compile(rb"[ \t\r\n]*")
_DS_NAMESPACE_BYTES = DS_NAMESPACE.encode()
_ABSOLUTE_URI_BYTES = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:")
_ABSOLUTE_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Finds each place where a namespace may be declared, with its prefix and the start of its name.
# It looks ahead instead of reading on: text made to look like a declaration hides no real one.
# It does not look far nor try again, or a text of many beginnings would cost a second.
_MAYBE_DECLARED = re.compile(
    rb"""xmlns(?=(?:(:[^\s=]{0,99}+)?+\s*+=\s*+["\']([^"\'&<]{0,99}+))?+)"""
)
_MAX_PATH_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """How large and how intricate a document may be before it costs more than it is worth."""

    max_bytes: int = MAX_DOCUMENT_BYTES
    max_elements: int = MAX_ELEMENTS
    max_depth: int = MAX_DEPTH
    max_attributes_per_element: int = MAX_ATTRIBUTES_PER_ELEMENT
    max_namespaces_in_scope: int = MAX_NAMESPACES_IN_SCOPE


@dataclass(frozen=True, slots=True)
class Document:
    """A document that passed the parser: one tree, built once, never serialized and re-read."""

    root: Element


class _PerThread(threading.local):
    """One parser a thread, because a shared one is a lock around every parse."""

    def __init__(self) -> None:
        self.parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            recover=False,
            collect_ids=False,
        )


_per_thread = _PerThread()


def parse(raw: bytes, *, limits: Limits) -> Document | Refusal:
    """Read untrusted bytes into one tree, or say why they are refused.

    1. Measure the bytes.
    2. Accept UTF-8 and XML 1.0 only.
    3. Refuse whatever stands before the root element.
    4. Parse, once.
    5. Refuse nodes, attributes and namespaces that signed messages have no use for.
    6. Measure the tree.
    """
    before = _oversized(raw, limits) or _foreign_encoding(raw) or _foreign_prolog(raw)
    if before:
        return before
    root = _tree(raw)
    if isinstance(root, Refusal):
        return root
    after = (
        _intricate(raw, root, limits)
        or _forbidden_node(root)
        or _forbidden_attribute(raw, root)
        or _forbidden_namespace(raw, root, limits)
    )
    return after or Document(root)


def parse_again(stored: bytes) -> Document | Refusal:
    """Read bytes into a tree that were read and measured before they were stored."""
    root = _tree(stored)
    return root if isinstance(root, Refusal) else Document(root)


def _oversized(raw: bytes, limits: Limits) -> Refusal | None:
    if len(raw) <= limits.max_bytes:
        return None
    return Refusal(
        "ENV-TOO-LARGE",
        f"The document has {len(raw)} bytes and the limit is {limits.max_bytes}; "
        "split the content over several messages.",
    )


def _foreign_encoding(raw: bytes) -> Refusal | None:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Refusal(
            "ENV-ENCODING",
            f"Byte {error.start} is not UTF-8; send the document encoded in UTF-8.",
        )
    if b"\0" in raw:
        return Refusal(
            "ENV-ENCODING",
            "The document holds a NUL byte, as UTF-16 and UTF-32 do; send it encoded in UTF-8.",
        )
    return None


def _foreign_prolog(raw: bytes) -> Refusal | None:
    start = len(_UTF8_BOM) if raw.startswith(_UTF8_BOM) else 0
    if _DECLARATION_START.match(raw, start):
        declaration = _DECLARATION.match(raw, start)
        if declaration is None:
            return Refusal(
                "ENV-MALFORMED", "The XML declaration cannot be read; correct it or leave it out."
            )
        if declaration["version"] != b"1.0":
            return Refusal("ENV-VERSION", "Only XML 1.0 is read; declare version 1.0.")
        if (declaration["encoding"] or b"UTF-8").upper() != b"UTF-8":
            return Refusal(
                "ENV-ENCODING", "The declaration names another encoding; declare UTF-8 or none."
            )
        start = declaration.end()
    return _foreign_before_root(raw, start)


def _foreign_before_root(raw: bytes, start: int) -> Refusal | None:
    # A DOCTYPE is well-formed nowhere else, so looking here finds every one, before the parse.
    start = _end_of_white_space(raw, start)
    if raw.startswith(b"<!DOCTYPE", start):
        return Refusal(
            "ENV-DTD", "The document has a DOCTYPE; remove it, none is ever read.", path="/"
        )
    if raw.startswith((b"<!--", b"<?"), start):
        return Refusal(
            "ENV-FORBIDDEN-NODE",
            "A comment or processing instruction stands before the root element; remove it.",
            path="/",
        )
    return None


def _end_of_white_space(raw: bytes, start: int) -> int:
    white_space = _WHITE_SPACE.match(raw, start)
    assert white_space is not None  # the pattern matches the empty string too
    return white_space.end()


def _tree(raw: bytes) -> Element | Refusal:
    try:
        return etree.fromstring(raw, _per_thread.parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            return Refusal(
                "ENV-TOO-COMPLEX",
                f"Line {line}, column {column} nests too deep or holds too long a name or text; "
                "send a simpler document.",
            )
        return Refusal(
            "ENV-MALFORMED",
            f"The document is not well-formed XML at line {line}, column {column}; correct it.",
        )


def _intricate(raw: bytes, root: Element, limits: Limits) -> Refusal | None:
    # No element is shorter than "<a/>".
    may_have_many = len(raw) // len(b"<a/>") > limits.max_elements
    if may_have_many and _element_count(root) > limits.max_elements:
        return _too_complex(f"The document has more than {limits.max_elements} elements")
    if _deeper_than(limits.max_depth)(root):
        return _too_complex(f"Elements nest deeper than {limits.max_depth} levels")
    if _more_attributes_than(limits.max_attributes_per_element)(root):
        return _too_complex(
            f"An element has more than {limits.max_attributes_per_element} attributes"
        )
    return None


def _too_complex(what: str) -> Refusal:
    return Refusal("ENV-TOO-COMPLEX", f"{what}; send a simpler document.")


def _forbidden_node(root: Element) -> Refusal | None:
    if root.getnext() is not None:
        return Refusal(
            "ENV-FORBIDDEN-NODE",
            "A comment or processing instruction follows the root element; remove it.",
            path="/",
        )
    node = next(root.iter(etree.Comment, etree.PI, etree.Entity), None)
    if node is None:
        return None
    holder = node.getparent()
    assert holder is not None  # it is inside the root
    return Refusal(
        "ENV-FORBIDDEN-NODE",
        "The document holds a comment, a processing instruction or an entity; remove it.",
        path=path_of(holder),
    )


def _forbidden_attribute(raw: bytes, root: Element) -> Refusal | None:
    # A namespace name may be spelled with character references, the prefix "xml" may not.
    spelled_out = b"&" in raw and b"&#" in raw  # one byte is found much faster than two
    if not (spelled_out or b"xml:" in raw or b"XMLSchema-instance" in raw):
        return None
    elements = _with_forbidden_names(root)
    if not elements:
        return None
    return Refusal(
        "ENV-FORBIDDEN-ATTRIBUTE",
        "The document uses xml: or xsi: names, which change how a reader understands it; "
        "leave them out.",
        path=path_of(elements[0]),
    )


def _forbidden_namespace(raw: bytes, root: Element, limits: Limits) -> Refusal | None:
    declarations = _MAYBE_DECLARED.findall(raw)
    few = len({prefix for prefix, _ in declarations}) <= limits.max_namespaces_in_scope
    if few and all(_is_plain(prefix, name) for prefix, name in declarations):
        return None
    for element in root.iter():
        fault = _namespace_fault(element.nsmap, limits)
        if fault:
            return Refusal("ENV-NAMESPACE", fault, path=path_of(element))
    return None


def _is_plain(prefix: bytes, name: bytes) -> bool:
    if prefix == b":ds":
        return name == _DS_NAMESPACE_BYTES
    return _ABSOLUTE_URI_BYTES.match(name) is not None


def _namespace_fault(in_scope: dict[str | None, str], limits: Limits) -> str:
    if len(in_scope) > limits.max_namespaces_in_scope:
        return (
            f"More than {limits.max_namespaces_in_scope} namespaces are declared here; "
            "declare only those in use."
        )
    if in_scope.get("ds", DS_NAMESPACE) != DS_NAMESPACE:
        return "The prefix ds is bound to another namespace than XML Signature; choose another."
    if not all(not name or _ABSOLUTE_URI.match(name) for name in in_scope.values()):
        return "A namespace name is relative and cannot be made canonical; use an absolute name."
    return ""


def path_of(element: Element) -> str:
    """Name the place of an element in its tree, as a path a person can follow."""
    steps = [_step(node) for node in (element, *element.iterancestors())]
    return ("/" + "/".join(reversed(steps)))[:_MAX_PATH_CHARACTERS]


def _step(element: Element) -> str:
    name = etree.QName(element).localname
    if element.prefix:
        name = f"{element.prefix}:{name}"
    before = sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
    return f"{name}[{before + 1}]" if before else name


@lru_cache(maxsize=8)
def _deeper_than(levels: int) -> etree.XPath:
    return etree.XPath("boolean(" + "/*" * (levels + 1) + ")")


@lru_cache(maxsize=8)
def _more_attributes_than(count: int) -> etree.XPath:
    return etree.XPath(f"boolean(//*/@*[{count + 1}])")


_element_count = etree.XPath("count(//*)")
_with_forbidden_names = etree.XPath(
    "//*[@xsi:* or @xml:* or self::xsi:* or self::xml:*]",
    namespaces={"xsi": XSI_NAMESPACE, "xml": XML_NAMESPACE},
)
