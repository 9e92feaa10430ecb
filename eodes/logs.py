"""Logs: one JSON line a decision, event name and facts; no personal data and no documents."""

from __future__ import annotations

import io
import logging
import sys
from typing import TextIO, cast

import structlog


class _Stderr(io.TextIOBase):
    """Standard error as it is when a line is written, not as it was when logs were configured.

    Who runs us may put another stream in its place, and close it afterwards.
    """

    def write(self, text: str, /) -> int:
        """Write to what is standard error now."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Flush what is standard error now."""
        sys.stderr.flush()


def configure_logs() -> None:
    """Write logs as JSON lines to stderr, from this package and from what it uses."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(sort_keys=True)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Stderr())),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_Stderr())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(sort_keys=True),
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
