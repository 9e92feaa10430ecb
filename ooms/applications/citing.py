"""What a line says against the determination that it cites."""

from __future__ import annotations

from ooms.applications.model import Content, Line
from ooms.determinations.model import Determined

HS6 = 6


def problems_of(line: Line, content: Content, ground: Determined) -> list[str]:
    """List why a line does not stand on its determination."""
    product = ground.case["product"]
    determined_hs = str(product["hs"]) if isinstance(product, dict) else ""
    checks = (
        (ground.confers_origin, f"the determination says {ground.verdict}"),
        (
            ground.agreement == content.agreement,
            f"the determination is under {ground.agreement}, not {content.agreement}",
        ),
        (
            ground.importing_party == content.import_country,
            f"the determination is for {ground.importing_party}, not {content.import_country}",
        ),
        (
            determined_hs[:HS6] == line.hs[:HS6],
            f"the determination is of {determined_hs[:HS6]}, the line says {line.hs[:HS6]}",
        ),
    )
    return [problem for holds, problem in checks if not holds]
