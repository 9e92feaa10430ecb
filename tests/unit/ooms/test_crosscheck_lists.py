"""Lists are taken whole or not at all; the first thing that is wrong is told with its place."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from ooms.crosschecks.listings import LISTINGS
from ooms.crosschecks.lists import Problem, read_list
from ooms.crosschecks.model import Kind
from tests.registers import put

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEAD = "number,name,aliases,country\n"
GOOD = HEAD + '1,ACME TRADING,"ACME; A.C.M.E.",VN\n2,OTHER,,\n'


def read(folder, text, *, name="restricted_parties.csv", kind=Kind.RESTRICTED_PARTIES):
    return read_list(put(folder, name, text, at=NOW), listing=LISTINGS[kind], now=NOW)


def test_list_is_read_with_its_lines_and_date(tmp_path):
    found = read(tmp_path, "\ufeff" + GOOD)

    assert found.as_of == NOW
    assert found.entries == (
        (2, {"number": "1", "name": "ACME TRADING", "aliases": "ACME; A.C.M.E.", "country": "VN"}),
        (3, {"number": "2", "name": "OTHER"}),
    )


def test_json_says_itself_when_it_was_written(tmp_path):
    entries = [{"number": "1", "name": "ACME", "aliases": ["A", "B"], "country": None}]
    text = json.dumps({"as_of": "2026-11-20T18:00:00+09:00", "entries": entries})
    found = read(tmp_path, text, name="parties.json")

    assert found.as_of == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert found.entries == ((1, {"number": "1", "name": "ACME", "aliases": "A;B"}),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD + "3,,,\n", "line 4: name is empty"),
        (GOOD + "3,X,,vn\n", "line 4: country: 'vn': is no country of two capital letters"),
        (GOOD + "3,X\n", "line 4: has 2 cells, the head 4"),
        (GOOD + "3,X,,", "line 4: the last line has no end: the file may be cut off"),
        (GOOD + '3,"X,,\n', "line 4: is no CSV: unexpected end of data"),
        (HEAD, "restricted_parties.csv holds no entry; an empty list would clear everybody"),
        ("", "restricted_parties.csv holds no entry; an empty list would clear everybody"),
        ("number,nom\n1,X\n", "line 2: unknown column nom; known are number, name, aliases, "),
        ("number,name,name\n1,X,Y\n", "line 1: names the column name twice"),
        ("number,name,first_day\n1,X,soon\n", "line 2: first_day: 'soon': "),
        (
            "number,name,first_day,last_day\n1,X,2026-02-01,2026-01-01\n",
            "line 2: last_day lies before first_day",
        ),
    ],
)
def test_list_with_a_flaw_is_refused_with_its_line(tmp_path, text, problem):
    found = read(tmp_path, text)

    assert isinstance(found, Problem)
    assert str(found).startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is no JSON"),
        ("[]", 'is not {"as_of": "...", "entries": [...]}'),
        ('{"entries": {}}', '"entries" is no list'),
        ('{"entries": [], "as_of": "2026-11-20"}', "as_of: '2026-11-20' has no time zone"),
        ('{"entries": [{"number": "1", "name": "X"}, 2]}', "entry 2: the entry is no object"),
        ('{"entries": [{"number": 1, "name": "X"}]}', "entry 1: number is no text"),
        (
            '{"as_of": "2026-11-23T00:00:00Z", "entries": [{"number": "1", "name": "X"}]}',
            "parties.json is dated 2026-11-23T00:00:00+00:00, which is still to come",
        ),
    ],
)
def test_json_with_a_flaw_is_refused_with_its_entry(tmp_path, text, problem):
    found = read(tmp_path, text, name="parties.json")

    assert str(found).startswith(problem)


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        (
            Kind.STRATEGIC_GOODS,
            "record,number,hs\nPERMIT,P-1,8504\n",
            "line 2: exporter_id: a permit has a holder",
        ),
        (Kind.STRATEGIC_GOODS, "record,number,hs\nOTHER,P-1,8504\n", "line 2: record: 'OTHER': "),
        (Kind.RECALLED_GOODS, "number,hs\nR-1,8504\n", "line 2: a recall names a brand"),
        (Kind.RECALLED_GOODS, "number,hs,model\nR-1,8,X\n", "line 2: hs: '8': "),
        (
            Kind.EXPORT_DECLARATION,
            "number,exporter_id,hs,quantity,unit\n1,2,850440,5,\n",
            "line 2: quantity and unit go together",
        ),
        (
            Kind.EXPORT_DECLARATION,
            "number,exporter_id,hs,quantity,unit\n1,2,850440,-5,KGM\n",
            "line 2: quantity: '-5': ",
        ),
        (
            Kind.APPROVED_EXPORTER,
            "number,exporter_id,agreements,hs\nA,1,AKFTA,8504\n",
            "line 2: hs: 8504 is no subheading of six digits",
        ),
    ],
)
def test_each_kind_refuses_what_it_could_not_judge(tmp_path, kind, text, problem):
    found = read(tmp_path, text, kind=kind)

    assert str(found).startswith(problem)


def test_file_that_is_not_there_is_told(tmp_path):
    listing = LISTINGS[Kind.RESTRICTED_PARTIES]
    found = read_list(tmp_path / "none.csv", listing=listing, now=NOW)

    assert str(found).startswith("none.csv cannot be read: ")


def test_text_in_another_encoding_is_refused_at_its_line(tmp_path):
    file = put(tmp_path, "restricted_parties.csv", GOOD, at=NOW)
    file.write_bytes(GOOD.encode() + "3,한빛,,KR\n".encode("euc-kr"))
    found = read_list(
        file, listing=LISTINGS[Kind.RESTRICTED_PARTIES], now=datetime.max.replace(tzinfo=UTC)
    )

    assert str(found) == "line 4: is not written in UTF-8"


@pytest.mark.parametrize(("promised", "is_taken"), [(GOOD, True), (GOOD + "3,X,,\n", False)])
def test_digest_beside_the_file_has_to_agree(tmp_path, promised, is_taken):
    digest = hashlib.sha256(promised.encode()).hexdigest()
    (tmp_path / "restricted_parties.csv.sha256").write_text(f"{digest}  restricted_parties.csv\n")
    found = read(tmp_path, GOOD)

    assert isinstance(found, Problem) is not is_taken
