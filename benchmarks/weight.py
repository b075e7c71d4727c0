"""How heavy the public pages are in a real browser: python -m benchmarks.weight [port].

Opens each page with an empty cache and adds up what came over the wire, compressed as the server sends it. The budgets
are 120 KB for everything and 10 KB for the HTML; the exit status is 1 when a page is over. Takes about half a minute.
"""

import sys

from playwright.sync_api import Browser, Response, sync_playwright

from benchmarks.served import demo, first_process

WHOLE, HTML = 120 * 1024, 10 * 1024


def main(port: int) -> int:
    """Measure and print one line a page; returns the exit status."""
    with demo(port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        print("page                          html KB  of budget   all KB  of budget")
        good = [line(browser, address, path) for path in pages(first_process(address))]
        browser.close()
    return 0 if all(good) else 1


def pages(ocid: str) -> list[str]:
    process = f"/en/processes/{ocid}/"
    return ["/en/", process, f"{process}history/", "/en/money/", "/en/rules/", "/en/check/", "/en/account/login/"]


def line(browser: Browser, address: str, path: str) -> bool:
    """Load one page cold; whether both budgets hold."""
    page = browser.new_context().new_page()
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    page.goto(address + path, wait_until="networkidle")
    sizes = [each.request.sizes()["responseBodySize"] for each in seen]
    whole, html = sum(sizes), sizes[0]
    page.context.close()
    name = path if len(path) < 29 else "/en/processes/…/" + path.split("/", 4)[4]
    print(f"{name:29} {html / 1024:7.1f}  {html / HTML:9.0%}  {whole / 1024:7.1f}  {whole / WHOLE:9.0%}")
    return whole <= WHOLE and html <= HTML


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8750))
