"""Files of bills imported behind the request: progress, two workers, a dead one, all or none."""

import itertools
import threading
import time

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.bill_imports.model import State
from ooms.bill_imports.service import LEASE, MOST_ATTEMPTS, LostClaimError
from ooms.jobs import table
from ooms.products.bill_sheet import read_bills
from tests.workbooks import sheet_of, workbook

HEADER = (
    "product",
    "description",
    "product_hs",
    "hs_edition",
    "name",
    "hs",
    "originating",
    "value",
)
ROW = ("SC-700", "STATIC CONVERTER", "850440", 2022, "board", "853400", False, 35)
_keys = itertools.count(1)


def csv_of(*rows):
    return "\n".join(",".join(map(str, row)) for row in (HEADER, *rows)).encode()


def hand_in(person, content, file="bills.csv", **headers):
    person.clock.advance(seconds=1)
    return person.client.post(
        "/api/v1/products/imports/files",
        files={"file": (file, content)},
        headers=person.headers | {"Idempotency-Key": f"file-{next(_keys)}"} | headers,
    )


def handed_in(person, content, file="bills.csv"):
    answer = hand_in(person, content, file)
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


def run_job(office):
    (job,) = [one for one in table(office) if one.name == "bill-imports"]
    return job.run()


def seen(person, import_id):
    return person.get(f"/products/imports/{import_id}")


@pytest.fixture
def office(offices):
    return offices.offices["KR-KCS"]


def test_workbook_is_received_then_read_and_written(offices, office, exporter):
    content = workbook({"bills": sheet_of([HEADER, ROW])})

    answer = hand_in(exporter, content, "bills.xlsx")
    received = seen(exporter, answer.json()["id"])
    run_job(office)
    done = seen(exporter, received["id"])

    assert (answer.status_code, received["state"], received["rows_total"]) == (
        202,
        "RECEIVED",
        None,
    )
    assert (done["state"], done["rows_read"], done["rows_total"]) == ("DONE", 1, 1)
    assert (done["bills"], done["new_products"], done["flaws"]) == (1, 1, 0)
    (product,) = exporter.get("/products")["items"]
    assert product["bill"]["materials"][0]["value"] == "35"
    assert exporter.get("/products/imports")["items"] == [done]


def test_same_key_brings_the_same_import_again(exporter):
    first = hand_in(exporter, csv_of(ROW), **{"Idempotency-Key": "once"})
    again = hand_in(exporter, csv_of(ROW), **{"Idempotency-Key": "once"})
    other = hand_in(exporter, csv_of(ROW, ROW), **{"Idempotency-Key": "once"})

    assert first.json() == again.json()
    assert (other.status_code, other.json()["code"]) == (422, "DUP-IDEMPOTENCY-KEY")


def test_flawed_file_is_refused_with_flaws_by_pages(offices, office, exporter):
    rows = [(f"M-{n}", "X", "850440", 2022, "board", "85340", "perhaps", "x") for n in range(3)]
    key = handed_in(exporter, csv_of(*rows))

    run_job(office)

    told = seen(exporter, key)
    first = exporter.get(f"/products/imports/{key}/flaws?limit=4")
    rest = exporter.get(f"/products/imports/{key}/flaws?cursor={first['next']}")
    assert (told["state"], told["bills"]) == ("REFUSED", 0)
    assert told["flaws"] == len(first["items"]) + len(rest["items"])
    assert first["items"][0]["pointer"] == "bills.csv#row=2&column=originating"
    assert rest["next"] is None
    assert exporter.get("/products")["items"] == []
    assert contents(office) == 0


def contents(office):
    counted = text("SELECT COUNT(*) FROM ooms_bill_import_content")
    return office.works.read(lambda work: work.transaction.execute(counted).scalar())


@pytest.mark.parametrize(
    ("file", "content"),
    [("bills.xls", b"x"), ("", b"x"), ("a/b#c.csv", b"x"), ("bills.csv", b"")],
)
def test_file_of_a_wrong_name_or_none_is_refused(exporter, file, content):
    answer = hand_in(exporter, content, file)

    assert answer.status_code == 422, answer.text


def test_file_beyond_the_limit_is_refused_before_it_is_read(exporter):
    answer = hand_in(exporter, bytes(10 * 1024 * 1024 + 8192))

    assert (answer.status_code, answer.json()["code"]) == (422, "SCH-SHEET")


def test_bytes_that_are_no_text_say_what_to_do(office, exporter):
    key = handed_in(exporter, "product,name\nSC-1,Schraube für".encode("latin-1"))

    run_job(office)

    (flaw,) = exporter.get(f"/products/imports/{key}/flaws")["items"]
    assert "save it as CSV in UTF-8" in flaw["detail"]


