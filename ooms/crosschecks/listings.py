"""The kinds of lists that can be asked, written out."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.crosschecks.entries import Listing
from ooms.crosschecks.matching import (
    approved_exporter,
    business_registry,
    export_declaration,
    recalled_goods,
    restricted_parties,
    strategic_goods,
)
from ooms.crosschecks.model import Kind

LISTINGS: Mapping[Kind, Listing] = {
    Kind.APPROVED_EXPORTER: approved_exporter.LISTING,
    Kind.BUSINESS_REGISTRY: business_registry.LISTING,
    Kind.EXPORT_DECLARATION: export_declaration.LISTING,
    Kind.RECALLED_GOODS: recalled_goods.LISTING,
    Kind.RESTRICTED_PARTIES: restricted_parties.LISTING,
    Kind.STRATEGIC_GOODS: strategic_goods.LISTING,
}
