"""The agreements this office knows: shipped packs, and its own that take their place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

from ooms.agreements.loader import AGREEMENT_FILE, load_agreement
from ooms.agreements.model import Agreement
from ooms.agreements.own_packs import own_folders
from ooms.agreements.pack_reading import PackError, Problem


class UnknownAgreementError(LookupError):
    """No pack of this code is loaded; load one, or correct the code."""

    def __init__(self, *, code: str, known: tuple[str, ...]) -> None:
        self.code = code
        self.known = known
        super().__init__(f"no agreement {code!r} is loaded; known are {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Registry:
    """Agreements by code; each pack is loaded, whole or not at all, when it is first asked for.

    `folders` holds packs not yet loaded by their code, `names` every code and alias in capitals.
    """

    folders: Mapping[str, Traversable] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    loaded: dict[str, Agreement] = field(default_factory=dict)

    @classmethod
    def of(cls, *agreements: Agreement) -> Self:
        """Index loaded agreements by code and alias."""
        names = {name.upper(): a.code for a in agreements for name in (*a.aliases, a.code)}
        return cls(names=names, loaded={a.code: a for a in agreements})

    @classmethod
    def in_folders(cls, folders: Iterable[Traversable]) -> Self:
        """Index packs by what their first lines say; a later pack of a code takes its place.

        Raises:
            PackError: The head of a pack cannot be read.
        """
        found: dict[str, Traversable] = {}
        names: dict[str, str] = {}
        for folder in folders:
            code, aliases = _head(folder)
            found[code] = folder
            names |= {name.upper(): code for name in (*aliases, code)}
        return cls(folders=found, names=names)

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of every pack, in order."""
        return tuple(sorted({*self.folders, *self.loaded}))

    def agreement(self, code: str) -> Agreement:
        """Give the agreement of a code or alias, in any case of letters.

        Raises:
            UnknownAgreementError: No such pack is there.
            PackError: The pack is broken; nothing of it is loaded.
        """
        known = self.names.get(code.upper())
        if known is None:
            raise UnknownAgreementError(code=code, known=self.codes)
        if known not in self.loaded:
            self.loaded[known] = load_agreement(self.folders[known])
        return self.loaded[known]

    def every(self) -> tuple[Agreement, ...]:
        """Load every pack.

        Raises:
            PackError: One of them is broken.
        """
        return tuple(self.agreement(code) for code in self.codes)


def shipped_folders() -> tuple[Traversable, ...]:
    """Give the folders of the packs that come with the product."""
    shelf = files("ooms.agreements").joinpath("data")
    packs = (f for f in shelf.iterdir() if f.is_dir() and f.joinpath(AGREEMENT_FILE).is_file())
    return tuple(sorted(packs, key=lambda folder: folder.name))


def shipped_folder(name: str) -> Traversable:
    """Give the folder of a pack that comes with the product."""
    return files("ooms.agreements").joinpath("data", name)


def load_shipped() -> Registry:
    """Index every pack that comes with the product.

    Raises:
        PackError: The head of one cannot be read.
    """
    return Registry.in_folders(shipped_folders())


def load_packs(own: Path | None = None) -> Registry:
    """Index the shipped packs and an administration's own, which take the place of shipped ones.

    Raises:
        PackError: The head of one cannot be read.
    """
    return Registry.in_folders((*shipped_folders(), *(own_folders(own) if own else ())))


def _head(folder: Traversable) -> tuple[str, tuple[str, ...]]:
    """Read code and aliases from the lines before the first table."""
    try:
        written = folder.joinpath(AGREEMENT_FILE).read_text(encoding="utf-8")
        head = tomllib.loads(written.split("\n[", 1)[0])
        return str(head["code"]), tuple(map(str, head.get("aliases", ())))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as broken:
        what = f"the lines before the first table cannot be read: {broken}"
        raise PackError(problems=[Problem(AGREEMENT_FILE, 1, "code", what)]) from broken
