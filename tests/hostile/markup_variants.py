"""What a parser may be talked into: DTDs, other encodings, odd nodes and names, sheer size."""

import gzip
from collections.abc import Callable, Iterator

from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, Forgery
from tests.hostile.variant import Build, Canary, Variant, forged, made_by, refused

ROOT = b"<co:Message"
XSI = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
BOMB = b"".join(
    b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)

DOCTYPES: dict[str, Callable[[Canary], str]] = {
    "an empty one": lambda _c: "<!DOCTYPE Message>",
    "an internal entity": lambda _c: '<!DOCTYPE M [<!ENTITY e "x">]>',
    "an external subset by URL": lambda c: f'<!DOCTYPE M SYSTEM "{c.url}">',
    "an external subset by file": lambda c: f'<!DOCTYPE M SYSTEM "{c.file}">',
    "a public identifier": lambda c: f'<!DOCTYPE M PUBLIC "-//x//y" "{c.url}">',
    "an external entity by URL": lambda c: f'<!DOCTYPE M [<!ENTITY e SYSTEM "{c.url}">]>',
    "an external entity by file": lambda c: f'<!DOCTYPE M [<!ENTITY e SYSTEM "{c.file}">]>',
    "a parameter entity by URL": lambda c: f'<!DOCTYPE M [<!ENTITY % e SYSTEM "{c.url}"> %e;]>',
    "a parameter entity by file": lambda c: f'<!DOCTYPE M [<!ENTITY % e SYSTEM "{c.file}"> %e;]>',
    "a default attribute": lambda _c: '<!DOCTYPE M [<!ATTLIST M a CDATA "x">]>',
    "an Id by declaration": lambda _c: "<!DOCTYPE M [<!ATTLIST M number ID #IMPLIED>]>",
    "an entity bomb": lambda _c: f'<!DOCTYPE M [<!ENTITY l0 "lol">{BOMB.decode()}]>',
    "a notation": lambda c: f'<!DOCTYPE M [<!NOTATION n SYSTEM "{c.url}">]>',
    "one after white space": lambda _c: " " * 10_000 + "\n<!DOCTYPE Message>",
    "one after a declaration": lambda _c: '<?xml version="1.0"?>\n<!DOCTYPE Message>',
    "one after a byte order mark": lambda _c: "\ufeff<!DOCTYPE Message>",
}


def doctypes() -> Iterator[Variant]:
    """Yield a document type in every form, before a message that is otherwise good."""
    for name, doctype in DOCTYPES.items():
        yield refused(
            f"doctype: {name}",
            "ENV-DTD",
            _after(doctype),
        )
    for name, doctype, entity in (
        ("an external entity used", DOCTYPES["an external entity by file"], b"&e;"),
        ("an entity bomb used", DOCTYPES["an entity bomb"], b"&l9;"),
    ):
        yield refused(
            f"doctype: {name}",
            "ENV-DTD",
            _after(doctype, entity=entity),
        )


def _after(doctype: Callable[[Canary], str], *, entity: bytes = b"static converter") -> Build:
    return lambda canary: (
        doctype(canary).encode() + specimen.sealed().replace(b"static converter", entity)
    )


