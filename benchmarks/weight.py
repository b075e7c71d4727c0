"""How heavy the public pages are in a real browser: python -m benchmarks.weight [port].

Opens each page with an empty cache and adds up what came over the wire, compressed as the server sends it: the process
with the longest page, in every language that the site offers, then the other pages in one. The budgets are 120 KB for
everything and 10 KB for the HTML; the exit status is 1 when a page is over. Takes about a minute.
"""

import json
import re
import sys
from urllib.request import urlopen

from playwright.sync_api import Browser, Response, sync_playwright

from benchmarks.served import demo

WHOLE, HTML = 120 * 1024, 10 * 1024


def main(port: int) -> int:
    """Measure and print one line a page; returns the exit status."""
    with demo(port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        print("page                          html KB  of budget   all KB  of budget")
        good = [line(browser, address, path) for path in pages(address)]
        browser.close()
    return 0 if all(good) else 1


def pages(address: str) -> list[str]:
    """The richest process in each language, then one of each other page."""
    process = f"processes/{richest(address)}/"
    offered = re.findall(r'rel="alternate" hreflang="([\w-]+)"', text(f"{address}/en/"))
    own = [f"/{code}/{process}" for code in dict.fromkeys(["en", *offered])]
    parts = ("history/", "guideline/", "opening/")
    others = ("", "money/", "rules/", "rules/open_1/", "check/", "privacy/", "account/login/")
    return [*own, *(f"/en/{process}{part}" for part in parts), *(f"/en/{other}" for other in others)]


def richest(address: str) -> str:
    """The ocid of the process with the longest page."""
    records = json.loads(text(f"{address}/api/ocds/records?limit=100"))["records"]
    return max((str(each["ocid"]) for each in records), key=lambda ocid: len(text(f"{address}/en/processes/{ocid}/")))


def text(url: str) -> str:
    with urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


def line(browser: Browser, address: str, path: str) -> bool:
    """Load one page cold; whether both budgets hold."""
    page = browser.new_context().new_page()
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    page.goto(address + path, wait_until="networkidle")
    sizes = [each.request.sizes()["responseBodySize"] for each in seen]
    whole, html = sum(sizes), sizes[0]
    page.context.close()
    name = re.sub(r"processes/[^/]+/", "processes/…/", path)
    print(f"{name:29} {html / 1024:7.1f}  {html / HTML:9.0%}  {whole / 1024:7.1f}  {whole / WHOLE:9.0%}")
    return whole <= WHOLE and html <= HTML


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8750))
