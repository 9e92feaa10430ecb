"""Logs go where standard error is when a line is written."""

import io
import sys

import structlog

from eodes.logs import configure_logs


def test_line_is_written_after_the_stream_of_its_configuration_was_closed(monkeypatch):
    first, later = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", first)
    configure_logs()
    log = structlog.get_logger("test").bind()
    log.info("before.closing.done")
    first.close()
    monkeypatch.setattr(sys, "stderr", later)

    log.info("after.closing.done", number=7)

    assert '"event": "after.closing.done"' in later.getvalue()
