"""The desks whose papers a determination rests on, and that of determinations."""

from __future__ import annotations

from functools import cached_property

from ooms.access.confidentiality import Confidentiality
from ooms.bill_imports.service import BillImports
from ooms.bootstrap.accounts import Accounts
from ooms.determinations.service import Determinations
from ooms.materials.service import Materials
from ooms.products.service import Products
from ooms.suppliers.service import Suppliers
from ooms.tariffs.lookup import Lookup
from ooms.tariffs.service import Tariffs


class Proof(Accounts):
    """The desks whose papers a determination rests on, and that of determinations."""

    @cached_property
    def confidentiality(self) -> Confidentiality:
        """Who may see costs, processes, suppliers and buyers."""
        return Confidentiality()

    @cached_property
    def tariffs(self) -> Tariffs:
        """Rates of duty."""
        return Tariffs()

    @cached_property
    def lookup(self) -> Lookup:
        """Codes and agreements, for whoever describes goods."""
        return Lookup(registry=self.registry)

    @cached_property
    def products(self) -> Products:
        """Products and their bills."""
        return Products(editions=self.editions)

    @cached_property
    def bill_imports(self) -> BillImports:
        """Files of bills that are imported behind their request."""
        return BillImports(products=self.products, access=self.access)

    @cached_property
    def suppliers(self) -> Suppliers:
        """Declarations of suppliers."""
        return Suppliers(registry=self.registry, editions=self.editions)

    @cached_property
    def materials(self) -> Materials:
        """Materials in stock: lots, withdrawals, inventory methods."""
        return Materials(editions=self.editions, suppliers=self.suppliers)

    @cached_property
    def determinations(self) -> Determinations:
        """Determinations; products and suppliers tell it what changes."""
        made = Determinations(
            registry=self.registry,
            editions=self.editions,
            exporters=self.exporters,
            products=self.products,
            suppliers=self.suppliers,
            materials=self.materials,
            confidentiality=self.confidentiality,
        )
        self.products.connect(made.staleness)
        self.suppliers.connect(made.staleness)
        return made
