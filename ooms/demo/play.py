"""Plays the story and prints it as one readable table."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from ooms.demo.nodes import DemoError, RunningNode, make_nodes
from ooms.demo.story import Chapter, Step, Story

_WHO = 22
_WHAT = 52


def play(*, once: bool, as_json: bool, folder: Path | None) -> int:
    """Make the nodes, tell the story, and keep serving unless once is enough.

    1. Make three nodes and start them.
    2. Tell the story; a step that goes wrong is shown, and the story ends.
    3. Print addresses and passwords, and serve until Ctrl-C.

    Returns 0 when every step ended as it should.
    """
    began = time.monotonic()
    try:
        with _running(folder, began=began) as nodes:  # 1
            told = list(_told(Story(nodes), as_json=as_json))  # 2
            is_well = all(step.is_right for step, _ in told)
            _report(told, is_well=is_well, as_json=as_json, seconds=time.monotonic() - began)
            if not once and is_well:
                _keep_serving(nodes)  # 3
    except DemoError as error:
        _say(f"ooms demo: {error}")
        return 1
    else:
        return 0 if is_well else 1


@contextmanager
def _running(folder: Path | None, *, began: float) -> Iterator[dict[str, RunningNode]]:
    """Make and start the nodes; stop them at the end, and keep only a named folder."""
    place = folder or Path(tempfile.mkdtemp(prefix="eodes-demo-"))
    nodes: dict[str, RunningNode] = {}
    try:
        _say("Making three administrations: keys, databases, cards, people …")
        nodes = make_nodes(place)
        with ThreadPoolExecutor(len(nodes)) as pool:
            list(pool.map(RunningNode.start, nodes.values()))
        _say(f"They serve after {time.monotonic() - began:.1f} s.\n")
        yield nodes
    finally:
        with ThreadPoolExecutor(len(nodes) or 1) as pool:
            list(pool.map(RunningNode.stop, nodes.values()))
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


def _told(story: Story, *, as_json: bool) -> Iterator[tuple[Step, float]]:
    _head(as_json=as_json)
    for chapter in story.chapters():
        step, took = _tell(chapter)
        _line(step, took, as_json=as_json)
        yield step, took
        if not step.is_right:
            return


def _tell(chapter: Chapter) -> tuple[Step, float]:
    began = time.monotonic()
    try:
        step = chapter()
    except DemoError as error:
        step = Step("", chapter.__name__.replace("_", " "), str(error), is_right=False)
    return step, time.monotonic() - began


def _head(*, as_json: bool) -> None:
    if not as_json:
        print(f"{'':4}{'WHO':{_WHO}}  {'DOES':{_WHAT}}  AND THIS IS SEEN")  # noqa: T201  # data of the command


def _line(step: Step, took: float, *, as_json: bool) -> None:
    if as_json:
        return
    mark = "ok" if step.is_right else "NO"
    print(f"{mark:4}{step.who:{_WHO}}  {step.what:{_WHAT}}  {step.seen}  ({took:.1f} s)")  # noqa: T201  # data of the command
    sys.stdout.flush()


def _report(
    told: list[tuple[Step, float]], *, is_well: bool, as_json: bool, seconds: float
) -> None:
    if as_json:
        steps = [{**asdict(step), "seconds": round(took, 2)} for step, took in told]
        print(  # noqa: T201  # data of the command
            json.dumps({"ok": is_well, "seconds": round(seconds, 1), "steps": steps}, indent=2)
        )
        return
    verdict = "Every step ended as it should" if is_well else "A step did not end as it should"
    _say(f"\n{verdict}, after {seconds:.1f} s.")


def _keep_serving(nodes: dict[str, RunningNode]) -> None:
    """Show where to look, and wait for Ctrl-C."""
    for node in nodes.values():
        people = ", ".join(f"{login} / {secret}" for login, secret in node.passwords.items())
        _say(f"\n{node.country.authority}  {node.country.name}")
        _say(f"  office   {node.office}/   public check {node.office}/verify")
        _say(f"  partners https://127.0.0.1:{node.partner_port}/partner/v1/messages")
        _say(f"  log in   {people}")
        _say(f"  look in  eodes message list --config {node.config}")
    _say("\nServing; Ctrl-C ends it.")
    is_ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: is_ending.set())
    is_ending.wait()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201  # talk of the command
