"""Content altered after signing, and good signatures wrapped into forged documents."""

import re
from collections.abc import Callable, Iterator

from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, Forgery
from tests.hostile.variant import Variant, made_by, refused

WRAPPED = "SIG-STRUCTURE SIG-DIGEST SIG-REFERENCE"
FORGED = CONTENT.replace(b"8400.00", b"999999.00")

FORGED_ROOTS = {
    "the same Id": FORGED,
    "another Id": FORGED.replace(b'Id="m1"', b'Id="m2"'),
    "no Id": FORGED.replace(b' Id="m1"', b""),
    "ID in capitals": FORGED.replace(b'Id="m1"', b'ID="m1"'),
    "a foreign Id": FORGED.replace(b'Id="m1"', b'xmlns:e="urn:e" e:Id="m1"'),
}


def cut(message: bytes) -> tuple[bytes, bytes]:
    """Part a sealed message into its content and its signature."""
    start = message.index(b"<ds:Signature ")
    end = message.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    return message[:start] + message[end:], message[start:end]


def _last(root: bytes, *parts: bytes) -> bytes:
    return specimen.before_end(root, b"".join(parts))


def _first(root: bytes, *parts: bytes) -> bytes:
    start = root.index(b">") + 1
    return root[:start] + b"".join(parts) + root[start:]


def _in_object(signature: bytes, held: bytes) -> bytes:
    return specimen.before_end(signature, b"<ds:Object>" + held + b"</ds:Object>")


def _in_key_info(signature: bytes, held: bytes) -> bytes:
    return signature.replace(b"</ds:KeyInfo>", held + b"</ds:KeyInfo>")


def _extension(*parts: bytes) -> bytes:
    return b'<x:Extension xmlns:x="urn:x">' + b"".join(parts) + b"</x:Extension>"


Placement = Callable[[bytes, bytes, bytes, bytes], bytes]
# Each takes the forged root, the original signed, the original unsigned and its signature.
PLACEMENTS: dict[str, Placement] = {
    "original in an Object": lambda f, o, u, s: _last(f, _in_object(s, u)),
    "signed original in an Object": lambda f, o, u, s: _last(f, _in_object(s, o)),
    "original before the signature": lambda f, o, u, s: _last(f, u, s),
    "original first in the root": lambda f, o, u, s: _last(_first(f, u), s),
    "original after the signature": lambda f, o, u, s: _last(f, s, u),
    "signed original first in the root": lambda f, o, u, s: _first(f, o),
    "signed original last in the root": lambda f, o, u, s: _last(f, o),
    "original in an extension": lambda f, o, u, s: _last(f, _extension(u), s),
    "signed original in an extension": lambda f, o, u, s: _last(f, _extension(o)),
    "all of it in an extension": lambda f, o, u, s: _last(f, _extension(u, s)),
    "signed original beside its signature": lambda f, o, u, s: _last(f, o, s),
    "original in the KeyInfo": lambda f, o, u, s: _last(f, _in_key_info(s, u)),
    "only the signature": lambda f, o, u, s: _last(f, s),
}


def wrapping() -> Iterator[Variant]:
    """Yield the classical wrapping attacks, by place, by reference and by the forged Id."""
    for uri in ("", "#m1"):
        for ids, root in FORGED_ROOTS.items():
            for place, build in PLACEMENTS.items():
                yield refused(
                    f"wrapping: {place}, reference {uri or 'to all'}, forged root has {ids}",
                    WRAPPED,
                    made_by(_wrap, uri, root, build),
                )


def _wrap(uri: str, root: bytes, build: Placement) -> bytes:
    original = Forgery(signature=specimen.SIGNATURE.replace('URI=""', f'URI="{uri}"')).sealed()
    content, signature = cut(original)
    return build(root, original, content, signature)


