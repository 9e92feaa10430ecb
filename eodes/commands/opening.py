"""Opens a node for a command: settings, database, trust."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eodes.bootstrap import Node, build_node
from eodes.errors import ConfigurationError
from eodes.logs import configure_logs
from eodes.settings import Settings, load_settings
from eodes.store import migrations


def settings_of(config: Path) -> Settings:
    """Read a node's settings.

    Raises:
        ConfigurationError: the file is missing or wrong.

    """
    # Before anything is logged: the library's default shows the local variables of a traceback.
    configure_logs()
    if not config.is_file():
        raise ConfigurationError(
            file=config, problem="no such file; make a node with `eodes node init`"
        )
    return load_settings(config, environment=os.environ)


@contextmanager
def opened(config: Path) -> Iterator[Node]:
    """Build the node of a file of settings, and close it at the end.

    Raises:
        ConfigurationError: a file is wrong, or the database waits for its migrations.

    """
    settings = settings_of(config)
    node = build_node(settings)
    try:
        if not migrations.is_current(node.database):
            raise ConfigurationError(
                file=config,
                problem="the database is not at this version's tables; "
                "run `eodes serve` once, or `eodes node upgrade`",
            )
        yield node
    finally:
        node.close()
