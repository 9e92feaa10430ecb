"""Makes two offices for training on this machine, fills them, and serves them until Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from ooms.demo.nodes import DemoError, RunningNode, make_nodes, make_users
from ooms.demo.practice import cast
from ooms.demo.practice.filling import fill
from ooms.demo.practice.profiles import stand_in


def practice(*, once: bool, folder: Path | None, authority: str = cast.OWN.authority) -> int:
    """Make the offices, fill them, and keep serving unless once is enough.

    Returns 0 when the offices were filled.
    """
    try:
        with running(folder, authority=authority) as nodes:
            own, partner = nodes[authority], nodes[cast.counterpart_of(authority)]
            samples = fill(own, partner)
            show(own, samples=len(samples))
            if not once:
                _serve()
    except DemoError as error:
        _say(f"ooms training: {error}")
        return 1
    return 0


@contextmanager
def running(
    folder: Path | None, *, authority: str = cast.OWN.authority
) -> Iterator[dict[str, RunningNode]]:
    """Make and start both offices; stop them at the end, and keep only a named folder."""
    place = folder or Path(tempfile.mkdtemp(prefix="ooms-training-"))
    nodes: dict[str, RunningNode] = {}
    try:
        _say("Making an office for training and a pretend partner …")
        pair = (cast.office_of(authority), cast.office_of(cast.counterpart_of(authority)))
        profiles = stand_in(authority, place / "profiles")
        nodes = make_nodes(place, pair, is_training=True, profiles=profiles)
        for node in nodes.values():
            make_users(node, {cast.TRAINER: "OPERATOR"})
        with ThreadPoolExecutor(len(nodes)) as pool:
            list(pool.map(RunningNode.start, nodes.values()))
        yield nodes
    finally:
        with ThreadPoolExecutor(len(nodes) or 1) as pool:
            list(pool.map(RunningNode.stop, nodes.values()))
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


def show(own: RunningNode, *, samples: int) -> None:
    """Print where to go and who may sign in; the passwords are shown this once."""
    _say(f"\n{own.country.name}: {samples} cases to practice on")
    _say(f"  exercises  {own.office}/training")
    for login, password in own.passwords.items():
        _say(f"  sign in    {login} / {password}")
    _say(f"  anew       ooms training reset --config {own.config}")


def _serve() -> None:
    _say("\nServing; Ctrl-C ends it.")
    is_ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: is_ending.set())
    is_ending.wait()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201  # talk of the command
