"""The dialects that this program speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from eodes.dialects.engine import DIALECTS, Dialect, load_dialect
from eodes.errors import ConfigurationError

HOUSE = "eodes"


@dataclass(frozen=True, slots=True)
class Dialects:
    """Dialects by the name that profiles use, and by the element they put certificates in."""

    by_name: Mapping[str, Dialect]
    by_tag: Mapping[str, Dialect]

    @staticmethod
    def load() -> Dialects:
        """Compile every shipped dialect.

        Raises:
            ConfigurationError: a mapping is flawed.

        """
        dialects = [load_dialect(name) for name in DIALECTS]
        return Dialects(
            {dialect.name: dialect for dialect in dialects},
            {dialect.root_tag: dialect for dialect in dialects},
        )

    @property
    def house(self) -> Dialect:
        """Return our own dialect, which carries everything."""
        return self.by_name[HOUSE]

    def named(self, name: str) -> Dialect:
        """Return a dialect by its name.

        Raises:
            ConfigurationError: no such dialect ships.

        """
        if name not in self.by_name:
            known = ", ".join(sorted(self.by_name))
            raise ConfigurationError(file=f"dialect {name}", problem=f"unknown; there are {known}")
        return self.by_name[name]

    def of_payload(self, payload: Element) -> Dialect:
        """Return the dialect of the certificate inside a payload; without one, the house's."""
        tags = (str(child.tag) for child in payload)
        return next((self.by_tag[tag] for tag in tags if tag in self.by_tag), self.house)
