"""The import side: claims on a partner's certificate that fit, that ask, and that overdraw."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from itertools import count
from typing import Any

from ooms.demo.api import Json, Person
from ooms.demo.nodes import RunningNode
from ooms.demo.practice import cast
from ooms.demo.practice.exporting import Exporting

_ALL = "500"
_SOME = "100"
_MORE_THAN_ALL = "900"


class Importing:
    """What importers claim at an office, on certificates that its partner issued."""

    def __init__(self, node: RunningNode, *, seller: Exporting) -> None:
        """Buy from a company abroad."""
        self._node = node
        self._seller = seller
        self._importer: str = cast.buyer(node.country.authority[:2])["name"]
        self._declarations = (f"TR-IMP-{seller.today:%y%m%d}-{one:02d}" for one in count(1))

    def cases(self) -> Mapping[str, str]:
        """Make a case of each kind that people of the border meet.

        1. The partner issues, and the certificates arrive.
        2. Importers claim.
        3. One claim is picked for a verification.
        """
        fits, asks, overdraws = (self._seller.issued() for _ in range(3))  # 1
        self._await(fits, asks, overdraws)
        with closing(Person(self._node, "border")) as border:
            queried = self._claim(border, asks, quantity=_SOME, description="FROZEN SHRIMPS")  # 2
            self._claim(border, fits, quantity=_ALL)
            overdrawn = self._claim(border, overdraws, quantity=_MORE_THAN_ALL)
            case = border.post("/verifications", self._selection(asks, claim=queried))  # 3
        return {
            "claim-to-query": queried,
            "claim-that-overdraws": overdrawn,
            "case-of-verification": case["id"],
        }

    def _await(self, *certificates: Json) -> None:
        for one in certificates:
            self._seller.exporter.await_(
                f"/certificates/{one['id']}",
                lambda seen: seen["exchange"]["state"] == "REGISTERED",
            )

    def _claim(self, border: Person, certificate: Json, **line: Any) -> str:
        stated = {
            "line_no": 1,
            "certificate_number": certificate["number"],
            "item_no": 1,
            "hs": "850440",
            "unit": "C62",
            "exporter": self._seller.company["name"],
        }
        made: str = border.post(
            "/claims",
            {
                "declaration_number": next(self._declarations),
                "importer": {"name": self._importer},
                "lines": [stated | line],
            },
        )["id"]
        return made

    def _selection(self, certificate: Json, *, claim: str) -> Json:
        item = {"item_no": 1, "hs": "850440", "description": "STATIC CONVERTERS, MODEL SC-500"}
        asked = {
            "number": certificate["number"],
            "issuing_country": self._seller.bargain.origin,
            "issued_on": certificate["issued_on"],
            "items": [item],
        }
        return {
            "partner": self._seller.authority,
            "agreement": self._seller.bargain.agreement,
            "importer": self._importer,
            "exporter": self._seller.company["name"],
            "certificates": [asked],
            "claim_ids": [claim],
            "reason": "CLAIM_CHECK",
        }
