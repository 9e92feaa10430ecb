"""The issuing side is killed around each of its commits; every story ends as it should."""

from tests.crash.ending import die_everywhere
from tests.crash.process import KOREA

LEAST_COMMITS = 15


def test_sender_killed_at_every_commit_has_each_certificate_registered_once(sqlite_stage):
    assert die_everywhere(sqlite_stage, KOREA) > LEAST_COMMITS


def test_sender_killed_on_postgresql_has_each_certificate_registered_once(postgresql_stage):
    assert die_everywhere(postgresql_stage, KOREA, step=5) > LEAST_COMMITS