NODES: dict[str, tuple[bytes, bytes]] = {
    "a comment in a text": (b"850440", b"850<!-- x -->440"),
    "a comment between elements": (b"<co:Envelope>", b"<!-- x --><co:Envelope>"),
    "a processing instruction in a text": (b"850440", b"850<?x y?>440"),
    "a processing instruction between elements": (b"<co:Envelope>", b"<?x y?><co:Envelope>"),
    "a style sheet instruction": (b"<co:Envelope>", b'<?xml-stylesheet href="x"?><co:Envelope>'),
}
ATTRIBUTES: dict[str, tuple[bytes, bytes]] = {
    "xsi:type": (ROOT, ROOT + b" " + XSI + b' xsi:type="co:Other"'),
    "xsi:nil": (ROOT, ROOT + b" " + XSI + b' xsi:nil="true"'),
    "xsi:noNamespaceSchemaLocation": (
        ROOT,
        ROOT + b" " + XSI + b' xsi:noNamespaceSchemaLocation="@URL@"',
    ),
    "xsi:schemaLocation": (ROOT, ROOT + b" " + XSI + b' xsi:schemaLocation="urn:x @URL@"'),
    "xsi under another prefix": (
        ROOT,
        ROOT + b' xmlns:q="http://www.w3.org/2001/XMLSchema-instance" q:nil="true"',
    ),
    "xsi spelled with references": (
        ROOT,
        ROOT + b' xmlns:q="http://www.w3.org/2001/XMLSchema-in&#115;tance" q:nil="true"',
    ),
    "xsi deep inside": (b"<co:HsCode>", b"<co:HsCode " + XSI + b' xsi:nil="true">'),
    "xml:id": (ROOT, ROOT + b' xml:id="m1"'),
    "xml:base": (ROOT, ROOT + b' xml:base="@URL@"'),
    "xml:lang": (b"<co:Name>", b'<co:Name xml:lang="en">'),
    "xml:space": (b"<co:Name>", b'<co:Name xml:space="preserve">'),
    "an element of the xml namespace": (b"<co:Envelope>", b"<xml:x></xml:x><co:Envelope>"),
}
NAMESPACES: dict[str, tuple[bytes, bytes]] = {
    "a relative name": (ROOT, ROOT + b' xmlns:r="relative"'),
    "a relative name in use": (b"<co:Name>", b'<co:Name xmlns:r="../r" r:a="1">'),
    "a relative default": (b"<co:Envelope>", b'<x xmlns="relative"></x><co:Envelope>'),
    "a fragment as name": (ROOT, ROOT + b' xmlns:r="#r"'),
    "a relative name spelled with references": (ROOT, ROOT + b' xmlns:r="&#46;/r"'),
    "a relative name behind decoy text": (
        b"<co:Name>static converter",
        b"<co:Name>xmlns:a=\"urn:<co:Part xmlns:r='relative'></co:Part>",
    ),
    "a relative name after a line": (ROOT, ROOT + b"\n\txmlns:r\n=\n'relative'"),
    "the prefix ds for something else": (
        b"<co:Envelope>",
        b'<ds:Decoy xmlns:ds="urn:decoy"></ds:Decoy><co:Envelope>',
    ),
    "the prefix ds for almost the same": (
        ROOT,
        ROOT + b' xmlns:ds="http://www.w3.org/2000/09/xmldsig"',
    ),
    "too many names": (
        ROOT,
        ROOT + b"".join(b' xmlns:n%d="urn:n%d"' % (n, n) for n in range(40)),
    ),
}


def _signed_with(old: bytes, new: bytes) -> Callable[[Canary], bytes]:
    return lambda canary: Forgery(
        content=CONTENT.replace(old, new.replace(b"@URL@", canary.url.encode()), 1)
    ).sealed()


def nodes() -> Iterator[Variant]:
    """Yield nodes and attributes that messages have no use for, under a valid signature."""
    for name, (old, new) in NODES.items():
        yield refused(f"node: {name}", "ENV-FORBIDDEN-NODE", _signed_with(old, new))
    for name, (old, new) in ATTRIBUTES.items():
        yield refused(f"attribute: {name}", "ENV-FORBIDDEN-ATTRIBUTE", _signed_with(old, new))
    for name, (old, new) in NAMESPACES.items():
        yield refused(f"namespace: {name}", "ENV-NAMESPACE", _signed_with(old, new))
    beside = {
        "a comment before the root": (b"<!-- x -->", b""),
        "a comment after the root": (b"", b"<!-- x -->"),
        "an instruction before the root": (b"<?x y?>", b""),
        "an instruction after the root": (b"", b"<?x y?>"),
        "a comment before a doctype": (b"<!-- x --><!DOCTYPE Message>", b""),
        "a comment after the declaration": (b'<?xml version="1.0"?><!-- x -->', b""),
    }
    for name, (head, tail) in beside.items():
        yield forged(f"node: {name}", "ENV-FORBIDDEN-NODE", Forgery(head=head, tail=tail))
    yield refused(
        "node: a declaration after white space",
        "ENV-FORBIDDEN-NODE",
        lambda _canary: b' <?xml version="1.0"?>' + specimen.sealed(),
    )
    for name, place, inside in (
        ("DigestValue", "@DIGEST@", "<!-- x -->@DIGEST@"),
        ("SignatureValue", "@VALUE@", "@VALUE@<!-- x -->"),
        ("X509Certificate", "@CERTIFICATE@", "@CERTIFICATE@<?x y?>"),
        ("KeyInfo", "</ds:KeyInfo>", "<!-- x --></ds:KeyInfo>"),
    ):
        yield forged(
            f"node: a comment or instruction in {name}",
            "ENV-FORBIDDEN-NODE",
            Forgery(signature=specimen.SIGNATURE.replace(place, inside)),
        )