REPLACEMENTS = {
    "an attribute": (b'unit="KGM"', b'unit="TNE"'),
    "an attribute's name": (b"unit=", b"Unit="),
    "an attribute more": (b'unit="KGM"', b'unit="KGM" rate="2"'),
    "an attribute less": (b' unit="KGM"', b""),
    "an element more": (b"</co:Certificate>", b"<co:Note>x</co:Note></co:Certificate>"),
    "an element less": (b"<co:Value>1900.00</co:Value>", b""),
    "an element's name": (b"co:Receiver>", b"co:Reciever>"),
    "the namespace": (b"urn:eodes:specimen", b"urn:eodes:specimens"),
    "the prefix": (b"co:", b"cp:"),
    "a space in a text": (b"850440", b"850440 "),
    "a line between elements": (b"</co:Item><co:Item", b"</co:Item>\n<co:Item"),
    "text after the signature": (b"</co:Message>", b"text</co:Message>"),
    "text before the signature": (b"</co:Certificate>", b"</co:Certificate>text"),
    "text at the start": (b"<co:Envelope>", b"text<co:Envelope>"),
    "the items exchanged": (b'number="1"', b'number="2"'),
    "the root's Id": (b'Id="m1"', b'Id="m9"'),
}


def altered() -> Iterator[Variant]:
    """Yield the sealed specimen with each of its texts altered, and altered in other ways."""
    for text in re.findall(rb">([^<]+)<", CONTENT):
        yield refused(
            f"altered: the text {text.decode()}",
            "SIG-DIGEST",
            made_by(_altered, b">" + text + b"<", b">" + text[:-1] + b"7<"),
        )
    for what, (old, new) in REPLACEMENTS.items():
        yield refused(
            f"altered: {what}",
            "SIG-DIGEST",
            made_by(_altered, old, new),
        )


def _altered(old: bytes, new: bytes) -> bytes:
    message = specimen.sealed().replace(old, new)
    return message.replace(b"xmlns:co=", b"xmlns:cp=") if b"<cp:" in message else message


def dismembered() -> Iterator[Variant]:
    """Yield messages with the signature missing, moved, doubled or emptied."""
    whole, other = specimen.sealed, Forgery(content=FORGED).sealed
    moves: dict[str, tuple[str, Callable[[], bytes]]] = {
        "no signature at all": ("SIG-MISSING", lambda: CONTENT),
        "an empty root": ("SIG-MISSING", lambda: b"<a/>"),
        "an empty signature is the root": (
            "SIG-STRUCTURE",
            lambda: b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
        ),
        "the signature is the root": ("SIG-STRUCTURE SIG-MISSING", lambda: cut(whole())[1]),
        "the signature stands first": (
            "SIG-STRUCTURE",
            lambda: _first(cut(whole())[0], cut(whole())[1]),
        ),
        "the signature stands inside the certificate": (
            "SIG-STRUCTURE",
            lambda: cut(whole())[0].replace(
                b"</co:Certificate>", cut(whole())[1] + b"</co:Certificate>"
            ),
        ),
        "the signature twice": ("SIG-STRUCTURE", lambda: _last(whole(), cut(whole())[1])),
        "two different signatures": ("SIG-STRUCTURE", lambda: _last(whole(), cut(other())[1])),
        "another message's signature": (
            "SIG-DIGEST",
            lambda: _last(CONTENT, cut(other())[1]),
        ),
        "an element after the signature": (
            "SIG-STRUCTURE",
            lambda: _last(whole(), b"<co:More></co:More>"),
        ),
        "a signature inside the signature": (
            "SIG-STRUCTURE",
            lambda: whole().replace(b"</ds:KeyInfo>", cut(whole())[1] + b"</ds:KeyInfo>"),
        ),
        "an empty signature": (
            "SIG-STRUCTURE",
            lambda: _last(
                CONTENT, b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
            ),
        ),
        "a signature of another namespace": (
            "SIG-MISSING",
            lambda: whole().replace(
                b'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"',
                b'xmlns:ds="http://www.w3.org/2009/xmldsig11#"',
            ),
        ),
    }
    for name, (codes, build) in moves.items():
        namespace_too = codes + " ENV-NAMESPACE" if "namespace" in name else codes
        yield refused(f"dismembered: {name}", namespace_too, made_by(build))
