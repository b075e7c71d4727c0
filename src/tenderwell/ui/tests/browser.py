"""One Chromium for all tests of a process; they are skipped with a clear message where there is none."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tenderwell.ui import build
from tenderwell.ui.build.npm import NpmFailed

PROGRAMS = ("chromium-headless-shell", "chromium")  # the first without windows, which cost more than the pages in them
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def built_assets() -> None:
    if build.is_fresh():
        return
    try:
        build.build(say=lambda text: None)
    except NpmFailed as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if chromium is None:
        pytest.skip("Chromium is missing: install Debian's package chromium-headless-shell to run the browser tests")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # Playwright's event loop runs in the thread of the tests
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()
