"""What pages take from a determination that a line of an application cites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The verdict under which goods may be stated to originate.
CONFERS = "originating"


def product_of(determined: Mapping[str, Any]) -> dict[str, str]:
    """Return the words and the code of what was determined, as a line states them."""
    product = determined["case"]["product"]
    told = {"description": product.get("description"), "hs": product.get("hs")}
    return {name: text for name, text in told.items() if text}
