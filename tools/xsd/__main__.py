"""Write the schemas and their MANIFEST, or say which ones differ (`--check`)."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from eodes.dialects.register import Dialects
from tools.xsd.complex_types import (
    CertificateSchema,
    envelope_schema,
    message_schema,
    types_schema,
)
from tools.xsd.simple_types import SimpleTypes

FOLDER = Path(__file__).resolve().parents[2] / "xsd"


def schemas() -> dict[str, str]:
    """Return every generated file of xsd/ by its path below it."""
    dialects, shared = Dialects.load(), SimpleTypes()
    house = f"{dialects.house.name}/{dialects.house.version}"
    files = {
        f"{house}/certificate.xsd": CertificateSchema(dialects.house, shared).write(
            include="types.xsd"
        ),
        f"{house}/message.xsd": message_schema(shared),
        f"{house}/envelope.xsd": envelope_schema(shared),
    }
    files[f"{house}/types.xsd"] = types_schema(shared)
    for name, dialect in dialects.by_name.items():
        if dialect is not dialects.house:
            own = CertificateSchema(dialect, SimpleTypes())
            files[f"{name}/{dialect.version}/certificate.xsd"] = own.write(include=None)
    lines = [
        f"{hashlib.sha256(text.encode()).hexdigest()}  {path}"
        for path, text in sorted(files.items())
    ]
    return files | {"MANIFEST": "\n".join(lines) + "\n"}


def main() -> int:
    """Write or compare; 1 when a file differs from what would be written."""
    differing = 0
    for path, text in schemas().items():
        file = FOLDER / path
        if file.exists() and file.read_text("utf-8") == text:
            continue
        differing += 1
        print(path)
        if "--check" not in sys.argv:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    return int(bool(differing) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
