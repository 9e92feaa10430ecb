"""The columns of a bulk file: one row for each material, the good's columns repeated.

The same names serve CSV and Parquet. A cell of the good may be left empty after the first row
of its case. A bill of several levels names its lines (`line`) and what they go into (`part_of`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Columns of the good and its case, with the field of a case document that each fills.
CASE_COLUMNS = {
    "on": "on",
    "hs_edition": "hs_edition",
    "exporting_party": "exporting_party",
    "importing_party": "importing_party",
    "product_hs": "product.hs",
    "product_description": "product.description",
    "product_weight": "product.weight",
    "price_basis": "price.basis",
    "price_amount": "price.amount",
    "price_currency": "price.currency",
    "processes": "processes",
    "facts": "facts",
}
#: Columns of a material, with the field of a line that each fills.
LINE_COLUMNS = {
    "material": "name",
    "material_hs": "hs",
    "originating": "originating",
    "origin": "origin",
    "value": "value",
    "weight": "weight",
    "component": "component",
    "kind": "kind",
}
#: Columns that few lines fill: levels of the bill, and the proofs of suppliers.
RARE_COLUMNS = {
    "line": "line",
    "part_of": "made_from",
    "designated": "designated",
    "proof_agreement": "proof.agreement",
    "proof_from": "proof.from",
    "proof_until": "proof.until",
}
CASE = "case"
PROOF = "proof"
COLUMNS = (CASE, *CASE_COLUMNS, *LINE_COLUMNS, PROOF, *RARE_COLUMNS)
REQUIRED = (CASE, "hs_edition", "exporting_party", "product_hs", "material", "material_hs")
RESULTS = (
    *("case", "agreement", "importing_party", "verdict", "criterion", "rule", "slack"),
    *("minimum_price", "questions", "rule_pack", "engine", "inputs_hash", "error"),
)


class BulkFileError(ValueError):
    """A file cannot be read as a bulk file; correct its header."""

    def __init__(self, *, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands in a row; a column that is not there is always empty."""

    header: tuple[str, ...]
    of_case: tuple[int, ...]
    of_line: tuple[int, ...]
    rare: tuple[int, ...]
    proof: int

    @classmethod
    def of(cls, header: Iterable[str]) -> Layout:
        """Find the columns of a header.

        Raises:
            BulkFileError: A column is missing, unknown, or there twice.
        """
        names = tuple(name.strip() for name in header)
        for name in names:
            if name not in COLUMNS:
                raise BulkFileError(problem=f"{name!r} is not a column of a bulk file")
            if names.count(name) > 1:
                raise BulkFileError(problem=f"the column {name!r} is there twice")
        for name in REQUIRED:
            if name not in names:
                raise BulkFileError(problem=f"the column {name!r} is missing")
        if names[0] != CASE:
            raise BulkFileError(problem=f"the first column must be {CASE!r}")
        place = {name: index for index, name in enumerate(names)}
        return cls(
            header=names,
            of_case=tuple(place.get(name, -1) for name in CASE_COLUMNS),
            of_line=tuple(place.get(name, -1) for name in LINE_COLUMNS),
            rare=tuple(place[name] for name in RARE_COLUMNS if name in place),
            proof=place.get(PROOF, -1),
        )
