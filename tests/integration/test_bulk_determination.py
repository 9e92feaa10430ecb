"""Whole files: the same bytes wherever they are judged, in memory that does not grow."""

import csv
import gc
import json
import shutil
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path

import pytest

from ooms.agreements.registry import shipped_folder
from ooms.determinations import bulk
from ooms.determinations.bulk_columns import RESULTS, BulkFileError
from ooms.determinations.bulk_files import Source
from ooms.determinations.bulk_judging import Task
from tests.bench import bills

AGREEMENTS = ("AKFTA", "KCFTA", "KVFTA")


def judged(file, out, hands):
    source = Source.of(file)
    task = Task(source.header, source.delimiter, AGREEMENTS)
    summary = bulk.run(source, out, task=task, hands=hands, progress=lambda *_: None)
    return out.read_bytes(), summary


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return bills.write(tmp_path_factory.mktemp("bulk") / "bills.csv", cases=700)


@pytest.fixture(scope="module")
def here(file, tmp_path_factory):
    return judged(file, tmp_path_factory.mktemp("here") / "results.csv", bulk.here())


def test_every_case_is_judged_once_under_every_agreement(here):
    results, summary = here

    assert results.count(b"\n") == 1 + 700 * 3
    assert (summary.cases, summary.determinations, summary.errors) == (700, 2100, 0)


def test_two_processes_give_the_same_bytes(file, here, tmp_path):
    with bulk.in_processes(2) as hands:
        results, summary = judged(file, tmp_path / "results.csv", hands)

    assert here == (results, summary)


def test_dask_cluster_gives_the_same_bytes(file, here, tmp_path):
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client:
        results, summary = judged(file, tmp_path / "results.csv", bulk.on_client(client))

    assert here == (results, summary)


def test_parquet_in_and_out_hold_the_same_rows(file, here, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    arrow_csv = pytest.importorskip("pyarrow.csv")
    with file.open() as lines:
        texts = dict.fromkeys(next(csv.reader(lines)), "string")
    table = arrow_csv.read_csv(
        file, convert_options=arrow_csv.ConvertOptions(column_types=texts, strings_can_be_null=True)
    )
    parquet.write_table(table, tmp_path / "bills.parquet")

    judged(tmp_path / "bills.parquet", tmp_path / "results.parquet", bulk.here())

    rows = parquet.read_table(tmp_path / "results.parquet").to_pylist()
    assert list(csv.DictReader(here[0].decode().splitlines())) == rows


def test_parquet_of_binary_floats_is_refused(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table({"case": ["A"], "value": [35.1]}), tmp_path / "bills.parquet")

    with pytest.raises(BulkFileError, match="binary floats"):
        Source.of(tmp_path / "bills.parquet")


def test_memory_does_not_grow_with_the_file(tmp_path):
    """Four times the cases, and the peak stays where it was."""

    def tidied(_done: int, _total: int) -> None:
        gc.collect()

    def peak(cases):
        written = bills.write(tmp_path / f"{cases}.csv", cases=cases)
        source = replace(Source.of(written), block_bytes=16_384)
        task = Task(source.header, source.delimiter, ("AKFTA",))
        tracemalloc.start()
        out = tmp_path / "results.csv"
        bulk.run(source, out, task=task, hands=bulk.here(), progress=tidied)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(64)  # packs and caches fill once

    assert peak(320) <= 1.25 * peak(80)


def test_failed_run_leaves_no_file_of_results(tmp_path):
    source = Source.of(bills.write(tmp_path / "bills.csv", cases=3))

    def fail(*_):
        raise RuntimeError("a worker died")

    with pytest.raises(RuntimeError):
        bulk.run(
            source,
            tmp_path / "results.csv",
            task=Task(source.header, source.delimiter, AGREEMENTS),
            hands=bulk.Hands(1, fail),
            progress=lambda *_: None,
        )

    assert [path.name for path in tmp_path.iterdir()] == ["bills.csv"]


def ooms(*arguments, cwd):
    return subprocess.run(
        [Path(sys.executable).parent / "ooms", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path):
    bills.write(tmp_path / "bills.csv", cases=40)
    return tmp_path


def test_command_judges_a_file_and_tells_the_sums(folder):
    ran = ooms(
        *("determine", "--bulk", "bills.csv", "--agreements", "AKFTA,KVFTA"),
        *("--out", "results.csv", "--workers", 1, "--json"),
        cwd=folder,
    )

    told = json.loads(ran.stdout)
    rows = list(csv.reader((folder / "results.csv").read_text().splitlines()))
    assert (ran.returncode, told["cases"], told["determinations"]) == (0, 40, 80)
    assert [list(RESULTS), 81] == [rows[0], len(rows)]


def test_command_exits_with_one_when_a_case_is_unreadable(folder):
    text = (folder / "bills.csv").read_text()
    (folder / "bills.csv").write_text(text.replace("P00000007,2026-11-20", "P00000007,yesterday"))

    ran = ooms("determine", "--bulk", "bills.csv", "--workers", 1, "--json", cwd=folder)

    assert ran.returncode == 1
    assert json.loads(ran.stdout)["errors"] == 1


def test_impact_of_a_changed_pack_is_told_in_both_directions(folder):
    with as_file(shipped_folder("akfta")) as akfta:
        shutil.copytree(akfta, folder / "packs" / "akfta")
    pack = folder / "packs" / "akfta" / "agreement.toml"
    pack.write_text(pack.read_text().replace("CTH | RVC>=40%FOB", "CTH & RVC>=55%FOB"))

    change = ("impact", "bills.csv", "--agreements", "AKFTA", "--workers", 1, "--json")
    stricter = ooms(*change, "--packs", "packs", cwd=folder)
    looser = ooms(*change, "--packs-before", "packs", cwd=folder)

    worse, better = (json.loads(ran.stdout)["effects"] for ran in (stricter, looser))
    assert worse["lost"] > 0
    assert worse["lost"] + worse.get("now_needs_fact", 0) == better["gained"]


def test_impact_compares_two_files_of_results(folder):
    run = ("determine", "--bulk", "bills.csv", "--agreements", "AKFTA", "--workers", 1)
    ooms(*run, "--out", "before.csv", cwd=folder)
    ooms(*run, "--out", "after.csv", cwd=folder)
    after = (folder / "after.csv").read_text()
    (folder / "after.csv").write_text(after.replace(",originating,CTH,", ",non_originating,,", 1))

    ran = ooms("impact", "before.csv", "--after", "after.csv", "--json", cwd=folder)

    assert json.loads(ran.stdout)["effects"] == {"lost": 1}
    assert len((folder / "before.impact.csv").read_text().splitlines()) == 2


def test_impact_without_a_change_asks_for_one(folder):
    ran = ooms("impact", "bills.csv", cwd=folder)

    assert ran.returncode == 2
    assert "say what changes" in ran.stderr
