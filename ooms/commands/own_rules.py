"""Finds an administration's own packs from its node's file of settings."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from ooms.agreements.registry import Registry, load_packs
from ooms.commands.outcome import CONFIGURATION


class NoNodeError(click.ClickException):
    """The file of settings that was named is not there; correct its path."""

    exit_code = CONFIGURATION

    def __init__(self, *, config: Path) -> None:
        super().__init__(f"there is no {config}, so what is its own cannot be found")


def own_shelf(config: Path) -> Path | None:
    """Find the folder of own packs beside a node's file, or None when there is no node.

    Raises:
        NoNodeError: A file was named that is not there: nobody shall believe it was read.
    """
    if not config.exists():
        context = click.get_current_context(silent=True)
        if context and context.get_parameter_source("config") is ParameterSource.COMMANDLINE:
            raise NoNodeError(config=config)
        return None
    from ooms.settings import load_office_settings  # noqa: PLC0415  # heavy; help goes without

    return config.parent / load_office_settings(config.parent).rules.folder


def known_packs(config: Path) -> Registry:
    """Index the shipped packs and those of a node.

    Raises:
        PackError: The head of one cannot be read.
        SettingsError: A setting of the office is wrong.
    """
    return load_packs(own_shelf(config))
