"""Where an application asks for what a box of the paper form shows."""

from __future__ import annotations

from collections.abc import Mapping

from eodes.domain.form import Box
from ooms.gateway.box_words import paths_of

#: Each canonical field that an applicant states, and the member of the application's content that
#: asks for it; numbers of lists are left out.  What is not here the office knows or fills in.
_ASKED_AT: Mapping[str, tuple[str, ...]] = {
    "parties[CONSIGNEE].name": ("/buyer/name",),
    "parties[CONSIGNEE].address": ("/buyer/address", "/buyer/city"),
    "parties[CONSIGNEE].country": ("/buyer/country",),
    "parties[IMPORTER].name": ("/buyer/name",),
    "parties[IMPORTER].address": ("/buyer/address", "/buyer/city"),
    "parties[IMPORTER].country": ("/buyer/country",),
    "parties[PRODUCER].name": ("/producer/name",),
    "parties[PRODUCER].address": ("/producer/address",),
    "parties[PRODUCER].country": ("/producer/country",),
    "parties[EXHIBITION].name": ("/exhibition/name",),
    "parties[EXHIBITION].address": ("/exhibition/address",),
    "parties[EXHIBITION].country": ("/exhibition/country",),
    "parties[NON_PARTY_OPERATOR].name": ("/invoices/operator/name",),
    "parties[NON_PARTY_OPERATOR].address": ("/invoices/operator/address",),
    "parties[NON_PARTY_OPERATOR].country": ("/invoices/operator/country",),
    "invoices[].issuer_name": ("/invoices/operator/name",),
    "invoices[].issuer_country": ("/invoices/operator/country",),
    "invoices[].number": ("/invoices/number",),
    "invoices[].date": ("/invoices/dated",),
    "transport.mode": ("/transport/mode",),
    "transport.conveyance_name": ("/transport/conveyance",),
    "transport.voyage": ("/transport/voyage",),
    "transport.departure_date": ("/transport/departure_date", "/shipped_on"),
    "transport.port_of_loading": ("/transport/loading",),
    "transport.port_of_loading_text": ("/transport/loading_text",),
    "transport.port_of_discharge": ("/transport/discharge",),
    "transport.port_of_discharge_text": ("/transport/discharge_text",),
    "transport.route_text": ("/transport/route",),
    "items[].criterion": ("/lines/determination_id",),
    "items[].description": ("/lines/description",),
    "items[].hs": ("/lines/hs",),
    "items[].model": ("/lines/model",),
    "items[].trademark": ("/lines/trademark",),
    "items[].marks": ("/lines/marks",),
    "items[].packages": ("/lines/packages",),
    "items[].quantities": ("/lines/quantities",),
    "items[].fob": ("/lines/fob",),
    "items[].invoice_refs": ("/lines/invoice_refs",),
    "retroactive": ("/retroactive_reason",),
}


def asked_at(box: Box) -> tuple[str, ...]:
    """Return the members of an application's content that ask for what a box shows, each once."""
    members = (one for path in paths_of(box) for one in _ASKED_AT.get(path, ()))
    return tuple(dict.fromkeys(members))
