"""The settings of cross-checks: `[crosschecks.<kind>]`, one section for each register."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ooms.crosschecks.http_connector import Service
from ooms.crosschecks.likeness import LEAST, LEAST_ELSEWHERE
from ooms.crosschecks.model import Kind, Policy, Rule, Source
from ooms.crosschecks.opening import Register

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_Score = Annotated[Decimal, Field(ge=Decimal("0.5"), le=1)]


class RegisterSection(BaseModel):
    """How one register is asked, and what its answers do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: OFF asks nothing; SOFT lets the officer override; HARD stops the issue.
    policy: Policy = Policy.OFF
    source: Source = Source.FILE
    #: The list in the folder of lists, CSV or JSON; `<kind>.csv` unless given.
    file: Annotated[str, Field(max_length=200)] = ""
    url: Annotated[str, Field(max_length=400)] = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 5
    token_file: Annotated[str, Field(max_length=400)] = ""
    authority_file: Annotated[str, Field(max_length=400)] = ""
    valid_hours: Annotated[int, Field(ge=1, le=8760)] = 24
    list_days: Annotated[int, Field(ge=1, le=3660)] = 7
    releasable: bool = False
    #: From which score on two names may be one; the second where the countries differ.
    likeness: _Score = LEAST
    likeness_elsewhere: _Score = LEAST_ELSEWHERE

    @model_validator(mode="after")
    def _require_address(self) -> Self:
        if self.source is Source.HTTP and self.policy is not Policy.OFF:
            address = urlsplit(self.url)
            is_plain = address.scheme == "http" and address.hostname in _LOOPBACK
            if not address.hostname or not (address.scheme == "https" or is_plain):
                raise ValueError("url has to begin with https://, or http:// on this machine")
        return self

    def register(self, kind: Kind, *, lists: Path, beside: Path) -> Register:
        """Return the register that the section describes."""
        return Register(
            rule=Rule(
                kind,
                self.policy,
                self.source,
                valid_for=timedelta(hours=self.valid_hours),
                list_lasts=timedelta(days=self.list_days),
                releasable=self.releasable,
            ),
            file=lists / (self.file or f"{kind.lower()}.csv"),
            service=Service(
                self.url,
                self.timeout_seconds,
                token_file=beside / self.token_file if self.token_file else None,
                authority_file=beside / self.authority_file if self.authority_file else None,
            ),
            least=self.likeness,
            least_elsewhere=self.likeness_elsewhere,
        )


class CrosschecksSection(BaseModel):
    """Which registers are asked before issue; none unless the office says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: A folder with the lists; a relative one lies beside the node's file.
    folder: Annotated[str, Field(min_length=1)] = "lists"
    approved_exporter: RegisterSection = RegisterSection()
    business_registry: RegisterSection = RegisterSection()
    export_declaration: RegisterSection = RegisterSection()
    recalled_goods: RegisterSection = RegisterSection()
    restricted_parties: RegisterSection = RegisterSection()
    strategic_goods: RegisterSection = RegisterSection()

    def registers(self, *, beside: Path) -> tuple[Register, ...]:
        """Return every register, asked or not; relative paths begin beside the node's file."""
        lists = beside / self.folder
        return tuple(
            getattr(self, kind.lower()).register(kind, lists=lists, beside=beside) for kind in Kind
        )
