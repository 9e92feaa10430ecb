"""The determinations that lines of an application may cite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ooms.portal.determined import CONFERS
from ooms.portal.visit import Visit

#: As many as the interface gives at once; the newest come first.
_MOST = 200


async def fitting(visit: Visit, content: Mapping[str, Any]) -> list[Any]:
    """Return the determinations that confer origin under this agreement for this country.

    None to a broker whom the company does not let see its goods.
    """
    if visit.who is not None and not visit.who.may("GOODS"):
        return []
    found = (await visit.api.get("/determinations", limit=_MOST))["items"]
    return [
        one
        for one in found
        if one["verdict"] == CONFERS
        and one["agreement"] == content["agreement"]
        and one["importing_party"] == content["import_country"]
    ]
