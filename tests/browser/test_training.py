"""Somebody practices: exercises of each role, on cases that were filled in, beside a partner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ooms.demo.nodes import RunningNode
from ooms.demo.practice import cast
from ooms.demo.practice.filling import fill
from ooms.demo.practice.play import running
from tests.browser.people import Portal

OWN = cast.OWN.authority
MARK = "TRAINING: no legal effect."


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RunningNode]]:
    """An office for training and its pretend partner, filled."""
    with running(tmp_path_factory.mktemp("training")) as made:
        fill(made[OWN], made[cast.PARTNER.authority])
        yield made


@pytest.mark.parametrize(
    ("login", "count"), [("exporter", 4), ("officer", 4), ("supervisor", 1), ("border", 3)]
)
def test_everybody_finds_the_exercises_of_his_role(portal: Portal, login: str, count: int):
    learner = portal.person(OWN, login)
    learner.open("/training")

    learner.says(MARK)
    learner.says(f"0 of {count} are done.")
    expect(learner.page.get_by_text("Open the case")).to_have_count(count)
    learner.look(f"training-{login}")


@pytest.mark.parametrize("login", ["exporter", "officer", "supervisor", "border"])
def test_each_exercise_leads_to_its_case(portal: Portal, login: str):
    learner = portal.person(OWN, login)
    learner.open("/training")
    links = learner.page.get_by_role("link", name="Open the case").all()
    paths = [one.get_attribute("href") or "" for one in links]

    answers = [learner.page.goto(f"{learner.address}{path}") for path in paths]

    assert paths
    assert [one.status for one in answers if one] == [200] * len(paths)


def test_exercise_is_marked_done_when_its_case_stands_so(portal: Portal):
    supervisor = portal.person(OWN, "supervisor", scripts=False)
    supervisor.open("/training")
    supervisor.page.get_by_role("link", name="Open the case").click()
    supervisor.page.get_by_role("button", name="Refuse for good").click()
    supervisor.open("/training")

    supervisor.says("1 of 1 are done.")


def test_guest_of_a_training_office_is_told_before_he_checks(portal: Portal):
    guest = portal.guest(OWN)
    guest.open("/verify")

    guest.says(MARK)
    guest.look("training-verify")
