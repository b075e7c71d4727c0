"""Jurisdictions as data: thresholds, minimum periods, standstill, holidays, currency, each with its source. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tenderwell.core.periods import Calendar


@dataclass(frozen=True)
class Limit:
    """A number that the law fixes, with the article that fixes it. Days are calendar days unless named otherwise."""

    value: Decimal
    source: str

    @property
    def days(self) -> int:
        return int(self.value)


def limit(value: int | str, source: str) -> Limit:
    """A `Limit` from a plain number: `limit(35, "2014/24/EU Art. 27(1)")`."""
    return Limit(Decimal(value), source)


@dataclass(frozen=True)
class OutageRule:
    """When a failure of the service itself lets bids close later, and by how much.

    What counts is the part of all outages that falls into the last `hours` before the end. The period is extended when
    that is more than `tolerated_seconds`, or when any of it falls into the last `final_minutes`: by what counts,
    rounded up to full `step_minutes`, from the end or, where the service came back later, from then.
    """

    hours: int
    tolerated_seconds: int
    final_minutes: int
    step_minutes: int
    source: str


HOUSE_RULE = OutageRule(
    hours=24,
    tolerated_seconds=900,
    final_minutes=60,
    step_minutes=60,
    source="UNCITRAL Model Law on Public Procurement (2011) Art. 14 lets deadlines be extended; figures: house rule",
)


@dataclass(frozen=True)
class Jurisdiction:
    """The rules of one place and time; a process keeps the version that was in force when it began.

    minimum_days: shortest tender period by OCDS procurement method ("open", "selective", ...).
    question_days: questions end this many days before the tender period does.
    late_answer_days: an answer or amendment later than this many days before the end extends the period.
    standstill_days: between telling everyone the decision and signing.
    complaint_days: after a decision is told, how long it may be challenged.
    two_people_above, engagement_above: estimated value in `currency` without VAT.
    direct_below: value under which a direct award needs no further ground; None: always a ground.
    change_share: cumulative share of the contract value (0.10 = 10 %) that changes may reach.
    works_change_share: the same for works, where the law gives them a limit of their own.
    payment_days: from receipt of an invoice to payment.
    grace_seconds: for the parts of a bid whose header came in time.
    answer_words: the most words of an answer to a requirement for which the buyer names no limit.
    outages: when the service's own failure extends the tender period; None: never.
    minimum_committee: the least k and n of an opening committee; large_committee: the same for a purchase whose
    estimated value is over large_committee_above (None: one rule for all values).
    """

    id: str
    version: str
    name: str
    country: str
    currency: str
    languages: tuple[str, ...]
    calendar: Calendar
    valid_from: date
    minimum_days: Mapping[str, Limit]
    standstill_days: Limit
    complaint_days: Limit
    payment_days: Limit
    change_share: Limit
    two_people_above: Limit
    works_change_share: Limit | None = None
    question_days: Limit | None = None
    late_answer_days: Limit | None = None
    engagement_above: Limit | None = None
    direct_below: Limit | None = None
    grace_seconds: Limit = field(default_factory=lambda: limit(900, "no source: the installation's own choice"))
    answer_words: Limit = field(default_factory=lambda: limit(500, "no source: the installation's own choice"))
    outages: OutageRule | None = HOUSE_RULE
    minimum_committee: tuple[int, int] = (2, 3)
    large_committee: tuple[int, int] = (3, 5)
    large_committee_above: Limit | None = None
    valid_until: date | None = None
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.id}_{self.version}"

    def change_limit(self, category: str) -> Limit:
        """The share for one mainProcurementCategory."""
        own = self.works_change_share if category == "works" else None
        return own or self.change_share

    def committee_for(self, value: Decimal | None) -> tuple[tuple[int, int], str]:
        """The least (k, n) of the committee that opens the bids, and the source. value: estimated, without VAT."""
        above = self.large_committee_above
        if above is None or value is None or value <= above.value:
            return self.minimum_committee, ""
        return self.large_committee, above.source

    @property
    def states_law(self) -> bool:
        """Whether it rests on any law at all; what does not is for data of others, never for people to choose."""
        return bool(self.sources)

    @property
    def is_practice(self) -> bool:
        """Whether its days are shorter than days are: for trying out, never for a real purchase."""
        return self.calendar.is_shortened

    def minimum_period(self, method: str) -> Limit | None:
        return self.minimum_days.get(method)

    def holidays(self) -> Iterator[date]:
        """The holidays of its first twenty years, or of all its years when it has ended."""
        last = self.valid_until or date(self.valid_from.year + 20, 1, 1)
        days = (self.valid_from + timedelta(days=count) for count in range((last - self.valid_from).days))
        return (day for day in days if day in self.calendar.holidays)

    def describe(self) -> dict[str, Any]:
        """All of it as plain JSON, numbers as text: for the log and the public site."""
        calendar = {"zone": self.calendar.zone, "weekend": sorted(self.calendar.weekend)}
        shortened = {"day_seconds": int(self.calendar.day.total_seconds())} if self.is_practice else {}
        limits = {name: plain(value) for name, value in vars(self).items() if isinstance(value, Limit)}
        return {
            "id": self.id,
            "version": self.version,
            "name": self.name,
            "country": self.country,
            "currency": self.currency,
            "languages": list(self.languages),
            "calendar": {**calendar, **shortened, "holidays": [day.isoformat() for day in self.holidays()]},
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "minimum_days": {method: plain(value) for method, value in self.minimum_days.items()},
            "limits": limits,
            "outages": asdict(self.outages) if self.outages else None,
            "minimum_committee": list(self.minimum_committee),
            "large_committee": list(self.large_committee),
            "sources": list(self.sources),
        }


def plain(value: Limit) -> dict[str, str]:
    return {"value": str(value.value), "source": value.source}


_registry: dict[str, Jurisdiction] = {}


def register(jurisdiction: Jurisdiction) -> Jurisdiction:
    _registry[jurisdiction.key] = jurisdiction
    return jurisdiction


def get(key: str) -> Jurisdiction:
    return _registry[key]


def all_jurisdictions() -> list[Jurisdiction]:
    return [_registry[key] for key in sorted(_registry)]
