"""The sealed code: a summary as CBOR, signed as COSE_Sign1 (RFC 9052), written in Base45.

Its text starts with `EO1:`.  The code carries its own proof, so it is checked without a network
by whoever trusts the issuer's certificate.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import cbor2

from ooms.documents import base45
from ooms.documents.model import Summary, SummaryItem
from ooms.documents.signing import ALGORITHMS, Key, is_valid
from ooms.documents.trust import Issuer, Trust, key_id

PREFIX = "EO1:"
#: QR version 40 at level M holds 3,391 characters; nothing longer can be a code of ours.
MAX_TEXT = 3_391
#: Names are cut for the code: whoever compares sees enough, and the XML holds the whole.
MAX_NAME = 40
MAX_ITEMS = 5

_COSE_SIGN1 = 18
_ALGORITHM, _KEY_ID = 1, 4
_DAYS = 100  # RFC 8943: days since 1970-01-01
_EPOCH = date(1970, 1, 1)
_CUT = "\N{HORIZONTAL ELLIPSIS}"

#: Field of the summary and its number in the code; numbers are never used again.
FIELDS = {
    "authority": 1,
    "agreement": 2,
    "form_type": 3,
    "number": 4,
    "issuer": 5,
    "issued_on": 6,
    "valid_until": 7,
    "import_country": 8,
    "sealed_at": 9,
    "xml_sha256": 10,
    "exporter": 11,
    "buyer": 12,
    "invoice": 13,
    "item_count": 14,
    "items": 15,
    "rest_sha256": 16,
}
_TYPES: Mapping[str, type] = {
    "issued_on": date,
    "valid_until": date,
    "sealed_at": int,
    "xml_sha256": bytes,
    "item_count": int,
    "items": Sequence,
    "rest_sha256": bytes,
}


@dataclass(frozen=True, slots=True)
class Believed:
    """A code whose signature stands, and whose key it was."""

    summary: Summary
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class Disbelieved:
    """Why a code is not believed."""

    because: str
    claimed: Summary | None = None


def shortened(summary: Summary, *, items: int) -> Summary:
    """Keep the first items; the others are told by their digest, long names by their beginning."""
    rest = summary.items[items:]
    return replace(
        summary,
        exporter=cut(summary.exporter),
        buyer=cut(summary.buyer),
        items=summary.items[:items],
        rest_sha256=hashlib.sha256(_cbor([_item(one) for one in rest])).digest() if rest else b"",
    )


def minimal(summary: Summary) -> Summary:
    """Keep the number, the dates and the digest of the XML."""
    return replace(
        summary,
        exporter="",
        buyer="",
        invoice="",
        item_count=0,
        items=(),
        rest_sha256=b"",
    )


def cut(name: str) -> str:
    """Shorten a name to what a code has room for."""
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + _CUT


def seal(summary: Summary, *, key: Key) -> str:
    """Sign a summary and write it as the text of a QR code."""
    algorithm = ALGORITHMS[key.algorithm].cose
    protected = _cbor({_ALGORITHM: algorithm, _KEY_ID: key_id(key.certificate_der)})
    payload = _cbor(_values(summary))
    signature = key.sign(_to_be_signed(protected, payload))
    message = cbor2.CBORTag(_COSE_SIGN1, [protected, {}, payload, signature])
    return PREFIX + base45.encode(_cbor(message))


def read(text: str, *, trust: Trust) -> Believed | Disbelieved:
    """Read the text of a code and judge its signature.

    1. Take the message apart; what is not COSE_Sign1 of the expected shape is no code of ours.
    2. Find the issuer by the key's short name, and verify the signature with his key.
    3. See that he speaks for the authority that the summary names, and that his certificate was
       valid when the seal was made.
    """
    try:
        protected, payload, signature = _taken_apart(text)  # 1
        header = _mapping(_loaded(protected))
        summary = _summary(_mapping(_loaded(payload)))
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        return Disbelieved(f"this is no sealed code of a certificate ({error})")
    kid = header.get(_KEY_ID)
    known = trust.by_kid(kid) if isinstance(kid, bytes) else ()
    if not known:
        return Disbelieved(
            f"no trusted issuer has the key of this seal, which claims {summary.authority}", summary
        )
    signed = _to_be_signed(protected, payload)
    algorithm = header.get(_ALGORITHM)
    for issuer in known:  # 2
        if isinstance(algorithm, int) and is_valid(
            issuer.certificate_der, cose=algorithm, signature=signature, data=signed
        ):
            return _standing(summary, issuer)
    return Disbelieved("the signature does not fit: the code was altered or forged", summary)


def _standing(summary: Summary, issuer: Issuer) -> Believed | Disbelieved:
    if issuer.authority != summary.authority:  # 3
        said = f"the seal is {issuer.authority}'s and claims to be {summary.authority}'s"
        return Disbelieved(said, summary)
    if not issuer.was_valid(summary.sealed_at):
        return Disbelieved(
            f"the certificate of {issuer.authority} was not valid when the seal was made "
            f"({summary.sealed_at:%Y-%m-%d})",
            summary,
        )
    return Believed(summary, issuer)


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return _cbor(["Signature1", protected, b"", payload])


def _cbor(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _loaded(data: bytes) -> Any:
    try:
        return cbor2.loads(data)
    except cbor2.CBORError as error:
        raise ValueError(f"no CBOR: {error}") from error


def _taken_apart(text: str) -> tuple[bytes, bytes, bytes]:
    if not text.startswith(PREFIX) or len(text) > MAX_TEXT:
        raise ValueError(f"it does not start with {PREFIX}")
    message = _loaded(base45.decode(text.removeprefix(PREFIX)))
    if not isinstance(message, cbor2.CBORTag) or message.tag != _COSE_SIGN1:
        raise ValueError("no COSE_Sign1")
    protected, unprotected, payload, signature = message.value
    if unprotected or not all(isinstance(one, bytes) for one in (protected, payload, signature)):
        raise ValueError("no COSE_Sign1 of the expected shape")
    return protected, payload, signature


def _mapping(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("a map was expected")
    return value


def _values(summary: Summary) -> dict[int, Any]:
    values = {number: getattr(summary, name) for name, number in FIELDS.items()}
    spelled = values | {
        FIELDS["issued_on"]: _days(summary.issued_on),
        FIELDS["valid_until"]: _days(summary.valid_until),
        FIELDS["sealed_at"]: int(summary.sealed_at.timestamp()),
        FIELDS["items"]: [_item(one) for one in summary.items],
    }
    return {number: value for number, value in spelled.items() if value not in ("", b"", 0, [])}


def _summary(values: Mapping[Any, Any]) -> Summary:
    read = {name: values[number] for name, number in FIELDS.items() if number in values}
    for name, value in read.items():
        if not isinstance(value, _TYPES.get(name, str)):
            raise TypeError(f"{name} is of the wrong type")
    read["sealed_at"] = datetime.fromtimestamp(read["sealed_at"], UTC)
    read["items"] = tuple(_read_item(one) for one in read.get("items", []))
    return Summary(**read)


def _days(on: date) -> cbor2.CBORTag:
    return cbor2.CBORTag(_DAYS, (on - _EPOCH) // timedelta(days=1))


def _item(item: SummaryItem) -> list[Any]:
    return [item.hs, item.criterion, item.quantity, item.unit]


def _read_item(value: Any) -> SummaryItem:
    hs, criterion, quantity, unit = value
    if not all(isinstance(one, str) for one in (hs, criterion, unit)):
        raise TypeError("an item of the wrong shape")
    return SummaryItem(hs, criterion, Decimal(quantity), unit)
