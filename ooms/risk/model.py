"""What is routed, what is known around it, and where it is sent: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ooms.watch.model import Noted, Subject, SubjectKind


class Channel(StrEnum):
    """Where a line of a claim goes; none of them says that preference is denied."""

    GREEN = "GREEN"  # nobody needs to look
    YELLOW = "YELLOW"  # somebody looks at the documents
    RED = "RED"  # somebody reviews it before release


RANKED = (Channel.GREEN, Channel.YELLOW, Channel.RED)


class Selection(StrEnum):
    """What picked a line: three channels that know nothing of each other."""

    MODEL = "MODEL"
    SAMPLE = "SAMPLE"
    TIP = "TIP"


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of an import declaration, as far as its risk is concerned.

    Parties and certificate are keys without spelling; `transit` names the countries on the way
    that are neither the exporting nor the importing one.
    """

    declaration: str
    line_no: int
    declared_on: date
    agreement: str
    hs6: str
    origin: str
    spec_no: int = 0
    version: int = 1
    exporter: str = ""
    importer: str = ""
    certificate: str = ""
    value: Decimal | None = None
    currency: str = ""
    net_kg: Decimal | None = None
    transit: tuple[str, ...] = ()

    @property
    def price(self) -> Decimal | None:
        """The price of a kilogram; None when value or weight is not stated."""
        if self.value is None or not self.net_kg:
            return None
        return self.value / self.net_kg

    @property
    def words(self) -> frozenset[str]:
        """Everything about it that a tip or the watch list may name, as it is found by."""
        named = (
            (SubjectKind.EXPORTER, self.exporter),
            (SubjectKind.IMPORTER, self.importer),
            (SubjectKind.CERTIFICATE, self.certificate),
            (SubjectKind.COUNTRY, self.origin),
            *((SubjectKind.COUNTRY, one) for one in self.transit),
            *((SubjectKind.HS, self.hs6[:digits]) for digits in (2, 4, 6)),
        )
        return frozenset(Subject(kind, key).word for kind, key in named if key)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a kilogram of such goods of this origin used to cost."""

    lines: int
    median: Decimal
    spread: Decimal  # between the quartiles


@dataclass(frozen=True, slots=True)
class Past:
    """What became of the lines of one party, or of such goods; counted in whole days."""

    first_on: date | None = None
    lines: int = 0
    denied: int = 0
    negatives: int = 0
    clean_on: date | None = None
    kilograms: Mapping[str, Decimal] = field(default_factory=dict)
    recent: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around the goods on the day; gathered for all lines at once."""

    exporter: Past = field(default_factory=Past)
    importer: Past = field(default_factory=Past)
    goods: Past = field(default_factory=Past)
    prices: Prices | None = None
    capacity_kg: Decimal | None = None
    watched: tuple[Noted, ...] = ()
    tips: tuple[Noted, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """One feature measured: a number if it can be told, and how it came about."""

    value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """The points of one feature, with the reason code of its bin and the facts in words."""

    feature: str
    value: Decimal | None
    points: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What a table says: points that are the sum of its contributions, and their channel."""

    model: str
    points: int
    channel: Channel
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a line was sent, by which table and why; the challenger's word changed nothing."""

    id: str
    goods: Goods
    made_at: datetime
    channel: Channel
    selected_by: tuple[Selection, ...]
    scored: Scored
    reasons: tuple[str, ...]
    challenger: Scored | None = None

    @property
    def is_picked(self) -> bool:
        """Tell whether somebody is to look."""
        return self.channel is not Channel.GREEN


class OutcomeKind(StrEnum):
    """Who said what became of a line."""

    DECISION = "DECISION"
    VERIFICATION = "VERIFICATION"


class Result(StrEnum):
    """What became of a line, as far as the risk was right about it."""

    RIGHT = "RIGHT"
    WRONG = "WRONG"
    #: Nothing was found out, such as when nobody answered.
    OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line: a decision's or a verification's word."""

    declaration: str
    line_no: int
    kind: OutcomeKind
    result: Result
    told_at: datetime
    told_by: str
    spec_no: int = 0
    detail: str = ""


def strictest(*channels: Channel) -> Channel:
    """Return the channel that looks closest."""
    return max(channels, key=RANKED.index)


class ModelState(StrEnum):
    """Where a table of points stands: one routes, one is watched beside it."""

    CANDIDATE = "CANDIDATE"
    CHALLENGER = "CHALLENGER"
    CHAMPION = "CHAMPION"
    RETIRED = "RETIRED"


MODEL_MOVES: Mapping[ModelState, frozenset[ModelState]] = {
    ModelState.CANDIDATE: frozenset(
        {ModelState.CHALLENGER, ModelState.CHAMPION, ModelState.RETIRED}
    ),
    ModelState.CHALLENGER: frozenset({ModelState.CHAMPION, ModelState.RETIRED}),
    ModelState.CHAMPION: frozenset({ModelState.RETIRED}),
    # A table that was taken down may come back: it is as good as it was.
    ModelState.RETIRED: frozenset({ModelState.CHALLENGER, ModelState.CHAMPION}),
}


@dataclass(frozen=True, slots=True)
class Model:
    """A table of points in the register: its text, who brought it, who adopted it and why."""

    id: str
    name: str
    content: str
    added_by: str
    added_at: datetime
    state: ModelState = ModelState.CANDIDATE
    report: Mapping[str, str] = field(default_factory=dict)
    adopted_by: str | None = None
    adopted_at: datetime | None = None
    reason: str = ""
