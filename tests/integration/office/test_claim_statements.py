"""How often a claim asks the database: what each statement costs is paid with every claim."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.offices import an_application, approved, determined

EXAMINED, CLAIMED = 9, 32
#: What begins and ends a transaction is no look.
LOOKS = ("DELETE", "INSERT", "SELECT", "UPDATE")
#: A process looks once a second whether its partners have changed, whoever asks.
ONCE_A_SECOND = "eodes_trust_version"


@pytest.fixture
def issued(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


def a_claim(number, *, declaration, lines=1):
    line = {
        "certificate_number": number,
        "item_no": 1,
        "hs": "850440",
        "quantity": "2",
        "unit": "C62",
        "invoice": "HB-2026-001",
    }
    return {
        "declaration_number": declaration,
        "importer": {"name": "ORIENT POWER TRADING"},
        "lines": [line | {"line_no": place} for place in range(1, lines + 1)],
    }


@contextmanager
def looks(offices) -> Iterator[list[str]]:
    """Note the statements of a block."""
    noted: list[str] = []

    def note(*about: object) -> None:
        statement = str(about[2])
        if statement.startswith(LOOKS) and ONCE_A_SECOND not in statement:
            noted.append(statement)

    engine = offices.offices["VN-CUSTOMS"].works.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield noted
    event.remove(engine, "before_cursor_execute", note)


def test_examination_of_one_line_asks_nine_statements(offices, importer, issued):
    importer.post("/claims/examination", a_claim(issued["number"], declaration="D-1"))

    with looks(offices) as asked:
        importer.post("/claims/examination", a_claim(issued["number"], declaration="D-2"))

    assert len(asked) <= EXAMINED, asked


def test_examination_of_five_lines_asks_no_more_statements(offices, importer, issued):
    importer.post("/claims/examination", a_claim(issued["number"], declaration="D-1"))

    with looks(offices) as of_one:
        importer.post("/claims/examination", a_claim(issued["number"], declaration="D-2"))
    with looks(offices) as of_five:
        importer.post("/claims/examination", a_claim(issued["number"], declaration="D-3", lines=5))

    assert len(of_five) == len(of_one)


def test_claim_of_five_lines_asks_no_more_statements(offices, importer, issued):
    importer.post("/claims", a_claim(issued["number"], declaration="D-1"))

    with looks(offices) as of_one:
        importer.post("/claims", a_claim(issued["number"], declaration="D-2"))
    with looks(offices) as of_five:
        importer.post("/claims", a_claim(issued["number"], declaration="D-3", lines=5))

    assert len(of_one) <= CLAIMED, of_one
    assert len(of_five) == len(of_one)
