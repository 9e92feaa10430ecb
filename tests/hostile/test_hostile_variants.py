"""Every hostile variant of one signed message is refused, and every control accepted."""

import gc
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eodes.domain.verdict import Refusal
from eodes.wire import parser, signature
from eodes.wire.parser import Limits
from eodes.wire.signature import Verified
from tests.hostile import variants
from tests.hostile.variant import Canary, Variant


class _Watch:
    """A port nobody should call and a pipe nobody should open, with a record of who did."""

    def __init__(self, folder: Path) -> None:
        self.touched: list[str] = []
        self._open = True
        self._port = socket.create_server(("127.0.0.1", 0))
        self._port.settimeout(0.02)
        self._pipe = folder / "canary"
        os.mkfifo(self._pipe)
        self.canary = Canary(
            url=f"http://127.0.0.1:{self._port.getsockname()[1]}/canary",
            file=f"file://{self._pipe}",
        )
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while self._open:
            try:
                self._port.accept()[0].close()
                self.touched.append("url")
            except TimeoutError:
                pass
            try:
                # Succeeds only while somebody waits to read the pipe, and then lets them go.
                os.close(os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK))
                self.touched.append("file")
            except OSError:
                pass

    def close(self) -> None:
        time.sleep(0.05)  # whoever called last is still counted
        self._open = False
        self._thread.join()
        self._port.close()


@pytest.fixture(scope="module")
def watch(tmp_path_factory) -> Iterator[_Watch]:
    watch = _Watch(tmp_path_factory.mktemp("canary"))
    yield watch
    watch.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave out what the collector walks: everything that the tests before still hold."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _judge(variant: Variant, raw: bytes) -> Verified | Refusal:
    document = parser.parse(raw, limits=Limits())
    if isinstance(document, Refusal):
        return document
    return signature.verify(document, trust=variant.trust(), at=variant.at)


@pytest.mark.parametrize("variant", variants.HOSTILE, ids=lambda variant: variant.name)
def test_hostile_variant_is_refused_with_its_code(variant, watch):
    raw = variant.build(watch.canary)

    with _uncollected():
        started = time.thread_time()
        verdict = _judge(variant, raw)
        elapsed = time.thread_time() - started

    assert isinstance(verdict, Refusal), "accepted"
    assert verdict.code in variant.codes
    assert verdict.detail.endswith(".")
    assert elapsed < 1.0, "a refusal must be cheap"


@pytest.mark.parametrize("variant", variants.CONTROLS, ids=lambda variant: variant.name)
def test_harmless_control_is_accepted_as_it_stands(variant, watch):
    verdict = _judge(variant, variant.build(watch.canary))

    assert isinstance(verdict, Verified), verdict
    assert verdict.authority == "KR-KCS"


def test_generator_makes_enough_variants_with_distinct_names():
    names = [variant.name for variant in variants.HOSTILE + variants.CONTROLS]

    assert len(variants.HOSTILE) >= 150
    assert len(set(names)) == len(names)


def test_nobody_touched_a_url_or_file_while_judging(tmp_path):
    watch = _Watch(tmp_path)

    for variant in variants.HOSTILE:
        _judge(variant, variant.build(watch.canary))
    watch.close()

    assert watch.touched == []


def test_canaries_sing_when_somebody_touches_them(tmp_path):
    watch = _Watch(tmp_path)

    socket.create_connection(("127.0.0.1", watch._port.getsockname()[1])).close()
    Path(watch.canary.file.removeprefix("file://")).read_bytes()
    watch.close()

    assert sorted(watch.touched) == ["file", "url"]
