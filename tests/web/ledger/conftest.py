"""A site of this machine, for links to be looked at."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ANSWERS = {"/": 200, "/nada": 404, "/cerrado": 403, "/falla": 500}
MOVES = {
    "/va": "/",
    "/vueltas": "/vueltas",
    "/adentro": "http://10.0.0.7/secreto",
    "/archivo": "file:///etc/passwd",
    "/nubes": "http://169.254.169.254/latest/meta-data/",
}


class Site(BaseHTTPRequestHandler):
    asked: list[str]

    def do_HEAD(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if self.path == "/lento":
            for _ in range(40):  # a head that never ends, a little at a time
                self.wfile.write(b"HTTP/1.1 200 OK\r\n" if _ == 0 else b"X-a: b\r\n")
                self.wfile.flush()
                time.sleep(0.1)
            return
        if self.path == "/solo-get" and self.command == "HEAD":
            self.send_response(405)
        elif self.path in MOVES:
            self.send_response(302)
            self.send_header("Location", MOVES[self.path])
        else:
            self.send_response(ANSWERS.get(self.path, 200))
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the name that http.server calls

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Site,), {"asked": asked}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
