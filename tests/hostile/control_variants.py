"""Controls: harmless messages in forms that real programs write, which must be accepted."""

import base64
import functools
import re
from collections.abc import Iterator, Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from eodes.wire.signature import PinnedKey
from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, SIGNATURE, Forgery, office
from tests.hostile.trust_variants import P256_ORDER
from tests.hostile.variant import Variant, accepted, made_by

MORE = "http://www.w3.org/2001/04/xmldsig-more#"


def _folded(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"&#13;\n")


def _high_s(data: bytes) -> bytes:
    key = office().key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + (P256_ORDER - s).to_bytes(32, "big")


def _spaced() -> str:
    inside = SIGNATURE.replace("><", ">\n  <")
    return inside.replace("@CERTIFICATE@", "\n@CERTIFICATE@\n").replace("@DIGEST@", "\t@DIGEST@ ")


def _text(text: bytes) -> Forgery:
    return Forgery(content=CONTENT.replace(b"static converter", text))


FORGERIES: dict[str, Forgery] = {
    "SignatureValue folded with carriage returns": Forgery(spell=_folded),
    "SignatureValue over several lines": Forgery(spell=base64.encodebytes),
    "white space between the elements of the signature": Forgery(signature=_spaced()),
    "a reference to the Id of the root": Forgery(
        signature=SIGNATURE.replace('URI=""', 'URI="#m1"')
    ),
    "the signature in a default namespace": Forgery(
        signature=re.sub(r"(</?)ds:", r"\1", SIGNATURE).replace("xmlns:ds=", "xmlns=")
    ),
    "the signature under another prefix": Forgery(
        signature=SIGNATURE.replace("ds:", "dsig:").replace(":ds=", ":dsig=")
    ),
    "an Id on the signature": Forgery(
        signature=SIGNATURE.replace("<ds:Signature ", '<ds:Signature Id="s1" ')
    ),
    "an Id on the value and the key info": Forgery(
        signature=SIGNATURE.replace("<ds:SignatureValue>", '<ds:SignatureValue Id="v1">').replace(
            "<ds:KeyInfo>", '<ds:KeyInfo Id="k1">'
        )
    ),
    "a SHA-512 digest": Forgery(
        digest="sha512", signature=SIGNATURE.replace("xmlenc#sha256", "xmlenc#sha512")
    ),
    "a SHA-384 digest": Forgery(
        digest="sha384",
        signature=SIGNATURE.replace("http://www.w3.org/2001/04/xmlenc#sha256", f"{MORE}sha384"),
    ),
    "an ECDSA value with the larger s": Forgery(sign=_high_s),
    "an unused xsi declaration": Forgery(
        content=CONTENT.replace(
            b" Id=", b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" Id='
        )
    ),
    "an unused declaration of the ds prefix": Forgery(
        content=CONTENT.replace(b" Id=", b" xmlns:ds = 'http://www.w3.org/2000/09/xmldsig#' Id=")
    ),
    "many declarations of the same name": Forgery(
        content=CONTENT.replace(
            b"static converter", b'<co:P xmlns:co="urn:eodes:specimen"></co:P>' * 50
        )
    ),
    "a default namespace taken back": Forgery(
        content=CONTENT.replace(b"static converter", b'<P xmlns="urn:p"><Q xmlns=""></Q></P>')
    ),
    "CDATA that quotes a DOCTYPE": _text(b"<![CDATA[<!DOCTYPE x><!-- no --><?no?>]]>"),
    "CDATA that quotes declarations": _text(
        b"<![CDATA[xmlns:ds='urn:x' xmlns=\"relative\" xml:id='1' xsi:nil=\"1\"]]>"
    ),
    "text that names a schema attribute": _text(b"xml:lang is not XMLSchema-instance"),
    "text with references": _text(b"&lt;a&gt; &amp; &#233; &#x20AC;"),
    "text of four-byte characters": _text("원산지증명서 \U0001f6a2".encode()),
    "pretty-printed content": Forgery(content=CONTENT.replace(b"><", b">\n  <")),
    "content that is not canonical": Forgery(
        content=CONTENT.replace(b'unit="KGM"', b"unit = 'KGM'").replace(
            b"<co:Name>printed circuit</co:Name>", b"<co:Name />"
        )
    ),
    "white space after the signature": Forgery(
        place=lambda content, signature: content.replace(
            b"</co:Message>", signature + b"\n</co:Message>"
        ),
        digested=CONTENT.replace(b"</co:Message>", b"\n</co:Message>"),
    ),
    "a root with nothing but the signature": Forgery(
        content=b"<Empty></Empty>",
        place=lambda _content, signature: b"<Empty>" + signature + b"\n</Empty>",
        digested=b"<Empty>\n</Empty>",
    ),
    "white space after the root": Forgery(tail=b"\n\n"),
}
HEADS: dict[str, bytes] = {
    "a declaration": b'<?xml version="1.0" encoding="UTF-8"?>\n',
    "a declaration in small letters": b"<?xml version='1.0' encoding='utf-8'?>",
    "a declaration without encoding": b'<?xml version="1.0"?>',
    "a standalone declaration": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    "a declaration with spaces": b"<?xml  version = '1.0'\n encoding =\t'UTF-8' ?>\r\n",
    "a UTF-8 byte order mark": b"\xef\xbb\xbf",
    "a byte order mark and a declaration": b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>',
}


def controls() -> Iterator[Variant]:
    """Yield messages that a verifier must accept."""
    yield accepted("control: sealed by ourselves", made_by(specimen.sealed))
    for name, forgery in FORGERIES.items():
        yield accepted(f"control: {name}", made_by(forgery.sealed))
    for name, head in HEADS.items():
        yield accepted(f"control: {name}", made_by(Forgery(head=head).sealed))
    for kind in ("p384", "rsa2048", "rsa3072"):
        yield Variant(
            f"control: sealed with {kind}",
            (),
            made_by(specimen.sealed, kind),
            trust=functools.partial(_trust, kind),
        )


def _trust(kind: str) -> Mapping[bytes, PinnedKey]:
    return office(kind).trust
