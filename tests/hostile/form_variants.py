"""Validly signed messages whose signature has a form that the profile forbids."""

from collections.abc import Callable, Iterator

from eodes.wire.canonical import EXCLUSIVE_C14N
from eodes.wire.signature import ENVELOPED_SIGNATURE, SHA256
from tests.hostile import specimen
from tests.hostile.specimen import (
    CANONICALIZATION,
    CERTIFICATE,
    CONTENT,
    DIGEST_METHOD,
    DIGEST_VALUE,
    ENVELOPED,
    EXCLUSIVE,
    INCLUSIVE_C14N,
    KEY_INFO,
    METHOD,
    REFERENCE,
    SIGNATURE,
    SIGNED_INFO,
    TRANSFORMS,
    VALUE,
    Forgery,
)
from tests.hostile.variant import Build, Canary, Variant, forged, refused

EC = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE_PREFIXES = f'<ec:InclusiveNamespaces xmlns:ec="{EC}" PrefixList="co"/>'
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XPATH_FILTER = "http://www.w3.org/2002/06/xmldsig-filter2"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"
MANIFEST = "http://www.w3.org/2000/09/xmldsig#Manifest"


def _swap(*pairs: str) -> str:
    signature = SIGNATURE
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in signature, old
        signature = signature.replace(old, new)
    return signature


def _transform(uri: str, inside: str = "") -> str:
    return f'<ds:Transform Algorithm="{uri}">{inside}</ds:Transform>'


def _transforms(*steps: str) -> str:
    return _swap(TRANSFORMS, f"<ds:Transforms>{''.join(steps)}</ds:Transforms>")


CERTIFICATE_PART = CONTENT[
    CONTENT.index(b"<co:Certificate>") : CONTENT.index(b"</co:Message>")
].replace(b"<co:Certificate>", b'<co:Certificate xmlns:co="urn:eodes:specimen">')

REFERENCES: dict[str, str] = {
    "no reference": _swap(REFERENCE, ""),
    "two references": _swap(REFERENCE, REFERENCE * 2),
    "no URI": _swap(' URI=""', ""),
    "a URI to nothing": _swap('URI=""', 'URI="#none"'),
    "a bare hash": _swap('URI=""', 'URI="#"'),
    "an xpointer to the root": _swap('URI=""', 'URI="#xpointer(/)"'),
    "an xpointer to the Id": _swap('URI=""', "URI=\"#xpointer(id('m1'))\""),
    "a space as URI": _swap('URI=""', 'URI=" "'),
    "the Id without a hash": _swap('URI=""', 'URI="m1"'),
    "the Id in capitals": _swap('URI=""', 'URI="#M1"'),
    "a type": _swap('URI=""', f'URI="" Type="{MANIFEST}"'),
    "an Id": _swap('URI=""', 'URI="" Id="r1"'),
    "no transforms": _swap(TRANSFORMS, ""),
    "empty transforms": _transforms(),
    "only the enveloped transform": _transforms(ENVELOPED),
    "only exclusive C14N": _transforms(EXCLUSIVE),
    "transforms in the other order": _transforms(EXCLUSIVE, ENVELOPED),
    "the enveloped transform twice": _transforms(ENVELOPED, ENVELOPED, EXCLUSIVE),
    "exclusive C14N twice": _transforms(ENVELOPED, EXCLUSIVE, EXCLUSIVE),
    "inclusive C14N": _transforms(ENVELOPED, _transform(INCLUSIVE_C14N)),
    "C14N 1.1": _transforms(ENVELOPED, _transform("http://www.w3.org/2006/12/xml-c14n11")),
    "C14N with comments": _transforms(ENVELOPED, _transform(EXCLUSIVE_C14N + "WithComments")),
    "a prefix list": _transforms(ENVELOPED, _transform(EXCLUSIVE_C14N, INCLUSIVE_PREFIXES)),
    "an XPath transform": _transforms(
        ENVELOPED, _transform(XPATH, "<ds:XPath>not(self::x)</ds:XPath>"), EXCLUSIVE
    ),
    "an XPath inside the enveloped transform": _transforms(
        _transform(ENVELOPED_SIGNATURE, "<ds:XPath>true()</ds:XPath>"), EXCLUSIVE
    ),
    "an XPath filter": _transforms(
        ENVELOPED,
        _transform(
            XPATH_FILTER, f'<f:XPath xmlns:f="{XPATH_FILTER}" Filter="subtract">/</f:XPath>'
        ),
        EXCLUSIVE,
    ),
    "a base64 transform": _transforms(ENVELOPED, _transform(BASE64), EXCLUSIVE),
    "an unknown transform": _transforms(ENVELOPED, _transform("urn:unknown"), EXCLUSIVE),
    "a transform without algorithm": _transforms(ENVELOPED, EXCLUSIVE, "<ds:Transform/>"),
    "an attribute on transforms": _swap("<ds:Transforms>", '<ds:Transforms Id="t">'),
    "no digest method": _swap(DIGEST_METHOD, ""),
    "two digest methods": _swap(DIGEST_METHOD, DIGEST_METHOD * 2),
    "a child in the digest method": _swap(
        DIGEST_METHOD, f'<ds:DigestMethod Algorithm="{SHA256}"><ds:X/></ds:DigestMethod>'
    ),
    "no digest value": _swap(DIGEST_VALUE, ""),
    "two digest values": _swap(
        DIGEST_VALUE, DIGEST_VALUE + "<ds:DigestValue>QUJD</ds:DigestValue>"
    ),
    "an empty digest value": _swap("@DIGEST@", ""),
    "a child in the digest value": _swap("@DIGEST@", "@DIGEST@<ds:X/>"),
    "an attribute on the digest value": _swap("<ds:DigestValue>", '<ds:DigestValue a="1">'),
    "junk in the digest value": _swap("@DIGEST@", "@DIGEST@!"),
    "a short digest value": _swap("@DIGEST@", "QUJD"),
    "a no-break space in the digest value": _swap("@DIGEST@", "@DIGEST@\u00a0"),
    "URL-safe letters in the digest value": _swap("@DIGEST@", "-_-_"),
}

