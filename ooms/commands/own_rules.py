"""Finds an administration's own packs from its node's file of settings."""

from __future__ import annotations

from pathlib import Path

from ooms.agreements.registry import Registry, load_packs


def own_shelf(config: Path) -> Path | None:
    """Find the folder of own packs beside a node's file, or None when there is no node."""
    if not config.exists():
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
