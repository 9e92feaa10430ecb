"""Free text: its normal form, and what a partner's character set makes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from eodes.domain.certificate import Certificate, CertificateItem, Party

_LOOKS = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
        "\u2026": "...", "\u00d7": "x", "\u00df": "ss", "\u00c6": "AE", "\u00e6": "ae",
        "\u00d8": "O", "\u00f8": "o", "\u0110": "D", "\u0111": "d", "\u0131": "i", "\u0141": "L",
        "\u0142": "l", "\u00b0": " deg", "\u00b5": "u", "\u2265": ">=", "\u2264": "<=",
    }
)  # fmt: skip


def normalize_text(text: str) -> str:
    """Return text in its normal form: NFC, trimmed, each run of blanks one space, no controls."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if character in "\t\r\n" else character for character in composed)
    kept = "".join(character for character in spaced if not _is_control(character))
    return " ".join(kept.split())


def has_controls(text: str) -> bool:
    """Tell whether text carries control or invisible formatting characters."""
    return not text.isprintable() and any(_is_control(character) for character in text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")


def fits(text: str, charset: str) -> bool:
    """Tell whether a character set, named as Python names codecs, can carry a text."""
    if text.isascii():
        return True
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def transliterate(text: str, charset: str) -> str | None:
    """Return the text in characters that the set can carry, or None when some have no likeness.

    Letters lose their accents, full-width forms and typographic signs become plain ones; nothing
    is dropped silently and no script is romanised.
    """
    likenesses = [_likeness(character, charset) for character in text]
    found = [likeness for likeness in likenesses if likeness is not None]
    return "".join(found) if len(found) == len(likenesses) else None


def _likeness(character: str, charset: str) -> str | None:
    if fits(character, charset):
        return character
    plain = unicodedata.normalize("NFKD", character.translate(_LOOKS))
    bare = "".join(one for one in plain if not unicodedata.combining(one)).translate(_LOOKS)
    return bare if bare and fits(bare, charset) else None


def free_texts(certificate: Certificate) -> Iterator[tuple[str, str]]:
    """Yield every free text of a certificate with its JSON pointer."""
    for index, party in enumerate(certificate.parties):
        yield from _party_texts(f"/parties/{index}", party)
    for index, invoice in enumerate(certificate.invoices):
        yield f"/invoices/{index}/number", invoice.number
        if invoice.issuer_name is not None:
            yield f"/invoices/{index}/issuer_name", invoice.issuer_name
    for index, item in enumerate(certificate.items):
        yield from _item_texts(f"/items/{index}", item)
    for index, remark in enumerate(certificate.remarks):
        if remark.text is not None:
            yield f"/remarks/{index}/text", remark.text
    yield from _transport_texts(certificate)
    yield from _issuance_texts(certificate)


def _present(path: str, record: object, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        text = getattr(record, name)
        if text is not None:
            yield f"{path}/{name}", text


def _party_texts(path: str, party: Party) -> Iterator[tuple[str, str]]:
    return _present(path, party, ("name", "address", "city"))


def _item_texts(path: str, item: CertificateItem) -> Iterator[tuple[str, str]]:
    yield from _present(path, item, ("description", "marks", "trademark", "model"))
    yield f"{path}/criterion/printed", item.criterion.printed
    if item.criterion.process is not None:
        yield f"{path}/criterion/process", item.criterion.process


def _transport_texts(certificate: Certificate) -> Iterator[tuple[str, str]]:
    if certificate.transport is None:
        return iter(())
    names = ("conveyance_name", "port_of_loading_text", "port_of_discharge_text", "route_text")
    return _present("/transport", certificate.transport, names)


def _issuance_texts(certificate: Certificate) -> Iterator[tuple[str, str]]:
    yield from _present("", certificate, ("retroactive_reason",))
    issuance = certificate.issuance
    names = ("declaration_place", "declarant_name", "certification_place", "security_text")
    yield from _present("/issuance", issuance, names)
    yield from _present("/issuance/body", issuance.body, ("name", "place"))
    yield "/issuance/signatory/name", issuance.signatory.name