SIGNED_INFOS: dict[str, str] = {
    "inclusive C14N of SignedInfo declared": _swap(
        CANONICALIZATION, f'<ds:CanonicalizationMethod Algorithm="{INCLUSIVE_C14N}"/>'
    ),
    "C14N with comments of SignedInfo declared": _swap(
        CANONICALIZATION,
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}WithComments"/>',
    ),
    "C14N 2.0 declared": _swap(
        CANONICALIZATION,
        '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2010/xml-c14n2"/>',
    ),
    "an unknown canonicalization": _swap(
        CANONICALIZATION, '<ds:CanonicalizationMethod Algorithm="urn:none"/>'
    ),
    "an XSLT as canonicalization": _swap(
        CANONICALIZATION, f'<ds:CanonicalizationMethod Algorithm="{XSLT}"/>'
    ),
    "a prefix list in the canonicalization": _swap(
        CANONICALIZATION,
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}">{INCLUSIVE_PREFIXES}'
        "</ds:CanonicalizationMethod>",
    ),
    "no canonicalization": _swap(CANONICALIZATION, ""),
    "two canonicalizations": _swap(CANONICALIZATION, CANONICALIZATION * 2),
    "a canonicalization without algorithm": _swap(CANONICALIZATION, "<ds:CanonicalizationMethod/>"),
    "no signature method": _swap(METHOD, ""),
    "two signature methods": _swap(METHOD, METHOD * 2),
    "an output length in the signature method": _swap(
        METHOD,
        METHOD.replace("/>", "><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>"),
    ),
    "the children in another order": _swap(CANONICALIZATION + METHOD, METHOD + CANONICALIZATION),
    "a foreign element": _swap("</ds:SignedInfo>", '<x:X xmlns:x="urn:x"/></ds:SignedInfo>'),
    "text": _swap("</ds:SignedInfo>", "text</ds:SignedInfo>"),
    "text between its children": _swap(METHOD, "text" + METHOD),
    "an attribute": _swap("<ds:SignedInfo>", '<ds:SignedInfo x="1">'),
    "a foreign Id": _swap("<ds:SignedInfo>", '<ds:SignedInfo xmlns:e="urn:e" e:Id="1">'),
    "a no-break space": _swap(METHOD, "\u00a0" + METHOD),
}

SIGNATURES: dict[str, str] = {
    "two SignedInfo, the good first": _swap(SIGNED_INFO, SIGNED_INFO * 2),
    "two signature values": _swap(VALUE, VALUE + "<ds:SignatureValue>QUJD</ds:SignatureValue>"),
    "no signature value": _swap(VALUE, ""),
    "no key info": _swap(KEY_INFO, ""),
    "two key infos": _swap(KEY_INFO, KEY_INFO * 2),
    "an empty key info": _swap(KEY_INFO, "<ds:KeyInfo/>"),
    "the value before SignedInfo": _swap(SIGNED_INFO + VALUE, VALUE + SIGNED_INFO),
    "an object": _swap("</ds:Signature>", "<ds:Object>free</ds:Object></ds:Signature>"),
    "an object with forged content": _swap(
        "</ds:Signature>",
        '<ds:Object><x:Value xmlns:x="urn:eodes:specimen">1</x:Value></ds:Object></ds:Signature>',
    ),
    "a manifest": _swap(
        "</ds:Signature>",
        f"<ds:Object><ds:Manifest>{REFERENCE}</ds:Manifest></ds:Object></ds:Signature>",
    ),
    "text": _swap("</ds:Signature>", "text</ds:Signature>"),
    "text in the key info": _swap("</ds:KeyInfo>", "text</ds:KeyInfo>"),
    "text in the X509 data": _swap("</ds:X509Data>", "text</ds:X509Data>"),
    "an attribute": _swap("<ds:Signature ", '<ds:Signature x="1" '),
    "an attribute on the value": _swap("<ds:SignatureValue>", '<ds:SignatureValue x="1">'),
    "an attribute on the X509 data": _swap("<ds:X509Data>", '<ds:X509Data Id="1">'),
    "an attribute on the certificate": _swap("<ds:X509Certificate>", '<ds:X509Certificate Id="1">'),
    "a child in the value": _swap("@VALUE@", "@VALUE@<ds:X/>"),
    "a child in the certificate": _swap("@CERTIFICATE@", "@CERTIFICATE@<ds:X/>"),
    "junk in the value": _swap("@VALUE@", "@VALUE@*"),
    "padding in the middle of the certificate": _swap("@CERTIFICATE@", "QQ==@CERTIFICATE@"),
    "an empty value": _swap("@VALUE@", ""),
    "the element in capitals": _swap("ds:KeyInfo>", "ds:KEYINFO>"),
}


