"""Opens the desk of cross-checks with the connectors that the office's settings ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ooms.applications.service import Applications
from ooms.crosschecks.connectors import Connector, FileConnector
from ooms.crosschecks.http_connector import HttpConnector, Service
from ooms.crosschecks.legal_forms import load_legal_forms
from ooms.crosschecks.likeness import Likeness
from ooms.crosschecks.model import Policy, Rule, Source
from ooms.crosschecks.refreshing import Lists
from ooms.crosschecks.service import Crosschecks
from ooms.db import Works
from ooms.exporters.service import Exporters


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its rule, and where each of the connectors finds it."""

    rule: Rule
    file: Path
    service: Service
    least: Decimal
    least_elsewhere: Decimal


def open_crosschecks(
    registers: Iterable[Register],
    *,
    works: Works,
    applications: Applications,
    exporters: Exporters,
) -> tuple[Crosschecks, Lists]:
    """Open the desk, and the lists that it reads; a register that is off is not opened."""
    asked = {one.rule.kind: one for one in registers if one.rule.policy is not Policy.OFF}
    forms = load_legal_forms() if asked else frozenset()
    desk = Crosschecks(
        applications,
        exporters,
        rules={kind: one.rule for kind, one in asked.items()},
        connectors={kind: _connector(one, works, forms) for kind, one in asked.items()},
    )
    files = {kind: one.file for kind, one in asked.items() if one.rule.source is Source.FILE}
    return desk, Lists(works, files=files)


def _connector(register: Register, works: Works, forms: frozenset[str]) -> Connector:
    if register.rule.source is Source.HTTP:
        return HttpConnector(register.service)
    likeness = Likeness(register.least, register.least_elsewhere, forms)
    return FileConnector(works, register.rule, likeness=likeness)