MALFORMED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _m: b"",
    "white space": lambda _m: b" \n",
    "plain text": lambda _m: b"hello",
    "JSON": lambda _m: b'{"a": 1}',
    "cut in the middle": lambda m: m[: len(m) // 2],
    "cut by one byte": lambda m: m[:-1],
    "two roots": lambda m: m + m,
    "text after the root": lambda m: m + b"text",
    "text before the root": lambda m: b"text" + m,
    "an unknown entity": lambda m: m.replace(b"static", b"&unknown;"),
    "a reference to NUL": lambda m: m.replace(b"static", b"&#0;"),
    "a control character": lambda m: m.replace(b"static", b"\x01"),
    "a doubled attribute": lambda m: m.replace(b'unit="KGM"', b'unit="KGM" unit="KGM"'),
    "an unbound prefix": lambda m: m.replace(b"<co:Name>", b'<co:Name x:y="1">'),
    "the prefix xml for something else": lambda m: m.replace(ROOT, ROOT + b' xmlns:xml="urn:x"'),
    "another prefix for the xml namespace": lambda m: m.replace(
        ROOT, ROOT + b' xmlns:y="http://www.w3.org/XML/1998/namespace"'
    ),
    "an unreadable declaration": lambda m: b"<?xml encoding='UTF-8' version='1.0'?>" + m,
    "a declaration without version": lambda m: b"<?xml encoding='UTF-8'?>" + m,
}
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "UTF-16": lambda m: m.decode().encode("utf-16"),
    "UTF-16 big-endian without mark": lambda m: m.decode().encode("utf-16-be"),
    "UTF-16 little-endian without mark": lambda m: m.decode().encode("utf-16-le"),
    "UTF-32": lambda m: m.decode().encode("utf-32"),
    "UTF-32 big-endian without mark": lambda m: m.decode().encode("utf-32-be"),
    "EBCDIC": lambda m: ('<?xml version="1.0" encoding="IBM037"?>' + m.decode()).encode("cp037"),
    "a NUL in a text": lambda m: m.replace(b"static", b"sta\0tic"),
    "a NUL at the end": lambda m: m + b"\0",
    "a lone continuation byte": lambda m: m.replace(b"static", b"\x80"),
    "Latin-1 in a text": lambda m: m.replace(b"static", b"caf\xe9"),
    "an overlong slash": lambda m: m.replace(b"static", b"\xc0\xaf"),
    "an overlong NUL": lambda m: m.replace(b"static", b"\xc0\x80"),
    "a surrogate": lambda m: m.replace(b"static", b"\xed\xa0\x80"),
    "beyond Unicode": lambda m: m.replace(b"static", b"\xf4\x90\x80\x80"),
    "a cut character at the end": lambda m: m + b"\xe2\x82",
    "a UTF-16 mark before UTF-8": lambda m: b"\xff\xfe" + m,
}
DECLARED = (
    "UTF-7", "UTF-16", "UTF-16LE", "UTF-32", "UCS-4", "ISO-8859-1", "US-ASCII", "windows-1252",
    "IBM037", "Shift_JIS", "EUC-KR", "GB18030", "HZ", "utf8", "UTF_8", "unknown",
)  # fmt: skip


def bytes_of_other_kinds() -> Iterator[Variant]:
    """Yield bytes that are no well-formed XML 1.0 in UTF-8, or say they are something else."""
    for name, change in MALFORMED.items():
        yield refused(
            f"malformed: {name}",
            "ENV-MALFORMED",
            made_by(_changed, change),
        )
    for name, change in ENCODINGS.items():
        yield refused(
            f"encoding: {name}",
            "ENV-ENCODING",
            made_by(_changed, change),
        )
    for name in DECLARED:
        yield refused(
            f"encoding: declared {name}",
            "ENV-ENCODING",
            made_by(_declared, f'version="1.0" encoding="{name}"'),
        )
    for version in ("1.1", "1.2", "2.0", "1"):
        yield refused(
            f"version: {version}",
            "ENV-VERSION",
            made_by(_declared, f'version="{version}"'),
        )


