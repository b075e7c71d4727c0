"""A bidder's connection to the buyer's site: every request carries the token, none follows a redirect elsewhere."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

LONGEST = 4_194_304  # bytes of an answer that is read
PAUSES = (1, 2, 4, 8, 16, 32, 60)  # seconds before each new try
PASSING = frozenset({429, 502, 503, 504})  # the site says: come back
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class NotReached(Exception):
    """The site did not answer, or not as this program understands."""


class Declined(Exception):
    """The site refuses the act. reasons: all of them; note: a signed refusal to keep, or empty."""

    def __init__(self, reasons: tuple[str, ...], note: str = "") -> None:
        super().__init__("; ".join(reasons))
        self.reasons, self.note = reasons, note


class NoRedirect(HTTPRedirectHandler):
    """A redirect would carry the token to another place."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


OPENER = build_opener(NoRedirect)


@dataclass(frozen=True)
class Answer:
    """status: of HTTP; body: as it came."""

    status: int
    body: bytes

    def read(self) -> Any:
        """The body as JSON. Raises NotReached."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise NotReached(f"the site answered {self.status} with something else than JSON") from error


@dataclass(frozen=True)
class Site:
    """The bidding routes of one process. address: https, or http on this computer; token: tw_..."""

    address: str
    ocid: str
    token: str
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise ValueError(f"{self.address}: the address must begin with https://, so that nobody reads your token")

    def get(self, path: str) -> bytes:
        return self.expect(self.ask("GET", path)).body

    def put(self, path: str, body: bytes) -> None:
        self.expect(self.ask("PUT", path, body))

    def post(self, path: str, body: bytes, *, kind: str = "application/json") -> Any:
        """The answer as JSON. Raises Declined, NotReached."""
        return self.expect(self.ask("POST", path, body, {"Content-Type": kind})).read()

    def expect(self, answer: Answer) -> Answer:
        """The answer of an act that was done. Raises Declined, NotReached."""
        if answer.status < 300:
            return answer
        if answer.status == 409:
            told = answer.read()
            reasons = [each["text"] if isinstance(each, dict) else str(each) for each in told["reasons"]]
            raise Declined(tuple(reasons), str(told.get("note", "")))
        if answer.status == 401:
            raise NotReached("the site does not know this token: make a new one on your organisation's page")
        if answer.status == 404:
            raise NotReached("the site knows no such process, or you are no bidder in it: read the notice's page first")
        raise NotReached(f"the site answered {answer.status}")

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> Answer:
        """One request, tried again while the connection is down. Raises NotReached."""
        for pause in PAUSES:
            try:
                answer = self.once(method, path, body, headers)
            except (URLError, HTTPException, OSError):
                answer = None
            if answer and answer.status not in PASSING:
                return answer
            self.wait(pause)
        raise NotReached(f"{self.address} does not answer; run the same command again later: what arrived is kept")

    def once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        url = f"{self.address.rstrip('/')}/api/v1/processes/{self.ocid}/bidding/{path}"
        own = {"Authorization": f"Bearer {self.token}", **headers}
        try:
            with OPENER.open(Request(url, data=body, headers=own, method=method), timeout=120) as response:
                return Answer(response.status, response.read(LONGEST))
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read(LONGEST))
