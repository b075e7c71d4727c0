"""What the components of a page are given: small frozen values. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Task:
    """One line of a task list; `state` is done, doing, todo, waiting, problem or skipped. No url: cannot start yet."""

    title: Text
    state: str
    url: str = ""
    hint: Text = ""
    status: Text = ""


@dataclass(frozen=True)
class TaskGroup:
    """A stage with its tasks."""

    title: Text
    tasks: Sequence[Task]

    @property
    def done(self) -> int:
        """How many tasks are done or do not apply."""
        return sum(task.state in ("done", "skipped") for task in self.tasks)


@dataclass(frozen=True)
class Fact:
    """One row of key facts; `value` may be safe HTML from a tag; `change_url` adds a link to change it."""

    key: Text
    value: object
    note: Text = ""
    change_url: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of a process; `state` is done, now or next; `when` is a text like "Open until 16 December"."""

    name: Text
    when: Text = ""
    state: str = "next"
    url: str = ""


@dataclass(frozen=True)
class Happening:
    """One entry of a history; `when` aware; `proof_url` leads to its proof in the ledger."""

    when: dt.datetime
    text: Text
    who: Text = ""
    url: str = ""
    detail: Text = ""
    proof_url: str = ""


@dataclass(frozen=True)
class When:
    """One row of the dates of a process; `is_key` marks the one that matters now."""

    when: dt.date
    text: Text
    is_key: bool = False
    old: dt.date | None = None


@dataclass(frozen=True)
class Link:
    """A link with a few grey words behind it."""

    text: Text
    url: str
    note: Text = ""


@dataclass(frozen=True)
class Tag:
    """A short state in colour: grey, blue, light-blue, green, turquoise, yellow, orange, red, pink, purple."""

    text: Text
    colour: str = "grey"


@dataclass(frozen=True)
class Card:
    """A thing in a list: title, tags, a line below, and facts side by side; more: one further way in, beside them."""

    title: Text
    url: str = ""
    tags: Sequence[Tag] = ()
    line: Text = ""
    text: Text = ""
    facts: Sequence[Fact] = ()
    more: Link | None = None


@dataclass(frozen=True)
class Document:
    """A file to download; `size` in bytes; `form` is the type as people call it, PDF."""

    title: Text
    url: str
    form: str
    size: int
    day: dt.date | None = None
    version: int = 1
    languages: str = ""
    sha256: str = ""
    is_updated: bool = False
    note: Text = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; a number column is set in tabular figures at the end."""

    label: Text
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption; each row has a cell for each column; the first cell heads its row."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    total: Sequence[object] = ()
    empty: Text = ""


@dataclass(frozen=True)
class Figure:
    """One large figure with what it counts."""

    value: object
    label: Text
    note: Text = ""


@dataclass(frozen=True)
class Series:
    """Values of one kind, one for each label of its chart."""

    name: Text
    values: Sequence[float]


@dataclass(frozen=True)
class Chart:
    """A chart and its table; `kind` is columns, line, bars or share; `description` says what a person sees in it.

    columns: one to three series, stacked, over time. line: one series over time. bars: one series, a bar for each
    label, which may be long. share: for each label one bar of full width, divided among two or three series.
    `axis` names what the labels are, for the head of the table.
    """

    kind: str
    title: Text
    description: Text
    unit: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    axis: Text = ""
    csv_url: str = ""
    svg_url: str = ""


@dataclass(frozen=True)
class Proof:
    """Where an entry stands in the ledger; `index` of the entry, `sha256` of what it covers."""

    index: int
    sha256: str
    origin: str
    proof_url: str
    explain_url: str = ""
    when: dt.datetime | None = None


@dataclass(frozen=True)
class Reason:
    """Why something cannot be done yet, the rule behind it, and where to mend it."""

    text: Text
    source: Text = ""
    url: str = ""
