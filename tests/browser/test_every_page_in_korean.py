"""Every page for exporters, officers and the public in Korean: nothing is left in English."""

from __future__ import annotations

from http import HTTPStatus

from tests.browser.english_left import english_left
from tests.browser.every_page import pages, samples
from tests.browser.filled_offices import KOREA, Filled
from tests.browser.test_every_page import offices
from tests.integration.portal.test_page_walk import wear

__all__ = ["offices"]  # the fixture: two offices with something of everything

#: Its readers are whoever runs the node; English may do there.
OPERATORS = "/operator"
#: What people wrote: descriptions, questions, answers, facts, names.
WRITTEN = frozenset(
    {
        "All foreign materials change",
        "Does assembly from Japanese boards",
        "FROZEN SHRIMPS",
        "Here they are",
        "Please verify the origin",
        "Send the papers of",
        "The boards were assembled",
        "The converters originate",
        "The model was mistyped",
        "Where were the boards made",
        "a planned move",
        "boxes were open at the gate",
        "cost sheet",
        "file register",
        "file statement",
        # a source, which stays as it was written: decision 22
        "numbers of the Korea Customs Service",
        "nothing came",
        "printed circuit",
        "process sheet",
        "the materials come from elsewhere",
        "the plates say",
    }
)


def test_page_in_korean_leaves_nothing_in_english(offices: Filled):
    left, seen = {}, 0

    for door in pages(offices.apps[KOREA]):
        for one in () if door.path.startswith(OPERATORS) else samples(offices, door):
            client = offices.offices.clients[one.authority]
            client.cookies.clear()
            if one.who:
                wear(client, offices.people[one.authority][one.who])
            client.cookies.set("language", "ko")
            answer = client.get(one.address)
            assert answer.status_code == HTTPStatus.OK, one.address
            seen += 1
            told = set(english_left(answer.text, written=WRITTEN))
            if told:
                left[one.address] = told

    assert seen > 100
    assert left == {}, "\n".join(f"{where}: {what}" for where, what in left.items())
