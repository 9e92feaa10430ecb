"""Write the product rules of the shipped packs from the published tables of their annexes.

python -m tools.annex_packs ../shared/data/psr [PACK ...]

The folder holds the `psr_*.csv` that `TABLES` names.  Only tables of product rules are written:
what a person decides about an agreement stands in its `agreement.toml`.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ooms.agreements.importing import Annex, Converted, convert

SHIPPED = Path(__file__).resolve().parents[1] / "ooms" / "agreements" / "data"


@dataclass(frozen=True, slots=True)
class Table:
    """A published table, and the file of a pack that it becomes.

    `code` begins the pointers to clauses nobody read; `source` is what each rule quotes, with the
    number of its row.
    """

    pack: str
    published: str
    code: str
    source: str = "Annex"
    out: str = "product_rules.csv"


TABLES: Final = (
    Table("cptpp", "psr_cptpp.csv", "CPTPP"),
    Table("gb-al", "psr_gb_al.csv", "GB-AL"),
    Table("gb-cariforum", "psr_gb_cariforum.csv", "GB-CARIFORUM"),
    Table("gb-centam", "psr_gb_centam.csv", "GB-CENTAM"),
    Table("gb-ch-li", "psr_gb_ch_li.csv", "GB-CH-LI"),
    Table("gb-ci", "psr_gb_ci.csv", "GB-CI"),
    Table("gb-cl", "psr_gb_cl.csv", "GB-CL"),
    Table("gb-dcts", "psr_gb_dcts_general.csv", "GB-DCTS"),
    Table("gb-eg", "psr_gb_eg.csv", "GB-EG"),
    Table("gb-esa", "psr_gb_esa.csv", "GB-ESA"),
    Table("gb-eu", "psr_gb_eu.csv", "GB-EU"),
    Table("gb-fo", "psr_gb_fo.csv", "GB-FO"),
    Table("gb-gsp", "psr_gb_gsp.csv", "GB-GSP"),
    Table("gb-kr", "psr_gb_kr.csv", "GB-KR"),
    Table("gb-md", "psr_gb_md.csv", "GB-MD"),
    Table("gb-nz", "psr_gb_nz.csv", "GB-NZ"),
    Table("gb-pacific", "psr_gb_pacific.csv", "GB-PACIFIC"),
    Table("gb-sg", "psr_gb_sg.csv", "GB-SG"),
    Table("gb-tn", "psr_gb_tn.csv", "GB-TN"),
    Table("gb-tr", "psr_gb_tr.csv", "GB-TR"),
    Table("gb-ua", "psr_gb_ua.csv", "GB-UA"),
    Table("gb-xk", "psr_gb_xk.csv", "GB-XK"),
    Table(
        "kr-eu",
        "psr_gb_kr.csv",
        "KREU",
        source="Annex II as continued in the UK-Korea agreement, HS 2022 basis",
    ),
    Table(
        "pem-tn",
        "psr_gb_tn.csv",
        "PEM-TN",
        source="2012 list as continued in the UK-Tunisia agreement, HS 2022 basis",
    ),
    Table(
        "pem-tn",
        "psr_gb_ch_li.csv",
        "PEM-TN-REVISED",
        source="revised list as the UK-Switzerland-Liechtenstein reference document has it, "
        "HS 2022 basis",
        out="product_rules_revised.csv",
    ),
)


def main() -> None:
    """Write the product rules of every pack, or of those named, and say how far each was read."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("packs", nargs="*", metavar="PACK")
    given = asked.parse_args()
    for table in TABLES:
        if given.packs and table.pack not in given.packs:
            continue
        converted = read_table(given.folder, table)
        out = SHIPPED / table.pack / table.out
        out.write_text(converted.table, encoding="utf-8")
        for warning in converted.warnings:
            print(warning.text, file=sys.stderr)
        statuses = ", ".join(f"{count} {name}" for name, count in converted.statuses.items())
        reached = f"{converted.covered}/{converted.total}"
        print(f"{table.pack}/{table.out}: {converted.rows} rows, {statuses}; {reached} codes")


def read_table(folder: Path, table: Table) -> Converted:
    """Convert a published table, in the edition that its own rows name."""
    text = (folder / table.published).read_text(encoding="utf-8")
    edition = int(next(csv.DictReader(io.StringIO(text)))["hs_version"])
    return convert(Annex(table.published, text, table.source, edition, table.code))


if __name__ == "__main__":
    main()
