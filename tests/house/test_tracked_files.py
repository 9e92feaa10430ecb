"""What may lie in the repository: no machine's paths, no index's address, only hashed locks."""

import re

import pytest

from tests.house import source

LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-test.lock")

# Written in two halves, so that this file does not find itself.
TELLTALES = {
    "a package index": "py" + "pi",
    "a package host": "files.python" + "hosted",
    "a machine's folder": "/wo" + "rk/",
    "a user's folder": "/ho" + "me/",
}
UNAVOIDABLE: dict[str, str] = {}


@pytest.mark.parametrize("what", TELLTALES)
def test_tracked_text_names_no_machine_and_no_index(what: str):
    needle = TELLTALES[what]

    found = [
        f"{name}:{number}"
        for name, text in _tracked_texts()
        if name not in UNAVOIDABLE
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(rf"(?<![A-Za-z]){re.escape(needle)}", line, re.IGNORECASE)
    ]

    assert found == [], what


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_carries_its_hashes(lock: str):
    entries = _lock_entries(lock)

    assert len(entries) >= 3
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[\w.]+", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_says_where_to_download(lock: str):
    text = (source.REPOSITORY / lock).read_text(encoding="utf-8")

    assert not re.search(r"--(extra-)?index|--find-links|--trusted-host|://| @ ", text)


def test_every_dependency_is_declared_once_and_locked():
    wanted = {
        re.split(r"[\[<>=; ]", line)[0]
        for line in (source.REPOSITORY / "requirements.in").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    locked = {entry.split("==")[0] for entry in _lock_entries("requirements.lock")}

    assert wanted - locked == set()


def test_every_dependency_has_its_reason():
    reasons = (source.REPOSITORY / "docs/decisions/0002-dependencies.md").read_text("utf-8")

    for listing in ("requirements.in", "requirements-build.in", "requirements-test.in"):
        for line in (source.REPOSITORY / listing).read_text("utf-8").splitlines():
            if line and not line.startswith(("#", "-r")):
                name = re.split(r"[<>=; ]", line)[0]
                assert f"| `{name}` |" in reasons, f"{name} has no line in the table"


def _lock_entries(lock: str) -> list[str]:
    text = (source.REPOSITORY / lock).read_text(encoding="utf-8")
    return re.split(r"\n(?=[a-z])", text.strip())


def _tracked_texts():
    for name in source.tracked_files():
        content = (source.REPOSITORY / name).read_bytes()
        if b"\0" not in content[:4096]:
            yield name, content.decode("utf-8", errors="replace")
