"""Write the product rules of the shipped packs from the published tables of their annexes.

python -m tools.annex_packs ../shared/data/psr [CODE ...]

The folder holds one `psr_*.csv` for each agreement of `TABLES`.  Only `product_rules.csv` is
written: what a person decides about an agreement stands in its `agreement.toml`.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path
from typing import Final

from ooms.agreements.importing import Annex, Converted, convert

SHIPPED = Path(__file__).resolve().parents[1] / "ooms" / "agreements" / "data"
SOURCE: Final = "Annex"

#: Folder of the pack: file of the annex, and the code that pointers to its rows begin with.
TABLES: Final = {
    "cptpp": ("psr_cptpp.csv", "CPTPP"),
    "gb-al": ("psr_gb_al.csv", "GB-AL"),
    "gb-cariforum": ("psr_gb_cariforum.csv", "GB-CARIFORUM"),
    "gb-centam": ("psr_gb_centam.csv", "GB-CENTAM"),
    "gb-ch-li": ("psr_gb_ch_li.csv", "GB-CH-LI"),
    "gb-ci": ("psr_gb_ci.csv", "GB-CI"),
    "gb-cl": ("psr_gb_cl.csv", "GB-CL"),
    "gb-dcts": ("psr_gb_dcts_general.csv", "GB-DCTS"),
    "gb-eg": ("psr_gb_eg.csv", "GB-EG"),
    "gb-esa": ("psr_gb_esa.csv", "GB-ESA"),
    "gb-eu": ("psr_gb_eu.csv", "GB-EU"),
    "gb-fo": ("psr_gb_fo.csv", "GB-FO"),
    "gb-gsp": ("psr_gb_gsp.csv", "GB-GSP"),
    "gb-kr": ("psr_gb_kr.csv", "GB-KR"),
    "gb-md": ("psr_gb_md.csv", "GB-MD"),
    "gb-nz": ("psr_gb_nz.csv", "GB-NZ"),
    "gb-pacific": ("psr_gb_pacific.csv", "GB-PACIFIC"),
    "gb-sg": ("psr_gb_sg.csv", "GB-SG"),
    "gb-tn": ("psr_gb_tn.csv", "GB-TN"),
    "gb-tr": ("psr_gb_tr.csv", "GB-TR"),
    "gb-ua": ("psr_gb_ua.csv", "GB-UA"),
    "gb-xk": ("psr_gb_xk.csv", "GB-XK"),
}


def main() -> None:
    """Write the product rules of every pack, or of those named, and say how far each was read."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("packs", nargs="*", metavar="CODE")
    given = asked.parse_args()
    for pack in given.packs or TABLES:
        converted = read_table(given.folder, pack)
        out = SHIPPED / pack / "product_rules.csv"
        out.parent.mkdir(exist_ok=True)
        out.write_text(converted.table, encoding="utf-8")
        for warning in converted.warnings:
            print(warning.text, file=sys.stderr)
        statuses = ", ".join(f"{count} {name}" for name, count in converted.statuses.items())
        reached = f"{converted.covered}/{converted.total}"
        print(f"{pack}: {converted.rows} rows, {statuses}; {reached} codes")


def read_table(folder: Path, pack: str) -> Converted:
    """Convert one agreement's table, in the edition that its own rows name."""
    file, code = TABLES[pack]
    text = (folder / file).read_text(encoding="utf-8")
    edition = int(next(csv.DictReader(io.StringIO(text)))["hs_version"])
    return convert(Annex(file, text, SOURCE, edition, code))


if __name__ == "__main__":
    main()
