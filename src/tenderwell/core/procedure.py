"""Procedures as data: states, steps, clock steps, guards. Pure: no Django, no I/O."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from tenderwell.core.errors import Reason, Refused
from tenderwell.core.periods import Period
from tenderwell.core.words import ROLES, STATES, in_words

T = TypeVar("T")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A named question that a rule may ask about a process; a stage's queries answer it with `@provides`."""

    name: str
    default: T


class Facts:
    """What a rule may ask about a process at one moment; each fact is looked up once, when first asked."""

    def __init__(
        self,
        *,
        now: datetime,
        state: str,
        roles: frozenset[str],
        periods: Mapping[str, Period],
        ask: Callable[[str], Any],
    ) -> None:
        self.now, self.state, self.roles, self.periods = now, state, roles, periods
        self._ask, self._known = ask, dict[str, Any]()

    @classmethod
    def of(
        cls,
        *,
        now: datetime,
        state: str = "",
        roles: Iterable[str] = (),
        periods: Mapping[str, Period] | None = None,
        values: Mapping[Fact[Any], Any] | None = None,
    ) -> "Facts":
        """Facts written down by hand: for tests and for asking "what if"."""
        known = {fact.name: value for fact, value in (values or {}).items()}
        return cls(now=now, state=state, roles=frozenset(roles), periods=periods or {}, ask=known.__getitem__)

    def __getitem__(self, fact: Fact[T]) -> T:
        if fact.name not in self._known:
            try:
                self._known[fact.name] = self._ask(fact.name)
            except KeyError:
                self._known[fact.name] = fact.default
        return cast(T, self._known[fact.name])


Guard = Callable[[Facts], Reason | None]


@dataclass(frozen=True)
class Step:
    """One thing a person may do, e.g. `Step("bidding.submit_bid", ("tendering",), by=("tenderer",))`.

    to: the state after it; empty: the state stays; several: the command chooses one of them, or stays.
    """

    command: str
    from_: tuple[str, ...]
    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    source: str = ""


def also_in(states: tuple[str, ...], steps: Iterable[Step], *, beside: str) -> tuple[Step, ...]:
    """The steps; those allowed in the state `beside` are allowed in `states` as well."""
    return tuple(replace(step, from_=(*step.from_, *states)) if beside in step.from_ else step for step in steps)


@dataclass(frozen=True)
class Clock:
    """A change that time alone makes: no job has to run for it to be true."""

    from_: str
    to: str
    after: str  # name of the period whose end makes the change


@dataclass(frozen=True)
class Procedure:
    """How one kind of procurement runs.

    states: in order, the first is the initial one. final: where a process may rest for ever.
    ocds_method: OCDS procurementMethod (open | selective | limited | direct).
    settings: what its steps ask for by name; envelopes: the sealed packages of a bid, in the order of their opening.
    """

    id: str
    version: str
    title: str
    ocds_method: str
    states: tuple[str, ...]
    final: tuple[str, ...]
    steps: tuple[Step, ...]
    clock: tuple[Clock, ...] = ()
    sources: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.id}_{self.version}"

    def step(self, command: str) -> Step | None:
        return next((step for step in self.steps if step.command == command), None)

    def state_at(self, state: str, periods: Mapping[str, Period], now: datetime) -> str:
        """The state in force at `now`, after every change that time alone has made."""
        for tick in self.clock:
            period = periods.get(tick.after)
            if state == tick.from_ and period and period.is_over(now):
                state = tick.to
        return state

    def refusals(self, command: str, facts: Facts) -> tuple[Reason, ...]:
        """Every reason why `command` is refused now; empty when it is allowed."""
        step = self.step(command)
        if step is None:
            return (Reason("not_in_procedure", NOT_IN_PROCEDURE, values={"title": (self.title,)}),)
        found = (*wrong_state(step, facts), *wrong_role(step, facts))
        if any(reason.code == "wrong_role" for reason in found):
            return found  # what guards say is for those who may act
        return (*found, *(reason for guard in step.guards if (reason := guard(facts))))

    def check(self, command: str, facts: Facts) -> Step:
        """Return the step, or raise `Refused` with every reason."""
        if reasons := self.refusals(command, facts):
            raise Refused(*reasons)
        return cast(Step, self.step(command))

    def describe(self) -> dict[str, Any]:
        """The whole procedure as plain JSON: for the lock file, the documentation and the public site."""
        return {
            "id": self.id,
            "version": self.version,
            "title": self.title,
            "method": self.ocds_method,
            "states": list(self.states),
            "final": list(self.final),
            "clock": [{"from": tick.from_, "to": tick.to, "after": tick.after} for tick in self.clock],
            "steps": [describe_step(step) for step in self.steps],
            "sources": list(self.sources),
            "settings": dict(self.settings),
        }


NOT_IN_PROCEDURE = "This is no step of the procedure “{title}”. Look at the task list for what can be done."
WRONG_STATE = "This cannot be done while it stands at “{state}”. It can be done at: {allowed}."
WRONG_ROLE = (
    "Only people with one of these roles may do this: {allowed}. Ask the team lead to do it or to give you the role."
)


def wrong_state(step: Step, facts: Facts) -> tuple[Reason, ...]:
    if facts.state in step.from_:
        return ()
    values = {"state": in_words((facts.state,), STATES), "allowed": in_words(step.from_, STATES)}
    return (Reason("wrong_state", WRONG_STATE, step.source, values=values),)


def wrong_role(step: Step, facts: Facts) -> tuple[Reason, ...]:
    if "public" in step.by or facts.roles & set(step.by):
        return ()
    return (Reason("wrong_role", WRONG_ROLE, step.source, values={"allowed": in_words(step.by, ROLES)}),)


def describe_step(step: Step) -> dict[str, Any]:
    return {
        "command": step.command,
        "from": list(step.from_),
        "by": list(step.by),
        "to": list(step.to),
        "guards": [f"{guard.__module__.removeprefix('tenderwell.')}.{guard.__name__}" for guard in step.guards],
        "source": step.source,
    }


_registry: dict[str, Procedure] = {}


def register(procedure: Procedure) -> Procedure:
    _registry[procedure.key] = procedure
    return procedure


def get(key: str) -> Procedure:
    return _registry[key]


def all_procedures() -> list[Procedure]:
    return [_registry[key] for key in sorted(_registry)]
