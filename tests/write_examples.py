"""Write the example certificates of the documentation from their builders."""

from __future__ import annotations

import json
from pathlib import Path

from eodes.domain.certificate import Certificate
from eodes.domain.record import write
from tests.builders import example_certificates

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "examples"


def text_of(certificate: Certificate) -> str:
    """Return a certificate as its example file shows it."""
    return json.dumps(write(certificate), indent=2, ensure_ascii=False) + "\n"


def write_examples(folder: Path = FOLDER) -> None:
    """Write every example below a folder."""
    for name, certificate in example_certificates().items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(certificate), "utf-8")


if __name__ == "__main__":
    write_examples()
