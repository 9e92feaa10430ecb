"""Makes bulk files of any size: converters, shirts, sweets and cars, each with twenty materials."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

HEADER = (
    "case,on,hs_edition,exporting_party,importing_party,product_hs,product_description,"
    "price_basis,price_amount,price_currency,processes,"
    "material,material_hs,originating,origin,value,weight,kind\n"
)
LINES = 20
GOODS = ("620342", "901380", "902150", "850440", "852872", "870323", "610910", "392690")
_MATERIALS = (
    *("853400", "853224", "854129", "850450", "741121", "732690", "392690", "854442"),
    *("520811", "540752", "170199", "390120", "721049", "870829", "940390", "481910"),
)
_ORIGINS = (("yes", "KR"), ("no", "JP"), ("yes", "KR"), ("", ""), ("yes", "VN"), ("no", "US"))
_KINDS = ("", "", "", "", "", "", "", "", "", "retail_packing")


def write(path: Path, *, cases: int, lines: int = LINES) -> Path:
    """Write a bulk file of so many cases."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in range(cases):
            file.writelines(rows(number, lines=lines))
    return path


def rows(number: int, *, lines: int = LINES) -> Iterator[str]:
    """Give the rows of one case; no two cases of a file are the same."""
    good = GOODS[number % len(GOODS)]
    price = 60 + number * 7 % 140
    of_case = (
        f"P{number:08},2026-11-20,2022,KR,,{good},good {number},FOB,{price}.{number % 100:02},"
        "USD,manufacture"
    )
    for line in range(lines):
        pick = number * 31 + line * 7
        hs = _MATERIALS[(pick + line) % len(_MATERIALS)]
        said, origin = _ORIGINS[(pick // 3) % len(_ORIGINS)]
        kind = _KINDS[(line + number) % len(_KINDS)]
        value = f"{1 + pick % 9}.{pick % 100:02}"
        yield f"{of_case},material {line},{hs},{said},{origin},{value},0.{1 + pick % 9},{kind}\n"
