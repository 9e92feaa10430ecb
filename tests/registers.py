"""Registers that an office asks: lists in a folder, and a service that really listens."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Asked = Mapping[str, Any]


def put(folder: Path, name: str, text: str, *, at: datetime) -> Path:
    """Write a list as its owner wrote it at an instant."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, "utf-8")
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


def clear(asked: Asked, **changes: Any) -> dict[str, Any]:
    """Answer that nothing speaks against it."""
    return {
        "contract": "1",
        "request_id": asked["request_id"],
        "kind": asked["kind"],
        "version": "2026-11-20.1",
        "as_of": "2026-11-20T00:00:00Z",
        "verdict": "CLEAR",
        "why": "nothing is known",
        "hits": [],
    } | changes


class Register:
    """A service that answers as it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.tokens: list[str | None] = []
        self.status = 200
        self.waits = 0.0
        self.answer: Callable[[Asked], Any] = clear
        self.url = ""

    def content(self, asked: Asked) -> bytes:
        answer = self.answer(asked)
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()


@contextmanager
def listening() -> Iterator[Register]:
    """Let a register listen on this machine until the block ends."""
    register = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name that the server calls
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            register.asked.append(asked)
            register.tokens.append(self.headers.get("Authorization"))
            content = register.content(asked)
            time.sleep(register.waits)
            self.send_response(register.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """A caller that went away is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        register.url = f"http://127.0.0.1:{server.server_port}/ask"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield register
        finally:
            server.shutdown()
            thread.join()
