"""Certificates are read once from the messages that brought them; the least used go first."""

from types import SimpleNamespace
from typing import Any

import pytest

from eodes.exchange.lookup import Readings


class Judge:
    """Reads a document as itself, and notes what it read."""

    def __init__(self):
        self.read = []

    def reread(self, document):
        self.read.append(document)
        return None, SimpleNamespace(certificate=f"certificate of {document}")


class Unit:
    """Messages by partner and id; the document of each is its id."""

    def __init__(self, known):
        self.inbox = self
        self._known = known

    def documents(self, ids):
        return {one: one[1] for one in ids if one in self._known}


ONE, TWO, THREE = (("KR-KCS", name) for name in ("one", "two", "three"))


@pytest.fixture
def unit():
    return Unit({ONE, TWO, THREE})


def _readings(judge: Any, **limits: int) -> Any:
    """Return readings by a stand-in: they ask it for nothing but `read`."""
    return Readings(judge, **limits)


def test_message_is_read_once_however_often_it_is_asked(unit):
    judge = Judge()
    readings = _readings(judge)

    first = readings.of(unit, [ONE, ONE])
    again = readings.of(unit, [ONE, TWO])

    assert first == {ONE: "certificate of one"}
    assert again == {ONE: "certificate of one", TWO: "certificate of two"}
    assert judge.read == ["one", "two"]


def test_reading_that_was_least_used_goes_first(unit):
    judge = Judge()
    readings = _readings(judge, most=2)

    for asked in (ONE, TWO, ONE, THREE, ONE, TWO):
        readings.of(unit, [asked])

    assert judge.read == ["one", "two", "three", "two"]


def test_message_that_is_not_there_is_not_remembered(unit):
    missing = ("KR-KCS", "gone")
    readings = _readings(Judge())

    assert readings.of(unit, [missing]) == {}
    assert readings.of(Unit({missing}), [missing]) == {missing: "certificate of gone"}