def _changed(change: Callable[[bytes], bytes]) -> bytes:
    return change(specimen.sealed())


def _declared(declaration: str) -> bytes:
    return f"<?xml {declaration}?>".encode() + specimen.sealed()


COSTLY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "three million bytes": ("ENV-TOO-LARGE", lambda: CONTENT + b" " * 3_000_000),
    "a text of three million digits": (
        "ENV-TOO-LARGE",
        lambda: CONTENT.replace(b"120.5", b"9" * 3_000_000),
    ),
    "a hundred levels": ("ENV-TOO-COMPLEX", lambda: b"<a>" * 100 + b"</a>" * 100),
    "a hundred thousand levels": (
        "ENV-TOO-COMPLEX",
        lambda: b"<a>" * 100_000 + b"</a>" * 100_000,
    ),
    "a hundred thousand levels never closed": ("ENV-TOO-COMPLEX", lambda: b"<a>" * 100_000),
    "four hundred thousand elements": (
        "ENV-TOO-COMPLEX",
        lambda: b"<a>" + b"<b/>" * 400_000 + b"</a>",
    ),
    "a hundred thousand attributes": (
        "ENV-TOO-COMPLEX",
        lambda: b"<a " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>",
    ),
    "fifty thousand namespaces": (
        "ENV-NAMESPACE",
        lambda: b"<a " + b" ".join(b'xmlns:a%d="u:%d"' % (n, n) for n in range(50_000)) + b"/>",
    ),
    "a name of a million letters": (
        "ENV-TOO-COMPLEX ENV-MALFORMED",
        lambda: b"<" + b"a" * 1_000_000 + b"/>",
    ),
    "a text of four hundred thousand xmlns": (
        "SIG-MISSING",
        lambda: b"<a>" + b"xmlns" * 400_000 + b"</a>",
    ),
    "a text of declarations that never end": (
        "SIG-MISSING",
        lambda: b"<a>" + b"xmlns=" * 300_000 + b"</a>",
    ),
    "sixty thousand elements of the xsi namespace": (
        "ENV-FORBIDDEN-ATTRIBUTE",
        lambda: (
            b'<x:a xmlns:x="http://www.w3.org/2001/XMLSchema-instance">'
            + b'<x:b x:nil="1"/>' * 60_000
            + b"</x:a>"
        ),
    ),
    "sixty thousand elements that declare": (
        "SIG-MISSING",
        lambda: b"<a>" + b'<b xmlns:c="urn:c"/>' * 60_000 + b"</a>",
    ),
    "sixty thousand elements that declare names of their own": (
        "SIG-MISSING",
        lambda: b"<a>" + b"".join(b'<b xmlns:c%d="urn:c"/>' % n for n in range(60_000)) + b"</a>",
    ),
    "sixty thousand elements in the worst nesting": (
        "SIG-MISSING",
        lambda: b"<a>" + (b"<b>" * 30 + b"</b>" * 30) * 2_000 + b"</a>",
    ),
    "sixty thousand elements with attributes": (
        "SIG-MISSING",
        lambda: b"<a>" + b'<b c="1" d="2" e="3"/>' * 60_000 + b"</a>",
    ),
    "sixty thousand signatures": (
        "SIG-STRUCTURE",
        lambda: (
            b'<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
            + b"<ds:Signature/>" * 60_000
            + b"</a>"
        ),
    ),
    "a declaration of a million spaces": (
        "ENV-MALFORMED",
        lambda: b'<?xml version="1.0"' + b" " * 1_900_000 + b"><a/>",
    ),
    "sixty attributes more than allowed": (
        "ENV-TOO-COMPLEX",
        lambda: b"<r><a " + b" ".join(b'a%d="1"' % n for n in range(124)) + b"/></r>",
    ),
}


def costly() -> Iterator[Variant]:
    """Yield documents that cost more than they are worth."""
    for name, (codes, build) in COSTLY.items():
        yield refused(f"costly: {name}", codes, made_by(build))
    yield forged(
        "costly: forty levels under a valid signature",
        "ENV-TOO-COMPLEX",
        Forgery(content=CONTENT.replace(b"static", b"<co:D>" * 40 + b"</co:D>" * 40)),
    )
    yield refused(
        "costly: an include of a file",
        "SIG-MISSING",
        lambda canary: (
            f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{canary.file}"/></a>'
        ).encode(),
    )
