"""The composition root of an office: settings in, desks out.

The desks are opened layer upon layer, as they stand upon each other: foundation, accounts, proof,
cases, papers, border, deciding. A new desk is one part of its layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher

from eodes.bootstrap import Node, build_node
from eodes.settings import load_settings
from ooms.agreements.registry import Registry, load_packs
from ooms.bootstrap.deciding import Deciding
from ooms.bootstrap.papers import own_issuer
from ooms.gateway.doorbell import Doorbell
from ooms.settings import OfficeSettings, load_office_settings
from ooms.training.world import require_training_world

__all__ = ["Office", "build_office", "opened", "own_issuer"]


class Office(Deciding):
    """The desks of one office, and the node it stands beside."""


def build_office(
    node: Node,
    settings: OfficeSettings,
    *,
    registry: Registry | None = None,
    hasher: PasswordHasher | None = None,
) -> Office:
    """Open the desks beside a node, on the node's database.

    Raises:
        TrainingWorldError: people shall practice here, and it is wired to the real world.
        PackError: an agreement's pack is broken.

    """
    if settings.office.training:
        require_training_world(is_test=node.settings.test, others=node.partners_of_other_world())
    office = Office(node, settings, registry=registry, hasher=hasher)
    office.open_all()
    return office


@contextmanager
def opened(
    config: Path, *, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[Node, Office]]:
    """Open a node and its office from the node's file of settings; closed when the block ends.

    Raises:
        ConfigurationError: a file of the node is wrong.
        SettingsError: a setting of the office is wrong.
        PackError: a pack of rules is broken.

    """
    settings = load_settings(config, environment=environment)
    beside = load_office_settings(config.parent, environment=environment)
    doorbell = Doorbell()
    node = build_node(settings, listeners=(doorbell,))
    try:
        packs = load_packs(config.parent / beside.rules.folder)
        office = build_office(node, beside, registry=packs)
        doorbell.connect(office.inbound)
        office.works.do(office.access.reseal)
        yield node, office
    finally:
        node.close()
