"""The demonstration, as a newcomer runs it: three real nodes, the whole story, once."""

import json
import subprocess
import sys

COMMAND = [sys.executable, "-c", "from ooms.cli import main; main()", "demo", "--once", "--json"]


def test_demonstration_tells_the_whole_story_and_ends_well(tmp_path):
    done = subprocess.run(
        [*COMMAND, "--dir", str(tmp_path / "nodes")],
        capture_output=True,
        check=False,
        timeout=400,
    )

    told = json.loads(done.stdout or b"{}")
    wrong = [step for step in told.get("steps", []) if not step["is_right"]]
    assert (wrong, done.returncode, done.stderr.decode()[-2000:] if done.returncode else "") == (
        [],
        0,
        "",
    )
    assert told["ok"]
    assert any("registered by CN-GACC" in step["seen"] for step in told["steps"])
    assert any("REFUSED_UTILISED" in step["seen"] for step in told["steps"])
    assert any("SIG-DIGEST" in step["seen"] for step in told["steps"])
