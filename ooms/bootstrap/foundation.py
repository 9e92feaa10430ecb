"""What every desk stands on: the node, the settings, the clock, the rules."""

from __future__ import annotations

import secrets
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from eodes.api import Gateway
from eodes.bootstrap import Node
from eodes.errors import StoreBusyError
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.editions import Editions
from ooms.agreements.registry import Registry, load_packs
from ooms.certificates.model import IssuingOffice
from ooms.db import Works
from ooms.procedures.loader import load_procedure
from ooms.procedures.model import Procedure
from ooms.procedures.running import Clocks
from ooms.settings import OfficeSettings


class Foundation:
    """A node, the settings, and what every desk stands on.

    Each part is opened when it is first asked for, and `open_all` asks for every one.
    """

    #: What the database raises when others are in the way: the caller may try again.
    busy: tuple[type[Exception], ...] = (StoreBusyError,)

    def __init__(
        self,
        node: Node,
        settings: OfficeSettings,
        *,
        registry: Registry | None = None,
        hasher: PasswordHasher | None = None,
    ) -> None:
        """Stand beside a node, on the node's database."""
        self.node = node
        self.settings = settings
        self._hasher = hasher
        self._registry = registry

    def open_all(self) -> None:
        """Open every part now, so that what is wrong is told before anybody is served."""
        for layer in type(self).__mro__:
            for name, part in vars(layer).items():
                if isinstance(part, cached_property):
                    getattr(self, name)

    @cached_property
    def registry(self) -> Registry:
        """The rules of all agreements."""
        return self._registry or load_packs()

    @cached_property
    def editions(self) -> Editions:
        """The editions of the Harmonized System."""
        return load_editions()

    @cached_property
    def gateway(self) -> Gateway:
        """The node's gateway."""
        return self.node.gateway

    @cached_property
    def folder(self) -> Path:
        """Where the node's files are."""
        return self.node.settings.file.parent

    @cached_property
    def issuing(self) -> IssuingOffice:
        """This office as it stands on certificates."""
        written, own = self.settings.office, self.node.own
        return IssuingOffice(
            code=written.code or f"{own.country}01",
            name=written.name or own.name,
            country=own.country,
            place=written.place or own.country,
            zone=written.zone or own.content.zone,
            number_pattern=written.number_pattern,
            training=written.training,
        )

    @cached_property
    def works(self) -> Works:
        """Where pieces of work are opened, each one transaction."""
        zone = ZoneInfo(self.issuing.zone)
        return Works(self.node.database, self.node.clock.now, secrets.token_bytes, zone)

    @cached_property
    def clocks(self) -> Clocks:
        """The periods of the law, on the country's days."""
        country = self.issuing.country
        return Clocks(load_procedure(country), self.gateway.calendar(country), country)

    @cached_property
    def procedure(self) -> Procedure:
        """How the country handles applications."""
        return self.clocks.procedure
