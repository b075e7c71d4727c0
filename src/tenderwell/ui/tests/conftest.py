"""A browser and a server for the tests of the look; skipped with a clear message where there is no Chromium."""

import shutil
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright

from tenderwell.ui import build
from tenderwell.ui.build.npm import NpmMissing

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class QuietHandler(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def built_assets() -> None:
    if build.is_fresh():
        return
    try:
        build.build(say=lambda text: None)
    except NpmMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def site(built_assets: None) -> Iterator[str]:
    """The address of the program, served from a thread; pages that read the database do not work in it."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is missing: install Debian's package chromium to run the browser tests")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()
