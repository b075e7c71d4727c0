"""Outages that let bids close later, recomputed from the heartbeats in the log."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tenderwell.ledger.verifying.source import Json

HEARTBEAT = "heartbeat/v1"
NO_TIME = timedelta(0)


def check_outages(entries: Mapping[int, Json], release: Json, *, ocid: str) -> Iterator[str]:
    """What does not hold of each extension of a tender period that a release gives outages as its reason for."""
    tender = release.get("tender")
    for extension in tender.get("outageExtensions", []) if isinstance(tender, dict) else []:
        try:
            problems = list(extension_flaws(entries, extension, closes=tender["tenderPeriod"]["endDate"]))
        except (ValueError, ArithmeticError) as error:
            problems = [f"it cannot be read: {error}"]
        yield from (f"the extension {extension.get('id')} of {ocid}: {problem}" for problem in problems)


def extension_flaws(entries: Mapping[int, Json], extension: Json, *, closes: str) -> Iterator[str]:
    """closes: when the period ends, as the release says."""
    silences = []
    for outage in extension["outages"]:
        if problem := outage_flaw(entries, outage):
            yield problem
        silences.append((instant(outage["period"]["startDate"]), instant(outage["period"]["endDate"])))
    found = extended_end(silences, extension)
    if found != instant(extension["newEnd"]) or found != instant(closes):
        yield f"bids should close at {found or extension['previousEnd']}, not at {extension['newEnd']}"


def outage_flaw(entries: Mapping[int, Json], outage: Json) -> str:
    """Why the log does not show this silence; empty when it does."""
    first, last = outage["indexBefore"], outage["indexAfter"]
    before, after = entries.get(first, {}), entries.get(last, {})
    if before.get("type") != HEARTBEAT or after.get("type") != HEARTBEAT:
        return f"entries {first} and {last} are no heartbeats"
    if any(first < index < last and entry.get("type") == HEARTBEAT for index, entry in entries.items()):
        return f"there is a heartbeat between entries {first} and {last}: the service was not silent"
    told = (instant(outage["period"]["startDate"]), instant(outage["period"]["endDate"]))
    if told != (instant(before["at"]), instant(after["at"])):
        return f"the heartbeats in entries {first} and {last} are of other times"
    return "" if instant(after["at"]) > instant(before["due"]) else f"entry {last} was not late: nothing failed"


def extended_end(silences: list[tuple[datetime, datetime]], rule: Json) -> datetime | None:
    """When bids close by the published rule; None where it extends nothing."""
    end = instant(rule["previousEnd"])
    begin, final = end - timedelta(hours=rule["hours"]), end - timedelta(minutes=rule["finalMinutes"])
    lost = sum((overlap(silence, begin, end) for silence in silences), NO_TIME)
    is_final = any(overlap(silence, final, end) > NO_TIME for silence in silences)
    if lost == NO_TIME or (lost <= timedelta(seconds=rule["toleratedSeconds"]) and not is_final):
        return None
    step = timedelta(minutes=rule["stepMinutes"])
    later = max(end, *(back for _, back in silences)) + -(-lost // step) * step
    floor = later.replace(second=0, microsecond=0)
    return floor if floor == later else floor + timedelta(minutes=1)


def overlap(silence: tuple[datetime, datetime], start: datetime, end: datetime) -> timedelta:
    return max(NO_TIME, min(silence[1], end) - max(silence[0], start))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def longest_silences(entries: Mapping[int, Json]) -> list[str]:
    """Every heartbeat that came later than the one before it promised, in words; and each that goes back in time."""
    beats = [(index, entry) for index, entry in sorted(entries.items()) if entry.get("type") == HEARTBEAT]
    found = []
    for (first, before), (last, after) in zip(beats, beats[1:], strict=False):
        if instant(after["at"]) > instant(before["due"]):
            found.append(f"from {before['at']} to {after['at']} (entries {first} and {last})")
    return found


def backward_beats(entries: Mapping[int, Json]) -> list[int]:
    """Heartbeats with an earlier time than one before them: written afterwards, to hide a silence."""
    latest, found = None, []
    for index, entry in sorted(entries.items()):
        if entry.get("type") != HEARTBEAT:
            continue
        moment = instant(entry["at"])
        if latest and moment < latest:
            found.append(index)
        latest = max(moment, latest) if latest else moment
    return found
