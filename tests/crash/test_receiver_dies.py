"""The importing side is killed around each of its commits; every story ends as it should."""

from tests.crash.ending import check_ending, die_everywhere
from tests.crash.process import CHINA

LEAST_COMMITS = 10


def test_story_without_a_death_ends_as_it_should(sqlite_stage):
    assert sqlite_stage.play() is False
    check_ending(sqlite_stage)


def test_receiver_killed_at_every_commit_registers_each_certificate_once(sqlite_stage):
    assert die_everywhere(sqlite_stage, CHINA) > LEAST_COMMITS


def test_receiver_killed_on_postgresql_registers_each_certificate_once(postgresql_stage):
    assert die_everywhere(postgresql_stage, CHINA, step=5) > LEAST_COMMITS
