"""Other algorithms, other keys, and keys that no longer or do not yet count."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from eodes.wire.algorithms import der_to_r_and_s
from eodes.wire.signature import PinnedKey
from tests.hostile import specimen
from tests.hostile.specimen import (
    CERTIFICATE,
    ECDSA_SHA256,
    KEY_INFO,
    SIGNATURE,
    Forgery,
    Office,
    office,
    office_of,
)
from tests.hostile.variant import Build, Canary, Trust, Variant, forged, made_by, refused

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
RSA_SHA256 = f"{MORE}rsa-sha256"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

SIGNATURE_METHODS = {
    "RSA-SHA1": "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "ECDSA-SHA1": f"{MORE}ecdsa-sha1",
    "DSA-SHA1": "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
    "DSA-SHA256": "http://www.w3.org/2009/xmldsig11#dsa-sha256",
    "HMAC-SHA1": "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    "HMAC-SHA256": f"{MORE}hmac-sha256",
    "RSA-MD5": f"{MORE}rsa-md5",
    "RSA-RIPEMD160": f"{MORE}rsa-ripemd160",
    "RSA-PSS": "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    "ECDSA-SHA224": f"{MORE}ecdsa-sha224",
    "ECDSA-SHA512": f"{MORE}ecdsa-sha512",
    "Ed25519": "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
    "none": "none",
    "an empty name": "",
    "an unknown name": "urn:unknown",
    "its name in capitals": ECDSA_SHA256.upper(),
    "its name with a space": f"{ECDSA_SHA256} ",
}

DIGEST_METHODS = {
    "SHA-1": ("http://www.w3.org/2000/09/xmldsig#sha1", "sha1"),
    "MD5": (f"{MORE}md5", "md5"),
    "SHA-224": (f"{MORE}sha224", "sha224"),
    "SHA3-256": ("http://www.w3.org/2007/05/xmldsig-more#sha3-256", "sha3_256"),
    "an unknown name": ("urn:unknown", "sha256"),
    "an empty name": ("", "sha256"),
}


def algorithms() -> Iterator[Variant]:
    """Yield algorithms outside the profile, each over a good or plausible signature."""
    for name, uri in SIGNATURE_METHODS.items():
        yield forged(
            f"signature algorithm: {name}",
            "SIG-ALGORITHM",
            Forgery(signature=SIGNATURE.replace(ECDSA_SHA256, uri)),
        )
    for name, (uri, digest) in DIGEST_METHODS.items():
        yield forged(
            f"digest algorithm: {name}",
            "SIG-ALGORITHM",
            Forgery(
                signature=SIGNATURE.replace("http://www.w3.org/2001/04/xmlenc#sha256", uri),
                digest=digest,
            ),
        )
    public_things: dict[str, Callable[[], bytes]] = {
        "the certificate": lambda: office().certificate_der,
        "the public key": lambda: (
            office().key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        ),
        "nothing": lambda: b"\0",
    }
    for name, secret in public_things.items():
        yield forged(
            f"signature algorithm: HMAC keyed with {name}",
            "SIG-ALGORITHM",
            Forgery(
                signature=SIGNATURE.replace(ECDSA_SHA256, f"{MORE}hmac-sha256"),
                sign=_hmac_keyed_with(secret),
            ),
        )


def _hmac_keyed_with(secret: Callable[[], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: hmac.digest(secret(), data, "sha256")


def _p256_sign(data: bytes) -> tuple[int, int]:
    key = office().key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))


def _raw(r: int, s: int, width: int = 32) -> bytes:
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


ECDSA_VALUES: dict[str, Callable[[bytes], bytes]] = {
    "all zero": lambda _data: bytes(64),
    "r is zero": lambda data: _raw(0, _p256_sign(data)[1]),
    "s is zero": lambda data: _raw(_p256_sign(data)[0], 0),
    "r is the order": lambda data: _raw(P256_ORDER, _p256_sign(data)[1]),
    "s is the order": lambda data: _raw(_p256_sign(data)[0], P256_ORDER),
    "both are the order": lambda _data: _raw(P256_ORDER, P256_ORDER),
    "both are one": lambda _data: _raw(1, 1),
    "all ones": lambda _data: b"\xff" * 64,
    "DER instead of r and s": lambda data: encode_dss_signature(*_p256_sign(data)),
    "a byte too short": lambda data: _raw(*_p256_sign(data))[:-1],
    "a byte too long": lambda data: _raw(*_p256_sign(data)) + b"\0",
    "padded to 66 bytes": lambda data: _raw(*_p256_sign(data), 33),
    "padded to 96 bytes": lambda data: _raw(*_p256_sign(data), 48),
    "r and s exchanged": lambda data: _raw(*reversed(_p256_sign(data))),
    "over another text": lambda data: _raw(*_p256_sign(data + b" ")),
    "over the digest": lambda data: _raw(*_p256_sign(hashlib.sha256(data).digest())),
    "by another key": office(serial=77).signer.sign,
}


def values() -> Iterator[Variant]:
    """Yield signature values that no key made, or that are written another way."""
    for name, sign in ECDSA_VALUES.items():
        yield forged(f"signature value: {name}", "SIG-VALUE", Forgery(sign=sign))
    for name, sign_with in RSA_VALUES.items():
        yield Variant(
            f"signature value: {name}",
            ("SIG-VALUE",),
            made_by(_sealed_by_rsa, sign_with),
            trust=lambda: office("rsa2048").trust,
        )


RSA_VALUES: dict[str, Callable[[rsa.RSAPrivateKey, bytes], bytes]] = {
    "PSS named PKCS#1": lambda key, data: key.sign(
        data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()
    ),
    "RSA over SHA-512 named SHA-256": lambda key, data: key.sign(
        data, padding.PKCS1v15(), hashes.SHA512()
    ),
    "RSA with a leading zero": lambda key, data: (
        b"\0" + key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    ),
    "RSA value of one": lambda _key, _data: bytes(255) + b"\1",
    "RSA value cut short": lambda key, data: key.sign(data, padding.PKCS1v15(), hashes.SHA256())[
        :-1
    ],
}


def _sealed_by_rsa(sign: Callable[[rsa.RSAPrivateKey, bytes], bytes]) -> bytes:
    signing = office("rsa2048")
    key = signing.key
    assert isinstance(key, rsa.RSAPrivateKey)
    return Forgery(
        office=signing,
        signature=SIGNATURE.replace(ECDSA_SHA256, RSA_SHA256),
        sign=lambda data: sign(key, data),
    ).sealed()


def _trusting(change: Callable[[PinnedKey], PinnedKey], kind: str = "p256") -> Trust:
    return lambda: {office(kind).pin.sha256: change(office(kind).pin)}


def _pins() -> Iterator[Variant]:
    hour = timedelta(hours=1)
    states: dict[str, tuple[str, Callable[[PinnedKey], PinnedKey]]] = {
        "expired an hour ago": (
            "SIG-PIN-EXPIRED",
            lambda pin: replace(pin, valid_until=specimen.NOW - hour),
        ),
        "expires this moment": (
            "SIG-PIN-EXPIRED",
            lambda pin: replace(pin, valid_until=specimen.NOW),
        ),
        "valid in an hour": (
            "SIG-NOT-YET-VALID",
            lambda pin: replace(pin, valid_from=specimen.NOW + hour),
        ),
        "revoked an hour ago": (
            "SIG-REVOKED",
            lambda pin: replace(pin, revoked_at=specimen.NOW - hour),
        ),
        "revoked this moment": (
            "SIG-REVOKED",
            lambda pin: replace(pin, revoked_at=specimen.NOW),
        ),
        "agreed for RSA only": (
            "SIG-ALGORITHM",
            lambda pin: replace(pin, algorithms=frozenset({"rsa-sha256"})),
        ),
        "agreed for nothing": (
            "SIG-ALGORITHM",
            lambda pin: replace(pin, algorithms=frozenset()),
        ),
    }
    for name, (code, change) in states.items():
        yield Variant(
            f"pinned key: {name}",
            (code,),
            made_by(specimen.sealed),
            trust=_trusting(change),
        )


def _mismatches() -> Iterator[Variant]:
    everything = frozenset({"ecdsa-sha256", "ecdsa-sha384", "rsa-sha256"})
    claims = {
        ("p256", "RSA"): RSA_SHA256,
        ("p256", "P-384"): f"{MORE}ecdsa-sha384",
        ("p384", "P-256"): ECDSA_SHA256,
        ("rsa2048", "P-256"): ECDSA_SHA256,
        ("rsa1024", "RSA"): RSA_SHA256,
        ("secp256k1", "P-256"): ECDSA_SHA256,
    }
    for (kind, named), uri in claims.items():
        yield Variant(
            f"key mismatch: {kind} named {named}",
            ("SIG-KEY-MISMATCH",),
            made_by(_mismatched, kind, uri),
            trust=_trusting(lambda pin: replace(pin, algorithms=everything), kind),
        )


def _mismatched(kind: str, uri: str) -> bytes:
    return Forgery(
        office=office(kind),
        signature=SIGNATURE.replace(ECDSA_SHA256, uri),
        sign=lambda data: _sign_anyway(office(kind), data),
    ).sealed()


def _sign_anyway(signing: Office, data: bytes) -> bytes:
    if isinstance(signing.key, rsa.RSAPrivateKey):
        return signing.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    width = (signing.key.curve.key_size + 7) // 8
    return der_to_r_and_s(signing.key.sign(data, ec.ECDSA(hashes.SHA256())), width=width)


def _key_value() -> str:
    numbers = (
        office(serial=66)
        .key.public_key()
        .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    return (
        '<ds:KeyValue><d:ECKeyValue xmlns:d="http://www.w3.org/2009/xmldsig11#">'
        '<d:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/>'
        f"<d:PublicKey>{base64.b64encode(numbers).decode()}</d:PublicKey>"
        "</d:ECKeyValue></ds:KeyValue>"
    )


def _key_infos() -> dict[str, Callable[[Canary], str]]:
    stranger = base64.b64encode(office(serial=66).certificate_der).decode()
    stranger = f"<ds:X509Certificate>{stranger}</ds:X509Certificate>"
    return {
        "a bare key value": lambda _c: f"<ds:KeyInfo>{_key_value()}</ds:KeyInfo>",
        "a key value beside the certificate": lambda _c: KEY_INFO.replace(
            "</ds:KeyInfo>", _key_value() + "</ds:KeyInfo>"
        ),
        "a key value before the certificate": lambda _c: KEY_INFO.replace(
            "<ds:KeyInfo>", "<ds:KeyInfo>" + _key_value()
        ),
        "a name only": lambda _c: "<ds:KeyInfo><ds:KeyName>KR-KCS</ds:KeyName></ds:KeyInfo>",
        "a stranger's certificate second": lambda _c: KEY_INFO.replace(
            CERTIFICATE, CERTIFICATE + stranger
        ),
        "a stranger's certificate first": lambda _c: KEY_INFO.replace(
            CERTIFICATE, stranger + CERTIFICATE
        ),
        "the certificate twice": lambda _c: KEY_INFO.replace(CERTIFICATE, CERTIFICATE * 2),
        "two X509 data": lambda _c: KEY_INFO.replace(
            "</ds:X509Data>", f"</ds:X509Data><ds:X509Data>{stranger}</ds:X509Data>"
        ),
        "a subject name": lambda _c: KEY_INFO.replace(
            CERTIFICATE, CERTIFICATE + "<ds:X509SubjectName>CN=KR-KCS</ds:X509SubjectName>"
        ),
        "a key identifier only": lambda _c: KEY_INFO.replace(
            CERTIFICATE, "<ds:X509SKI>QUJD</ds:X509SKI>"
        ),
        "an empty certificate": lambda _c: KEY_INFO.replace("@CERTIFICATE@", ""),
        "a PEM certificate": lambda _c: KEY_INFO.replace(
            "@CERTIFICATE@", "-----BEGIN CERTIFICATE-----@CERTIFICATE@-----END CERTIFICATE-----"
        ),
        "a retrieval method to a URL": lambda canary: (
            f'<ds:KeyInfo><ds:RetrievalMethod URI="{canary.url}"/></ds:KeyInfo>'
        ),
        "a retrieval method to a file": lambda canary: (
            f'<ds:KeyInfo><ds:RetrievalMethod URI="{canary.file}"/></ds:KeyInfo>'
        ),
        "a key info reference to a URL": lambda canary: (
            '<ds:KeyInfo><d:KeyInfoReference xmlns:d="http://www.w3.org/2009/xmldsig11#" '
            f'URI="{canary.url}"/></ds:KeyInfo>'
        ),
        "a security token to a URL": lambda canary: (
            '<ds:KeyInfo><w:SecurityTokenReference xmlns:w="http://docs.oasis-open.org/wss/2004/01/'
            'oasis-200401-wss-wssecurity-secext-1.0.xsd">'
            f'<w:Reference URI="{canary.url}"/></w:SecurityTokenReference></ds:KeyInfo>'
        ),
    }


def _with_key_info(key_info: Callable[[Canary], str], signing: Office) -> Build:
    return lambda canary: Forgery(
        signature=SIGNATURE.replace(KEY_INFO, key_info(canary)), sign=signing.signer.sign
    ).sealed()


def _sealed_by(stranger: Callable[[], Office]) -> bytes:
    return Forgery(office=stranger()).sealed()


def keys() -> Iterator[Variant]:
    """Yield keys that are unknown, that the message brings itself, or that do not count now."""
    for name, key_info in _key_infos().items():
        signing = office(serial=66) if "key value" in name else office()
        yield refused(
            f"key info: {name}",
            "SIG-STRUCTURE",
            _with_key_info(key_info, signing),
        )
    strangers: dict[str, Callable[[], Office]] = {
        "an unknown key of the same name": lambda: office(serial=66),
        "the same key in another certificate": lambda: office_of(office().key, serial=2),
        "an unknown RSA key named P-256": lambda: office("rsa2048", serial=66),
    }
    for name, stranger in strangers.items():
        yield refused(
            f"unknown key: {name}",
            "SIG-UNKNOWN-KEY",
            made_by(_sealed_by, stranger),
        )
    yield refused(
        "unknown key: not a certificate at all",
        "SIG-UNKNOWN-KEY",
        lambda _canary: Forgery(signature=SIGNATURE.replace("@CERTIFICATE@", "QUJD")).sealed(),
    )
    yield Variant(
        "unknown key: nobody is trusted",
        ("SIG-UNKNOWN-KEY",),
        made_by(specimen.sealed),
        trust=dict,
    )
    yield refused(
        "unknown key: a trusted certificate over a stranger's signature",
        "SIG-VALUE",
        lambda _canary: Forgery(sign=office(serial=66).signer.sign).sealed(),
    )
    yield from _pins()
    yield from _mismatches()
