"""A witness over HTTP, with nothing but the standard library, for whoever wants to run one."""

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog

from tenderwell.ledger.witness import LONGEST, Reply, Witness

log = structlog.get_logger()
NOT_FOUND = Reply(404, "not found\n")


class Server(ThreadingHTTPServer):
    """Answers at http://address:port; each request in a thread. clock: POSIX seconds that its cosignatures state."""

    daemon_threads = True

    def __init__(self, witness: Witness, *, address: str, port: int, clock: Callable[[], float] = time.time) -> None:
        self.witness, self.clock = witness, clock
        super().__init__((address, port), Handler)

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Two addresses: POST /add-checkpoint and GET /<hash of the origin>/checkpoint."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_POST(self) -> None:
        body = self.read_body()
        if body is None:
            self.close_connection = True
            self.reply(Reply(413, "too large, or of unknown length\n"))
        elif self.path == "/add-checkpoint":
            self.reply(self.server.witness.add_checkpoint(body, time=int(self.server.clock())))
        else:
            self.reply(NOT_FOUND)

    def do_GET(self) -> None:
        origin_hash, slash, rest = self.path.removeprefix("/").partition("/")
        self.reply(self.server.witness.latest(origin_hash) if slash and rest == "checkpoint" else NOT_FOUND)

    def read_body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > LONGEST:
            return None
        return self.rfile.read(int(length))

    def reply(self, reply: Reply) -> None:
        body = reply.body.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """One line a request, as everywhere."""
        log.info("witness_request", method=self.command, status=str(values[1]) if len(values) > 1 else "")