def references() -> Iterator[Variant]:
    """Yield references that are none, too many, to something else or by other transforms."""
    codes = "SIG-REFERENCE SIG-STRUCTURE SIG-DIGEST"
    for name, signature in REFERENCES.items():
        yield forged(f"reference: {name}", codes, Forgery(signature=signature))
    yield forged(
        "reference: only to the certificate inside",
        codes,
        Forgery(
            content=CONTENT.replace(b"<co:Certificate>", b'<co:Certificate Id="c1">'),
            digested=CERTIFICATE_PART.replace(b"<co:Certificate", b'<co:Certificate Id="c1"'),
            signature=_swap('URI=""', 'URI="#c1"'),
        ),
    )
    for attribute in ("ID", "id"):
        content = CONTENT.replace(b"Id=", attribute.encode() + b"=")
        yield forged(
            f"reference: by the attribute {attribute}",
            codes,
            Forgery(content=content, signature=_swap('URI=""', 'URI="#m1"')),
        )
    for attribute in ("Id", "ID", "id", "e:Id"):
        twice = CONTENT.replace(
            b"<co:Envelope>", f'<co:Envelope xmlns:e="urn:e" {attribute}="m1">'.encode()
        )
        yield forged(
            f"reference: to a name that a child bears as {attribute}",
            codes,
            Forgery(content=twice, signature=_swap('URI=""', 'URI="#m1"')),
        )
    outside: dict[str, Callable[[Canary], str]] = {
        "to a URL": lambda canary: canary.url,
        "to a file": lambda canary: canary.file,
    }
    for name, target in outside.items():
        yield refused(
            f"reference: {name}",
            codes,
            _pointing(target),
        )
    yield refused(
        "reference: an XSLT transform that reads a URL",
        codes,
        lambda canary: Forgery(
            signature=_transforms(
                ENVELOPED,
                _transform(
                    XSLT,
                    '<s:stylesheet xmlns:s="http://www.w3.org/1999/XSL/Transform" version="1.0">'
                    f'<s:include href="{canary.url}"/></s:stylesheet>',
                ),
                EXCLUSIVE,
            )
        ).sealed(),
    )


def _pointing(target: Callable[[Canary], str]) -> Build:
    return lambda canary: Forgery(signature=_swap('URI=""', f'URI="{target(canary)}"')).sealed()


def signed_infos() -> Iterator[Variant]:
    """Yield SignedInfo elements of other shapes, all of them validly signed."""
    for name, signature in SIGNED_INFOS.items():
        yield forged(
            f"signed info: {name}", "SIG-STRUCTURE SIG-ALGORITHM", Forgery(signature=signature)
        )
    yield forged(
        "signed info: signed over its inclusive form",
        "SIG-VALUE",
        Forgery(
            exclusive=False, content=CONTENT.replace(b" Id=", b' xmlns:unused="urn:unused" Id=')
        ),
    )


def signatures() -> Iterator[Variant]:
    """Yield Signature elements with more, less or other things inside."""
    for name, signature in SIGNATURES.items():
        yield forged(f"signature: {name}", "SIG-STRUCTURE", Forgery(signature=signature))
    assert CERTIFICATE in SIGNATURE
    yield forged(
        "signature: two SignedInfo, the good last",
        "SIG-STRUCTURE",
        Forgery(
            signature=SIGNATURE.replace(
                SIGNED_INFO, SIGNED_INFO.replace("@DIGEST@", "QUJD")
            ).replace(VALUE, SIGNED_INFO + VALUE)
        ),
    )
    yield refused(
        "signature: bits hidden behind the base64 of the certificate",
        "SIG-STRUCTURE SIG-UNKNOWN-KEY",
        lambda _canary: specimen.sealed().replace(
            b"</ds:X509Certificate>", b"=</ds:X509Certificate>"
        ),
    )
