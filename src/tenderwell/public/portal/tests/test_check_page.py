"""A journalist checks a receipt in a browser: a true one holds, a forged one is shown, and nothing leaves the page."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import rfc8785
from django.test import Client
from playwright.sync_api import Browser, Page, Request
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tenderwell.ledger import keys, releases, store
from tenderwell.ledger.note import KeyType
from tenderwell.ledger.store import Leaf
from tenderwell.ledger.tests.logs import NOW, leaves
from tenderwell.public.record.projection import project

OCID = "ocds-t-1"
pytestmark = pytest.mark.django_db(transaction=True)


def publish_release() -> int:
    """One release of a process; returns the index of its entry."""
    release = {"ocid": OCID, "id": f"{OCID}-00001", "date": "2026-01-01T00:00:00.000Z", "tag": ["tender"]}
    done = project({**release, "initiationType": "tender", "language": "en", "tender": {"id": "1", "title": "Roofs"}})
    body = {"id": done.id, "ocid": OCID, "sha256": done.sha256, "url": f"/api/ocds/releases/{done.id}.json"}
    (index,) = store.append([Leaf("ocds.release/v1", body, ref=done.id)])
    return index


@pytest.fixture
def index(settings: Settings, tmp_path: Path) -> int:
    """A log of its own with 300 entries and one release in the middle."""
    settings.TENDERWELL_KEYS_DIR = tmp_path / "keys"
    store.append(leaves(299))
    found = publish_release()
    store.append(leaves(40, start=500))
    store.publish(now=NOW)
    return found


@pytest.fixture
def page(browser: Browser, built_assets: None, live_server: LiveServer, index: int) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en")
    page = context.new_page()
    page.goto("/en/check/")
    page.wait_for_selector("#check[data-ready]")
    yield page
    context.close()


def found_for(page: Page, receipt: str, tmp_path: Path, *, policy: str = "", header: bytes = b"") -> str:
    """What the page says of a receipt."""
    for name, raw in (("policy", policy.encode()), ("header", header), ("receipt", receipt.encode())):
        if raw:
            (tmp_path / name).write_bytes(raw)
            page.set_input_files(f"#check-{name}", tmp_path / name)
    page.wait_for_selector("#check-result h3")
    return page.inner_text("#check-result")


def test_the_proof_of_a_release_holds(page: Page, index: int, tmp_path: Path) -> None:
    said = found_for(page, store.proof(index), tmp_path)
    assert "The receipt holds" in said
    assert f"place {index} of the ledger" in said and "which had 340 entries" in said
    assert "still has it at this place" in said
    assert "What this site publishes of it today is what was logged." in said
    assert "The policy came from this site itself" in said


def test_a_hidden_entry_is_found_by_what_it_hides(page: Page, tmp_path: Path) -> None:
    header = b'{"header":1}'
    hidden = rfc8785.dumps({"act": "bid.received", "commitment": sha256(header).hexdigest(), "salt": "0" * 32})
    (place,) = store.append([Leaf("sealed/v1", {"c": sha256(hidden).hexdigest()})])
    store.publish(now=NOW)
    receipt = store.proof(place, extra=hidden)
    assert "It is the receipt of exactly this sealed bid." in found_for(page, receipt, tmp_path, header=header)
    page.reload()
    page.wait_for_selector("#check[data-ready]")
    assert "It is the receipt of another bid." in found_for(page, receipt, tmp_path, header=b"{}")


FORGERIES: dict[str, Callable[[str], str]] = {
    "another place": lambda text: text.replace("index 299", "index 298"),
    "digits of another script": lambda text: text.replace("index 299", "index ٢٩٩"),
    "a leading zero": lambda text: text.replace("\n340\n", "\n0340\n"),
    "a larger tree": lambda text: text.replace("\n340\n", "\n341\n"),
    "an extra line": lambda text: text.replace("\n340\n", "\n340\nextra\n"),
    "base64 with loose bits": lambda text: loosened(text),
    "a false signature": lambda text: re.sub(r"(— .{40})....", r"\1AAAA", text, count=1),
    "no signature of the log": lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("— ")),
    "nothing": lambda text: "nothing",
}


def loosened(text: str) -> str:
    """The root's last character set so that its unused bits are not zero."""
    lines = text.split("\n")
    place = lines.index("340") + 1
    root = lines[place]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    lines[place] = root[:42] + letters[letters.index(root[42]) + 1] + "="
    return "\n".join(lines)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_receipt_does_not_hold(page: Page, index: int, tmp_path: Path, forgery: str) -> None:
    assert index == 299
    forged = FORGERIES[forgery](store.proof(index))
    assert forged != store.proof(index)
    assert "does not hold" in found_for(page, forged, tmp_path)


def test_witnesses_are_named_and_counted(page: Page, index: int, tmp_path: Path) -> None:
    policy = page.request.get("/log/policy").text()
    keys.create(tmp_path / "w.key", name="audit.example", types=(KeyType.COSIGNATURE,))
    (witness,) = keys.load(tmp_path / "w.key", name="audit.example")
    receipt = store.proof(index)
    text = receipt.split("\n\n")[1] + "\n"
    wanted = policy.replace("quorum none", f"witness audit {witness.verifier.vkey}\nquorum audit")
    assert "Too few witnesses" in found_for(page, receipt, tmp_path, policy=wanted)
    page.reload()
    page.wait_for_selector("#check[data-ready]")
    said = found_for(page, receipt + witness.sign(text, time=1_772_442_000).line, tmp_path, policy=wanted)
    assert "The witness audit saw it on March 2, 2026" in said and "The receipt holds" in said


def test_the_programs_for_sealing_are_compared(page: Page) -> None:
    raw = page.request.get("/static/sealing/offline.html").body()
    releases.record(releases.CLIENT, {"offline.html": sha256(raw).hexdigest(), "bid.js": "0" * 64})
    page.reload()
    page.get_by_role("button", name="Compare what this browser gets").click()
    page.wait_for_selector(".checked--good")
    assert page.locator("[data-program].checked--good").inner_text() == "This browser got what was logged."
    page.wait_for_selector(".checked--bad")
    assert "Do not seal a bid with it" in page.locator("[data-program].checked--bad").inner_text()


def test_nothing_leaves_the_page(page: Page, index: int, tmp_path: Path, live_server: LiveServer) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    found_for(page, store.proof(index), tmp_path)
    assert asked
    assert all(each.url.startswith(live_server.url) and each.method == "GET" for each in asked)


def test_without_javascript_the_page_says_what_to_do(index: int) -> None:
    text = Client().get("/en/check/").content.decode()
    assert "<noscript>" in text and "verify.py record FILE.zip" in text


def test_the_proof_of_the_programs_is_there_when_they_are_logged(index: int) -> None:
    assert Client().get("/en/check/sealing-client.tlog-proof").status_code == 404
    releases.record(releases.CLIENT, {"bid.js": "0" * 64})
    assert Client().get("/en/check/sealing-client.tlog-proof").content.startswith(b"c2sp.org/tlog-proof@v1")
