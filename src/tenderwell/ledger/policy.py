"""Which logs and witnesses are believed, and how many of them it takes. Pure.

Format: c2sp.org/tlog-policy.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tenderwell.ledger.note import BadNote, Checkpoint, KeyType, Note, Verifier, parse_checkpoint, parse_vkey, verified

FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


class BadPolicy(ValueError):
    """A policy that is not in the form, or says nothing."""


class Party(NamedTuple):
    """A log or witness. url: where it can be asked, or empty."""

    verifier: Verifier
    url: str = ""


@dataclass(frozen=True)
class Group:
    """At least `least` of these witnesses and groups."""

    least: int
    members: tuple[str, ...]


@dataclass
class Policy:
    """quorum: the name of a witness or group, or "none"."""

    logs: list[Party] = field(default_factory=list)
    witnesses: dict[str, Party] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""

    def is_met(self, names: frozenset[str] | set[str]) -> bool:
        """Whether cosignatures by these witnesses are enough."""
        return self.quorum == "none" or self.has(self.quorum, names)

    def has(self, name: str, names: frozenset[str] | set[str]) -> bool:
        if name in self.witnesses:
            return name in names
        group = self.groups[name]
        return sum(self.has(member, names) for member in group.members) >= group.least

    def __str__(self) -> str:
        lines = [" ".join(("log", party.verifier.vkey, party.url)).rstrip() for party in self.logs]
        for name, party in self.witnesses.items():
            lines.append(" ".join(("witness", name, party.verifier.vkey, party.url)).rstrip())
        lines += [" ".join(("group", name, str(g.least), *g.members)) for name, g in self.groups.items()]
        return "".join(f"{line}\n" for line in [*lines, f"quorum {self.quorum}"])


class Seen(NamedTuple):
    """What a note shows under a policy. times: when each witness cosigned, POSIX seconds."""

    checkpoint: Checkpoint
    times: dict[str, int]


def parse_policy(text: str) -> Policy:
    """Raises BadPolicy for an unknown line, a name not defined before it is used, a key or name given twice."""
    if FORBIDDEN.search(text):
        raise BadPolicy("a control character")
    policy, used = Policy(), set[str]()
    for number, line in enumerate(text.split("\n"), 1):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        if not words or words[0].startswith("#"):
            continue
        try:
            read_line(policy, words, used)
        except (BadNote, BadPolicy) as error:
            raise BadPolicy(f"line {number}: {error}") from error
    if not policy.quorum:
        raise BadPolicy("there is no quorum line")
    return policy


def read_line(policy: Policy, words: list[str], used: set[str]) -> None:
    match words:
        case ["log", vkey, *url] if len(url) <= 1:
            policy.logs.append(party(vkey, url, [log.verifier for log in policy.logs]))
        case ["witness", name, vkey, *url] if len(url) <= 1:
            others = [witness.verifier for witness in policy.witnesses.values()]
            policy.witnesses[new_name(policy, name)] = party(vkey, url, others)
            if not policy.witnesses[name].verifier.type.is_timed:
                raise BadPolicy("a witness needs a key for cosignatures")
        case ["group", name, least, *members] if members:
            policy.groups[new_name(policy, name)] = group(policy, least, members, used)
        case ["quorum", name] if not policy.quorum:
            if name != "none":
                known(policy, name)
            policy.quorum = name
        case _:
            raise BadPolicy("not a line of a policy")


def party(vkey: str, url: list[str], others: list[Verifier]) -> Party:
    verifier = parse_vkey(vkey)
    if any(verifier.public == other.public for other in others):
        raise BadPolicy("the same key twice")
    return Party(verifier, *url)


def new_name(policy: Policy, name: str) -> str:
    if name == "none" or name in policy.witnesses or name in policy.groups:
        raise BadPolicy(f"the name {name} is taken")
    return name


def known(policy: Policy, name: str) -> str:
    if name not in policy.witnesses and name not in policy.groups:
        raise BadPolicy(f"nothing before has the name {name}")
    return name


def group(policy: Policy, least: str, members: list[str], used: set[str]) -> Group:
    for member in members:
        if known(policy, member) in used:
            raise BadPolicy(f"{member} is counted twice")
        used.add(member)
    count = {"any": 1, "all": len(members)}.get(least) or (int(least) if NUMBER.fullmatch(least) else 0)
    if not 1 <= count <= len(members):
        raise BadPolicy("a group needs between one and all of its members")
    return Group(count, tuple(members))


def check_note(note: Note, *, policy: Policy) -> Seen:
    """The checkpoint in a note that a log of the policy signed and enough witnesses cosigned. Raises BadNote."""
    checkpoint = parse_checkpoint(note.text)
    logs = [log.verifier for log in policy.logs if log.verifier.name == checkpoint.origin]
    if not logs or not verified(note, logs):
        raise BadNote("the checkpoint is not signed by a log of the policy")
    times = cosigned(note, policy=policy)
    if not policy.is_met(set(times)):
        raise BadNote("too few witnesses cosigned the checkpoint")
    return Seen(checkpoint, times)


def cosigned(note: Note, *, policy: Policy) -> dict[str, int]:
    """When each witness of the policy cosigned, the latest time of each. Raises BadNote for a false signature."""
    names = {party.verifier: name for name, party in policy.witnesses.items()}
    times: dict[str, int] = {}
    for verifier, signature in verified(note, list(names)):
        times[names[verifier]] = max(signature.time, times.get(names[verifier], 0))
    return times


def policy_of(logs: Sequence[Verifier], *, url: str, witnesses: Sequence[Party], least: int) -> Policy:
    """The policy that a log publishes: its keys, its witnesses named after their keys, at least `least` of them.

    A witness with two keys counts once, whichever of them it signs with.
    """
    named = {party.verifier.name + key_suffix(party.verifier): party for party in witnesses}
    both = {name: [key for key, party in named.items() if party.verifier.name == name] for name in names_of(witnesses)}
    groups = {f"{name}/any": Group(1, tuple(held)) for name, held in both.items() if len(held) > 1}
    members = tuple(f"{name}/any" if len(held) > 1 else held[0] for name, held in both.items())
    groups |= {"quorum-of-witnesses": Group(least, members)} if least else {}
    return Policy([Party(log, url) for log in logs], named, groups, list(groups)[-1] if least else "none")


def names_of(witnesses: Sequence[Party]) -> list[str]:
    return list(dict.fromkeys(party.verifier.name for party in witnesses))


def key_suffix(verifier: Verifier) -> str:
    return "/pq" if verifier.type is KeyType.ML_DSA_44 else ""
