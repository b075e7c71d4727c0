"""A reader of Arabic meets no English sentence of ours: a whole life at Arabic pages, its refusals, and the API."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tenderwell.core.command import commands
from tenderwell.public.portal.sentences import filling, translated
from tenderwell.workroom.evaluation.notices import FLOOR
from tenderwell.workroom.parties.models import Organisation, Person
from tests.stories.doors import Api, Pages, address, signed_in
from tests.stories.life import Act, Life

RUN = re.compile(r"[A-Za-z][A-Za-z’']*(?: [A-Za-z][A-Za-z’']*){2,}")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
QUIET = {"script", "style", "code", "pre", "title", "textarea"}


class Visible(HTMLParser):
    """The texts of a page that are said to be in the page's own language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            other = given.get("lang") not in (None, "ar")
            self.open.append((tag, tag in QUIET or other))
        if not self.is_quiet:
            self.texts += [given[name] or "" for name in ("aria-label", "alt", "placeholder") if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_quiet:
            self.texts.append(data)

    @property
    def is_quiet(self) -> bool:
        return any(quiet for _tag, quiet in self.open)


def english_of(page: str) -> Iterator[str]:
    """Each run of three or more Latin words that the page shows."""
    seen = Visible()
    seen.feed(page)
    for text in seen.texts:
        yield from (run for part in re.split(r"[,،:]", text) for run in RUN.findall(" ".join(part.split())))


def words_in(value: Any) -> Iterator[str]:
    """Every text that was typed, at any depth."""
    if isinstance(value, dict):
        for each in value.values():
            yield from words_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words_in(each)
    elif isinstance(value, str):
        yield value


@dataclass
class ArabicPages(Pages):
    """The same people at the same pages in Arabic; names and what they typed themselves may be English."""

    data: list[str] = field(default_factory=list)
    found: dict[str, set[str]] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def do(self, act: Act) -> None:
        if act.data:
            self.data += words_in(act.data.model_dump(mode="json"))
        self.look(act)
        super().do(act)
        self.read(signed_in(act.who), self.place(act))  # often with a reason why it cannot be done again

    def place(self, act: Act) -> str:
        return address(act, self.life).replace("/en/", "/ar/")

    def look(self, act: Act) -> None:
        """The command's page: drawn, sent empty, and refused to the wrong person; and once in each state the desk."""
        if act.wrong:
            self.read(signed_in(act.wrong), self.place(act))
        if any(each.is_required() for each in commands[act.command].input.model_fields.values()):
            self.read(signed_in(act.who), self.place(act), {})
        if act.command == "process.begin_process" or (act.who, self.life.process.state) in self.seen:
            return
        self.seen.add((act.who, self.life.process.state))
        for path in ("/ar/desk/", f"/ar/desk/{self.life.process.ocid}/"):
            self.read(signed_in(act.who), path)

    def read(self, client: Client, url: str, sent: dict[str, str] | None = None) -> None:
        answer = client.get(url, follow=True) if sent is None else client.post(url, sent, follow=True)
        if answer["Content-Type"].startswith("text/html"):
            self.found.setdefault(url, set()).update(english_of(answer.content.decode()))

    def ours(self) -> dict[str, set[str]]:
        """The English on each page that nobody typed."""
        corpus = " | ".join(" ".join(text.split()) for text in (*self.data, *names()))
        left = {url: {run for run in runs if run not in corpus} for url, runs in self.found.items()}
        return {url: runs for url, runs in left.items() if runs}


def names() -> Iterator[str]:
    """Of people and organisations."""
    yield from Organisation.objects.values_list("name", flat=True)
    yield from Person.objects.values_list("name", flat=True)


PUBLIC = (
    "",
    "money/",
    "check/",
    "processes/{}/",
    "processes/{}/history/",
    "processes/{}/opening/",
    "processes/{}/guideline/",
)


@pytest.mark.timeout(400)
def test_no_page_of_a_whole_life_shows_an_english_sentence_of_ours(life: Life) -> None:
    driver = ArabicPages(life)
    for act in life.acts():
        driver.do(act)
    ocid = life.process.ocid
    for path in PUBLIC:
        driver.read(Client(), "/ar/" + path.format(ocid))
    assert len(driver.found) > 40
    assert driver.ours() == {}


def test_the_api_refuses_in_the_language_asked_for(life: Life) -> None:
    act = next(life.acts())
    header = {**Api(life).header(act.wrong), "Accept-Language": "ar"}
    path = f"/api/v1/organisations/XA-GOV-1/{act.stage}/{act.verb}"
    assert act.data
    body = json.dumps(act.data.model_dump(mode="json"))
    answer = Client().post(path, body, content_type="application/json", headers=header)
    (reason,) = answer.json()["reasons"]
    assert (answer.status_code, reason["code"]) == (409, "wrong_role")
    assert list(english_of(reason["text"])) == []
    assert "مسؤول المشتريات" in reason["text"]


def test_what_our_acts_wrote_into_the_record_is_told_in_the_reader_s_language() -> None:
    with translation.override("ar"):
        assert "2026" in translated("Withheld until 2026-05-01: It names a person.")
        assert list(english_of(translated("Withheld until 2026-05-01: X"))) == []
        assert list(english_of(translated(FLOOR.format(criteria="X")))) == []
        assert filling("invoice-1 after 12 days") == "الفاتورة 1 (عدد الأيام حتى الدفع: 12)"
        assert filling("Two lamps, 4 of 5") == "Two lamps, 4 of 5"
        assert translated("Another publisher wrote this.") == "Another publisher wrote this."
