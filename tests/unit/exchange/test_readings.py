"""Certificates are read once from the messages that brought them; the least used go first."""

from types import SimpleNamespace
from typing import Any

import pytest

from eodes.exchange.lookup import Readings


class Judge:
    """Reads a document as itself, and notes what it read."""

    def __init__(self):
        self.read = []

    def reread_body(self, document):
        self.read.append(document)
        return SimpleNamespace(certificate=f"certificate of {document}")


class Unit:
    """Messages by partner and id; the document of each is its id."""

    def __init__(self, known):
        self.inbox = self
        self.asked = []
        self._known = known

    def documents(self, ids):
        self.asked += sorted(ids)
        return {one: one[1] for one in ids if one in self._known}


ONE, TWO, THREE = (("KR-KCS", name) for name in ("one", "two", "three"))


@pytest.fixture
def unit():
    return Unit({ONE, TWO, THREE})


def _readings(judge: Any, **limits: int) -> Any:
    """Return readings by a stand-in: they ask it for nothing but `read`."""
    return Readings(judge, **limits)


def _of(readings, unit, *names, brought=None):
    """Ask for the certificates of messages, each of the number that its message is called."""
    entries = [
        SimpleNamespace(partner=partner, message_id=name, key=SimpleNamespace(number_key=name))
        for partner, name in names
    ]
    return readings.of(unit, entries, brought=brought or {})


def test_message_is_read_once_however_often_it_is_asked(unit):
    judge = Judge()
    readings = _readings(judge)

    first = _of(readings, unit, ONE, ONE)
    again = _of(readings, unit, ONE, TWO)

    assert first == {ONE: "certificate of one"}
    assert again == {ONE: "certificate of one", TWO: "certificate of two"}
    assert sorted(judge.read) == ["one", "two"]


def test_reading_that_was_least_used_goes_first(unit):
    judge = Judge()
    readings = _readings(judge, most=2)

    for asked in (ONE, TWO, ONE, THREE, ONE, TWO):
        _of(readings, unit, asked)

    assert judge.read == ["one", "two", "three", "two"]


def test_message_that_is_not_there_is_not_remembered(unit):
    missing = ("KR-KCS", "gone")
    readings = _readings(Judge())

    assert _of(readings, unit, missing) == {}
    assert _of(readings, Unit({missing}), missing) == {missing: "certificate of gone"}


def test_message_that_is_brought_along_is_not_looked_for(unit):
    readings = _readings(Judge())

    found = _of(readings, unit, ONE, TWO, brought={ONE: "one, brought"})

    assert found == {ONE: "certificate of one, brought", TWO: "certificate of two"}
    assert unit.asked == [TWO]


def test_only_numbers_that_were_read_lately_are_there(unit):
    readings = _readings(Judge())

    _of(readings, unit, ONE, TWO)

    assert readings.have({"one", "two"})
    assert not readings.have({"one", "three"})


def test_same_number_of_another_message_is_read_for_itself(unit):
    judge = Judge()
    readings = _readings(judge)
    entries = [
        SimpleNamespace(partner="KR-KCS", message_id=name, key=SimpleNamespace(number_key="K1"))
        for name in ("one", "two")
    ]

    readings.of(unit, entries[:1], brought={})
    both = readings.of(unit, entries, brought={})

    assert both == {ONE: "certificate of one", TWO: "certificate of two"}
    assert judge.read == ["one", "two"]
