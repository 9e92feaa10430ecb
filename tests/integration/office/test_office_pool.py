"""An office whose connections to the database are all in use: callers are told to come again."""

import time

import pytest

from eodes.errors import NoConnectionError
from eodes.store.database import Database, Pool
from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.offices import offices_of

ONE_AND_NO_MORE = Pool(kept=1, more=0, wait_seconds=0.1)


@pytest.fixture(params=[SQLITE])
def database(request):
    database = Database(request.getfixturevalue(f"{request.param}_url"), pool=ONE_AND_NO_MORE)
    yield database
    database.dispose()


def open_both_ways(database):
    return database.begin, database.read


@pytest.mark.parametrize("way", [0, 1])
def test_caller_without_connection_is_told_after_a_while(database, way):
    step = open_both_ways(database)[way]

    with database.read(), pytest.raises(NoConnectionError), step():
        pass


def test_step_that_waited_for_a_connection_is_not_repeated(database):
    begun = []

    def step():
        begun.append(time.monotonic())
        with database.read():
            pass

    with database.read(), pytest.raises(NoConnectionError):
        database.repeat(step)

    assert len(begun) == 1


def test_database_without_free_connection_is_not_called_reachable(database):
    with database.read():
        assert not database.is_reachable()

    assert database.is_reachable()


def test_office_without_free_connection_answers_busy(database, tmp_path):
    with offices_of(tmp_path / "nodes", "KR-KCS", databases={"KR-KCS": database}) as offices:
        officer = offices.person("KR-KCS", "kim", Role.OFFICER)
        with database.read():
            told = officer.try_get("/certificates")
            asked = officer.try_post("/applications/a-1/review")
        after = officer.try_get("/certificates")

    for answer in (told, asked):
        assert (answer.status_code, answer.json()["code"]) == (503, "SYS-BUSY")
        assert int(answer.headers["Retry-After"]) > 0
    assert after.status_code == 200
