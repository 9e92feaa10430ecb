"""The layouts of paper forms: one data file for each, found by agreement and type of form."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ooms.errors import Flaw, UnfitError

FOLDER = Path(__file__).resolve().parent / "layout"
WORDS = Path(__file__).resolve().parent / "words.toml"


class NoLayoutError(UnfitError):
    """No layout ships for a form; add its file under ooms/documents/layout."""

    code = "REF-LAYOUT"

    def __init__(self, *, agreement: str, form_type: str) -> None:
        self.agreement = agreement
        self.form_type = form_type
        super().__init__(
            Flaw(
                "/form_type",
                f"form {form_type} of {agreement} has no paper layout; add one under "
                "ooms/documents/layout",
            )
        )


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Strict):
    """A box in a column of boxes, with its least height in millimetres."""

    box: str
    height: Annotated[float, Field(gt=0)]


class Column(_Strict):
    """A column of the table of items, with its width in millimetres."""

    box: str
    width: Annotated[float, Field(gt=0)]


class Words(_Strict):
    """Preprinted words of a box; gaps in braces are filled with facts."""

    box: str
    words: str
    source: str
    verified: bool


class Wording(Words):
    """Words that a kind of issue adds in a box, beyond what the form's endorsements say."""

    when: str


class OverleafNote(_Strict):
    """A paragraph of the overleaf page that the form's data do not hold."""

    title: str
    words: str
    source: str
    verified: bool


class Layout(_Strict):
    """Where the boxes of a form stand on A4, and what is preprinted in them."""

    agreement: str
    form_type: str
    agreement_name: str
    issued_in: bool
    seal: str
    ticks: tuple[str, ...]
    heading: tuple[str, ...]
    left: tuple[Place, ...]
    right: tuple[Place, ...]
    middle: tuple[Place, ...]
    lower: tuple[Place, Place]
    foot: tuple[Place, ...]
    columns: tuple[Column, ...]
    texts: tuple[Words, ...] = ()
    wordings: tuple[Wording, ...] = ()
    notes: tuple[OverleafNote, ...] = ()

    def boxes(self) -> tuple[str, ...]:
        """Return the number of every box that has its place."""
        places = (*self.left, *self.right, *self.middle, *self.lower, *self.foot)
        return (*(one.box for one in places), *(one.box for one in self.columns))

    def words_of(self, box: str) -> str:
        """Return the preprinted words of a box, or an empty string."""
        return next((one.words for one in self.texts if one.box == box), "")


class Names(_Strict):
    """What codes are called on paper."""

    countries: dict[str, str]
    units: dict[str, str]
    packages: dict[str, str]


@cache
def layouts() -> dict[tuple[str, str], Layout]:
    """Read every layout that ships with the code."""
    files = sorted(FOLDER.glob("*.toml"))
    read = (Layout.model_validate(tomllib.loads(file.read_text("utf-8"))) for file in files)
    return {(one.agreement, one.form_type): one for one in read}


def layout_of(agreement: str, form_type: str) -> Layout:
    """Return the layout of a form.

    Raises:
        NoLayoutError: none ships.

    """
    found = layouts().get((agreement, form_type))
    if found is None:
        raise NoLayoutError(agreement=agreement, form_type=form_type)
    return found


@cache
def names() -> Names:
    """Read what codes are called."""
    return Names.model_validate(tomllib.loads(WORDS.read_text("utf-8")))
