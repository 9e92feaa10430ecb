"""Keeps an administration's own packs in its folder: a pack is there whole, or as it was before."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ooms.agreements.loader import AGREEMENT_FILE, CASES_FILE, load_agreement, load_cases

_UNFINISHED = ".unfinished"
_READY = ".ready"
_FORMER = ".former-"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a pack was put, and where the one before it is now."""

    folder: Path
    former: Path | None


def own_folders(shelf: Path) -> tuple[Path, ...]:
    """Give the folders of an administration's packs; a shelf that is not there has none.

    A pack that was ready when the keeping of it was cut short is taken in place of the missing
    one; former packs and unfinished ones are not looked at.
    """
    if not shelf.is_dir():
        return ()
    names = {f.name for f in shelf.iterdir() if f.joinpath(AGREEMENT_FILE).is_file()}
    plain = {name for name in names if "." not in name}
    ready = {n for n in names if n.endswith(_READY) and n.removesuffix(_READY) not in plain}
    return tuple(shelf / name for name in sorted(plain | ready))


def keep(shelf: Path, name: str, files: Mapping[str, str]) -> Kept:
    """Put a pack on the shelf, in place of the one of its name.

    1. Write every file beside, and load the pack as the office will.
    2. Name it ready: from here on a break leaves a whole pack to be found.
    3. Move the former pack aside under its digest, and the new one to its place.

    Raises:
        PackError: The pack is broken; the shelf is as it was.
    """
    folder, unfinished = shelf / name, shelf / f"{name}{_UNFINISHED}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        for file, text in files.items():  # 1
            (unfinished / file).write_text(text, encoding="utf-8")
        load_agreement(unfinished)
        if (unfinished / CASES_FILE).exists():
            load_cases(unfinished)
        ready = shelf / f"{name}{_READY}"
        shutil.rmtree(ready, ignore_errors=True)
        unfinished.rename(ready)  # 2
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    former = _moved_aside(folder)  # 3
    ready.rename(folder)
    return Kept(folder, former)


def _moved_aside(folder: Path) -> Path | None:
    if not folder.exists():
        return None
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    former = folder.with_name(f"{folder.name}{_FORMER}{digest.hexdigest()[:12]}")
    shutil.rmtree(former, ignore_errors=True)  # the same bytes, moved aside once before
    folder.rename(former)
    return former
