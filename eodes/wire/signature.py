"""The pinned signature profile: one exact shape, one pinned key, one verified tree.

General XML Signature lets the message say what is signed, how, and with which key.  Here the
message may say nothing: shape and algorithms are fixed, the key comes from the trust map, and
what is read afterwards is the very tree whose canonical form was digested.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lxml.etree import _Element as Element

from eodes.domain.verdict import Refusal
from eodes.errors import NotCanonicalError
from eodes.wire import algorithms
from eodes.wire.algorithms import Algorithm, PublicKey
from eodes.wire.canonical import EXCLUSIVE_C14N, canonicalize
from eodes.wire.parser import DS_NAMESPACE, Document, path_of

ENVELOPED_SIGNATURE = DS_NAMESPACE + "enveloped-signature"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
DIGESTS = {
    SHA256: hashlib.sha256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashlib.sha384,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}

_XML_WHITE_SPACE = b" \t\r\n"
_SIGNATURE = f"{{{DS_NAMESPACE}}}Signature"
_TAGS = {
    name: f"{{{DS_NAMESPACE}}}{name}"
    for name in (
        *("SignedInfo", "SignatureValue", "KeyInfo", "X509Data", "X509Certificate"),
        *("CanonicalizationMethod", "SignatureMethod", "Reference"),
        *("Transforms", "Transform", "DigestMethod", "DigestValue"),
    )
}


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """A key that one authority signs with, as agreed when its certificate was enrolled.

    Valid from ``valid_from`` up to, not including, ``valid_until``.
    """

    sha256: bytes
    certificate_der: bytes
    public_key: PublicKey
    authority: str
    algorithms: frozenset[str]
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None = None


class TrustedKeys(Protocol):
    """Where pinned keys are found by the SHA-256 of their certificate; a dict will do."""

    def get(self, certificate_sha256: bytes, /) -> PinnedKey | None:
        """Return the key pinned under this digest, if there is one."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Who sealed the document, and its canonical form without the signature."""

    authority: str
    key_sha256: bytes
    algorithm: str
    canonical: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a signature of the right shape claims; nothing of it is believed yet."""

    signature: Element
    signed_info: Element
    algorithm: Algorithm
    digest_method: str
    digest: bytes
    value: bytes
    certificate_der: bytes


class _ProfileBreachError(Exception):
    """The signature departs from the profile; never leaves this module."""

    def __init__(self, code: str, detail: str, *, at: Element) -> None:
        self.refusal = Refusal(code, detail, path=path_of(at))
        super().__init__(detail)


def verify(document: Document, *, trust: TrustedKeys, at: datetime) -> Verified | Refusal:
    """Judge the signature of a parsed document as of the moment it was received.

    1. Find exactly one signature, the last child of the root.
    2. Demand the exact shape of the profile.
    3. Look the key up by its certificate and check that it may sign, this way, at this time.
    4. Verify the signature over SignedInfo.
    5. Take the signature out of the tree, write the canonical form, compare its digest.

    After a verdict of either kind the tree is without the signature or not to be read at all.
    """
    try:
        claim = _read_claim(document.root)
        key = _standing_key(claim, trust=trust, at=at)
        _check_signature_value(claim, key)
        return _check_content(document.root, claim, key)
    except _ProfileBreachError as breach:
        return breach.refusal


def drop_signature(root: Element) -> None:
    """Take the signature out of a document that was verified before it was stored."""
    for signature in root.findall(_SIGNATURE):
        root.remove(signature)


# 1 and 2: the shape


def _read_claim(root: Element) -> _Claim:
    signature = _only_signature(root)
    signed_info, value, key_info = _children(
        signature, "SignedInfo", "SignatureValue", "KeyInfo", optional="Id"
    )
    canonicalization, method, reference = _children(
        signed_info, "CanonicalizationMethod", "SignatureMethod", "Reference", optional="Id"
    )
    if _algorithm_of(canonicalization) != EXCLUSIVE_C14N:
        raise _ProfileBreachError(
            "SIG-ALGORITHM",
            "SignedInfo is made canonical in another way; use exclusive C14N without comments.",
            at=canonicalization,
        )
    digest_method, digest = _read_reference(root, reference)
    _no_attributes(value, optional="Id")
    (x509_data,) = _children(key_info, "X509Data", optional="Id")
    (certificate,) = _children(x509_data, "X509Certificate")
    _no_attributes(certificate)
    return _Claim(
        signature=signature,
        signed_info=signed_info,
        algorithm=_signature_algorithm(method),
        digest_method=digest_method,
        digest=digest,
        value=_decoded(value),
        certificate_der=_decoded(certificate),
    )


def _only_signature(root: Element) -> Element:
    signatures = list(root.iter(_SIGNATURE))
    if not signatures:
        raise _ProfileBreachError(
            "SIG-MISSING", "The document is not signed; sign it before sending.", at=root
        )
    first = signatures[0]
    if len(signatures) > 1 or first.getparent() is not root or first.getnext() is not None:
        raise _ProfileBreachError(
            "SIG-STRUCTURE",
            "There must be one signature only, as the last child of the root.",
            at=signatures[-1],
        )
    return first


def _read_reference(root: Element, reference: Element) -> tuple[str, bytes]:
    transforms, digest_method, digest = _children(
        reference, "Transforms", "DigestMethod", "DigestValue", required="URI"
    )
    if not _names_the_root(root, str(reference.get("URI"))):
        raise _ProfileBreachError(
            "SIG-REFERENCE",
            "The reference does not name the whole document; use an empty URI.",
            at=reference,
        )
    steps = _children(transforms, "Transform", "Transform")
    if [_algorithm_of(step) for step in steps] != [ENVELOPED_SIGNATURE, EXCLUSIVE_C14N]:
        raise _ProfileBreachError(
            "SIG-REFERENCE",
            "The transforms must be enveloped-signature, then exclusive C14N, and nothing else.",
            at=transforms,
        )
    method = _algorithm_of(digest_method)
    if method not in DIGESTS:
        raise _ProfileBreachError(
            "SIG-ALGORITHM", "The digest is not of the SHA-2 family; use SHA-256.", at=digest_method
        )
    _no_attributes(digest)
    return method, _decoded(digest)


def _names_the_root(root: Element, uri: str) -> bool:
    if not uri:
        return True
    name = root.get("Id")
    if not name or uri != f"#{name}":
        return False
    # Another verifier may take the name for that of another element; then it means nothing.
    bearers = root.xpath("//@*[translate(local-name(), 'ID', 'id') = 'id'][. = $name]", name=name)
    return isinstance(bearers, list) and len(bearers) == 1


def _signature_algorithm(method: Element) -> Algorithm:
    algorithm = algorithms.BY_URI.get(_algorithm_of(method))
    if algorithm is None:
        raise _ProfileBreachError(
            "SIG-ALGORITHM",
            "This signature algorithm is not in the profile; use one agreed with the receiver.",
            at=method,
        )
    return algorithm


def _children(
    parent: Element, *names: str, required: str = "", optional: str = ""
) -> list[Element]:
    """Return the children if they are exactly the named ones and nothing else is there."""
    children = list(parent)
    if [child.tag for child in children] != [_TAGS[name] for name in names]:
        raise _ProfileBreachError(
            "SIG-STRUCTURE",
            f"The children must be exactly {', '.join(names) or 'none'}, in this order.",
            at=parent,
        )
    texts = [parent.text, *(child.tail for child in children)]
    if any(text and text.strip(" \t\r\n") for text in texts):
        raise _ProfileBreachError(
            "SIG-STRUCTURE",
            "Text stands between the elements of the signature; remove it.",
            at=parent,
        )
    _attributes(parent, required=required, optional=optional)
    return children


def _attributes(element: Element, *, required: str = "", optional: str = "") -> None:
    names = [name for name in element.keys() if name != optional]  # noqa: SIM118 - an element iterates its children
    if names != ([required] if required else []):
        raise _ProfileBreachError(
            "SIG-STRUCTURE",
            f"The attributes must be exactly {required or 'none'}; remove any other.",
            at=element,
        )


def _no_attributes(element: Element, *, optional: str = "") -> None:
    _attributes(element, optional=optional)


def _algorithm_of(element: Element) -> str:
    if element.keys() != ["Algorithm"] or len(element) or element.text:
        _children(element, required="Algorithm")  # says what is wrong, or that it was white space
    return str(element.get("Algorithm"))


def _decoded(element: Element) -> bytes:
    """Return the bytes of a base64 text; white space aside, only the one exact spelling counts."""
    packed = (element.text or "").encode("utf-8").translate(None, _XML_WHITE_SPACE)
    try:
        decoded = base64.b64decode(packed, validate=True)
    except binascii.Error:
        decoded = b""
    if len(element) or not decoded or base64.b64encode(decoded) != packed:
        raise _ProfileBreachError(
            "SIG-STRUCTURE", "The text is not strict base64; encode it again.", at=element
        )
    return decoded


# 3: the key


def _standing_key(claim: _Claim, *, trust: TrustedKeys, at: datetime) -> PinnedKey:
    key = trust.get(hashlib.sha256(claim.certificate_der).digest())
    if key is None:
        raise _ProfileBreachError(
            "SIG-UNKNOWN-KEY",
            "No partner is known by this certificate; enroll it before it signs.",
            at=claim.signature,
        )
    if claim.algorithm.name not in key.algorithms:
        raise _ProfileBreachError(
            "SIG-ALGORITHM",
            f"{claim.algorithm.name} is not agreed with {key.authority}; use an agreed algorithm.",
            at=claim.signature,
        )
    if not claim.algorithm.fits(key.public_key):
        raise _ProfileBreachError(
            "SIG-KEY-MISMATCH",
            f"The key in this certificate cannot make {claim.algorithm.name} signatures of the "
            "profile; name the algorithm of the key.",
            at=claim.signature,
        )
    _check_validity(claim, key, at=at)
    return key


def _check_validity(claim: _Claim, key: PinnedKey, *, at: datetime) -> None:
    if key.revoked_at is not None and at >= key.revoked_at:
        raise _ProfileBreachError(
            "SIG-REVOKED",
            f"{key.authority} revoked this certificate; sign with its successor.",
            at=claim.signature,
        )
    if at < key.valid_from:
        raise _ProfileBreachError(
            "SIG-NOT-YET-VALID",
            f"This certificate counts from {key.valid_from:%Y-%m-%d}; sign with the present one.",
            at=claim.signature,
        )
    if at >= key.valid_until:
        raise _ProfileBreachError(
            "SIG-PIN-EXPIRED",
            f"This certificate counted until {key.valid_until:%Y-%m-%d}; enroll its successor.",
            at=claim.signature,
        )


# 4 and 5: the mathematics


def _check_signature_value(claim: _Claim, key: PinnedKey) -> None:
    signed = _canonical(claim.signed_info, claim)
    if not claim.algorithm.is_valid(key.public_key, claim.value, signed):
        raise _ProfileBreachError(
            "SIG-VALUE",
            f"The signature was not made by the key of {key.authority} over this SignedInfo; "
            "sign again.",
            at=claim.signature,
        )


def _check_content(root: Element, claim: _Claim, key: PinnedKey) -> Verified:
    _take_out(claim.signature)
    canonical = _canonical(root, claim)
    digest = DIGESTS[claim.digest_method](canonical).digest()
    if not hmac.compare_digest(digest, claim.digest):
        raise _ProfileBreachError(
            "SIG-DIGEST",
            "The content was altered after it was signed; send the document as it was signed.",
            at=root,
        )
    return Verified(
        authority=key.authority,
        key_sha256=key.sha256,
        algorithm=claim.algorithm.name,
        canonical=canonical,
        digest=digest if claim.digest_method == SHA256 else hashlib.sha256(canonical).digest(),
    )


def _take_out(signature: Element) -> None:
    """Remove the signature and keep the text that follows it, for that text is signed."""
    root, before = signature.getparent(), signature.getprevious()
    assert root is not None  # the signature is the last child of the root
    if signature.tail:
        if before is None:
            root.text = (root.text or "") + signature.tail
        else:
            before.tail = (before.tail or "") + signature.tail
    root.remove(signature)


def _canonical(element: Element, claim: _Claim) -> bytes:
    try:
        return canonicalize(element)
    except NotCanonicalError:
        raise _ProfileBreachError(
            "SIG-C14N",
            "The document has no canonical form; use absolute namespace names.",
            at=claim.signature,
        ) from None
