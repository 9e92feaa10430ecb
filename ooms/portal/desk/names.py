"""The names behind keys: companies, and the people of the office."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from ooms.portal.visit import Visit


async def companies_of(visit: Visit, keys: Iterable[str]) -> dict[str, str]:
    """Return the names of some companies by their keys."""
    wanted = sorted(set(keys))
    found = await asyncio.gather(*(visit.api.get(f"/exporters/{one}") for one in wanted))
    return {one["id"]: one["name"] for one in found}


async def officers_of(visit: Visit) -> dict[str, str]:
    """Return the names of the office's people who decide, by their keys."""
    found = await visit.api.get("/officers")
    return {one["user_id"]: one["name"] for one in found["items"]}
