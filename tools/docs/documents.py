"""The page of documents: what is printed where, with its source, and what the sealed code holds."""

from __future__ import annotations

from collections.abc import Iterator

from eodes.forms.register import Forms
from ooms.documents import code, qr, scan
from ooms.documents.layouts import Layout, layouts
from tools.docs import markdown

_INTRODUCTION = """\
An issued certificate is one PDF: the boxes of its paper form, continuation sheets where the items
need them, and an overleaf page.
It is PDF/A-3a and PDF/UA-1, carries the signed XML and the same certificate as JSON, and is sealed
as a whole (PAdES-B-B; B-T with a timestamp authority in the settings).

`GET /api/v1/certificates/{certificate_id}/document` returns it, the same bytes every time.
[Issue and check documents](../how-to/issue-and-check-documents.md) shows both sides at work.
"""

_ATTACHED = (
    ("certificate.xml", "Data", "the certificate in our own dialect, under an XML signature"),
    ("certificate.json", "Alternative", "the same certificate as JSON; not signed by itself"),
)

#: What each field of the sealed code holds.
_FIELDS = {
    "authority": "administration whose key sealed it",
    "agreement": "agreement",
    "form_type": "type of form",
    "number": "number of the certificate",
    "issuer": "code of the issuing office",
    "issued_on": "day of issue, days since 1970-01-01 (tag 100)",
    "valid_until": "last day of validity, as above",
    "import_country": "country of destination",
    "sealed_at": "moment of sealing, seconds since 1970-01-01",
    "xml_sha256": "SHA-256 of `certificate.xml`",
    "exporter": f"exporter, at most {code.MAX_NAME} characters",
    "buyer": f"importer or consignee, at most {code.MAX_NAME} characters",
    "invoice": "number of the first invoice",
    "item_count": "how many items the certificate has",
    "items": f"the first items, at most {code.MAX_ITEMS}: HS code, criterion, quantity, unit",
    "rest_sha256": "SHA-256 of the CBOR array of the items that are left out",
}


def pages() -> dict[str, str]:
    """Return the page."""
    return {"documents.md": markdown.page("Documents", "`ooms/documents/`", _lines())}


def _lines() -> Iterator[str]:
    yield from _INTRODUCTION.splitlines()
    yield from markdown.section("Attached files")
    yield from markdown.table(("file", "`AFRelationship`", "content"), _ATTACHED)
    yield from markdown.section("The sealed code")
    yield f"A QR code of level {qr.LEVEL}, {qr.SUMMARY_MM:.0f} mm wide with its quiet zone on the"
    yield f"first page; no module is narrower than {qr.LEAST_MODULE_MM} mm."
    yield "Continuation sheets carry a smaller one without parties, invoice and items."
    yield f"Its text is `{code.PREFIX}` and Base45 (RFC 9285) of a COSE_Sign1 message (RFC 9052)."
    yield "The protected header holds the algorithm (1) and the first eight bytes of the SHA-256 of"
    yield "the sealing certificate (4); the payload is a CBOR map:"
    yield ""
    rows = ((number, name, _FIELDS[name]) for name, number in code.FIELDS.items())
    yield from markdown.table(("key", "field", "content"), rows)
    yield from markdown.section("Limits of a check")
    yield f"Files up to {scan.MAX_BYTES // scan.MIB} MiB, pictures up to {scan.MAX_PIXELS:,}"
    yield f"pixels, the first {scan.MAX_PAGES} pages of a PDF."
    titles = {(form.agreement, form.form_type): form.title for form in Forms.load().editions}
    for key, layout in layouts().items():
        yield from markdown.section(titles[key])
        yield from _layout(layout)


def _layout(layout: Layout) -> Iterator[str]:
    """Show what is preprinted and added, with its source; the boxes are on the form's own page."""
    places = " / ".join(", ".join(one.box for one in part) for part in (layout.left, layout.right))
    yield f"Upper part {places}; items {', '.join(one.box for one in layout.columns)};"
    below = (*layout.middle, *layout.lower, *layout.foot)
    yield f"below {', '.join(one.box for one in below)}. The code stands in box {layout.seal}."
    yield ""
    rows = [("preprinted", one.box, one.words, one.source, one.verified) for one in layout.texts]
    rows += [(one.when, one.box, one.words, one.source, one.verified) for one in layout.wordings]
    rows += [("overleaf", "", one.words, one.source, one.verified) for one in layout.notes]
    yield from markdown.table(("when", "box", "words", "source", "verified"), rows)