def test_imports_of_others_do_not_exist(offices, office, exporter):
    key = handed_in(exporter, csv_of(ROW))
    rival = offices.company("rival", name="RIVAL CO.", tax_id="120-81-00002")
    kim = offices.person("KR-KCS", "kim", Role.OFFICER)

    answers = [
        rival.try_get(f"/products/imports/{key}{more}").status_code for more in ("", "/flaws")
    ]

    assert answers == [404, 404]
    assert rival.get("/products/imports")["items"] == []
    assert kim.try_get(f"/products/imports/{key}").json()["code"] == "AUT-ROLE"


def test_standing_is_asked_for_again_when_bills_are_written(offices, office, exporter):
    key = handed_in(exporter, csv_of(ROW))
    clerk = offices.log_in("KR-KCS", "clerk-of-hanbit")
    company = exporter.get("/account")["exporter_id"]
    decision = {"state": "SUSPENDED", "reason": "owes an answer"}
    clerk.post(f"/exporters/{company}/account", decision)

    run_job(office)

    told = seen(exporter, key)
    (flaw,) = exporter.get(f"/products/imports/{key}/flaws")["items"]
    assert (told["state"], flaw["code"]) == ("REFUSED", "AUT-COMPANY")
    assert exporter.get("/products")["items"] == []


def test_two_workers_import_each_file_once(offices, office, exporter):
    keys = [handed_in(exporter, csv_of((f"M-{n}", *ROW[1:]))) for n in range(6)]
    start = threading.Barrier(3)
    imported = []

    def work():
        start.wait()
        imported.append(run_job(office))

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sum(imported) == len(keys)
    assert {seen(exporter, key)["state"] for key in keys} == {"DONE"}
    assert len(exporter.get("/products")["items"]) == len(keys)


def test_dead_workers_import_is_taken_up_and_done_once(offices, office, exporter):
    key = handed_in(exporter, csv_of(ROW))
    desk, works = office.bill_imports, office.works
    dead = works.do(desk.claim)
    idle = run_job(office)
    offices.world.clock.advance(seconds=LEASE.total_seconds() + 1)

    run_job(office)

    assert idle == 0
    assert seen(exporter, key)["state"] == "DONE"
    bills = read_bills(csv_of(ROW).decode(), file="bills.csv")
    with pytest.raises(LostClaimError):
        works.do(lambda work: desk.write(work, dead.moved(State.WRITING), bills))
    assert len(exporter.get("/products")["items"]) == 1


def test_worker_that_was_overtaken_writes_nothing(offices, office, exporter):
    key = handed_in(exporter, csv_of(ROW))
    desk, works = office.bill_imports, office.works
    slow = works.do(desk.claim)
    offices.world.clock.advance(seconds=LEASE.total_seconds() + 1)
    quick = works.do(desk.claim)

    with pytest.raises(LostClaimError):
        works.do(lambda work: desk.tell(work, slow))

    assert (quick.id, quick.attempts) == (key, 2)
    assert exporter.get("/products")["items"] == []


def test_file_that_ends_its_readers_is_refused(offices, office, exporter):
    key = handed_in(exporter, csv_of(ROW))
    for _ in range(MOST_ATTEMPTS):
        office.works.do(office.bill_imports.claim)
        offices.world.clock.advance(seconds=LEASE.total_seconds() + 1)

    run_job(office)

    (flaw,) = exporter.get(f"/products/imports/{key}/flaws")["items"]
    assert seen(exporter, key)["state"] == "REFUSED"
    assert "ended its reader" in flaw["detail"]


def test_twenty_thousand_rows_show_how_far_they_are(offices, office, exporter):
    rows = [(f"M-{n}", *ROW[1:]) for n in range(20_000)]
    key = handed_in(exporter, workbook({"bills": sheet_of([HEADER, *rows])}), "bills.xlsx")
    states = []
    began = time.monotonic()
    worker = threading.Thread(target=run_job, args=(office,))
    worker.start()
    while worker.is_alive():
        told = seen(exporter, key)
        states.append((told["state"], told["rows_read"]))
        time.sleep(0.2)
    worker.join()

    done = seen(exporter, key)
    assert (done["state"], done["new_products"]) == ("DONE", 20_000), done
    assert {state for state, _ in states} >= {"READING", "WRITING"}
    assert len({read for _, read in states}) > 2
    assert states == sorted(states, key=lambda one: (list(State).index(State(one[0])), one[1]))
    print("seconds", time.monotonic() - began)


def test_every_end_of_an_import_is_recorded(offices, office, exporter):
    handed_in(exporter, csv_of(ROW))
    handed_in(exporter, b"nothing")
    run_job(office)
    clerk = offices.log_in("KR-KCS", "clerk-of-hanbit")

    told = [one["what"] for one in clerk.get("/audit?limit=200")["items"]]

    assert {"bill_import.received", "bill_import.done", "bill_import.refused"} <= set(told)
