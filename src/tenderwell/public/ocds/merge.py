"""Releases of one process into its compiled release, one at a time or all at once, with the same result. Pure.

Source: OCDS 1.1 merge rules. Our own table says which fields are left out and which lists are replaced as a whole;
any other list of objects is merged by `id`. As in the reference implementation, null takes out a single value and
changes nothing on an object or a list.
"""

from collections.abc import Iterable
from typing import Any

from tenderwell.public.ocds.canonical import Json

OMITTED = frozenset({"id", "date", "tag", "act"})  # of the release itself
WHOLE = frozenset(
    {
        ("additionalClassifications",),
        ("additionalIdentifiers",),
        ("identifiers",),
        ("numbers",),
        ("rationaleClassifications",),
        ("customerServices",),
        ("details", "classifications"),
        ("awardCriteria", "criteria"),
        ("selectionCriteria", "criteria"),
        ("exclusionGrounds", "criteria"),
        ("evaluation", "criteria"),
        ("committee", "members"),
        ("priceCommittee", "members"),
    }
)


def merge(releases: Iterable[dict[str, Json]]) -> dict[str, Json]:
    """The compiled release of all releases of one process, merged in the order of their dates."""
    compiled: dict[str, Json] = {}
    for release in sorted(releases, key=lambda release: str(release["date"])):
        compiled = merge_into(compiled, release)
    return compiled


def merge_into(compiled: dict[str, Json], release: dict[str, Json]) -> dict[str, Json]:
    """The compiled release with one more release, dated after all that are in it; `compiled` may be empty."""
    told = {name: part for name, part in release.items() if name not in OMITTED}
    date = release["date"]
    named = {"tag": ["compiled"], "id": f"{release['ocid']}-{date}", "date": date}
    return {**_object(compiled, told, ()), **named}


def _object(old: dict[str, Json], new: dict[str, Json], path: tuple[str, ...]) -> dict[str, Json]:
    merged = dict(old)
    for name, part in new.items():
        value = _value(old.get(name), part, (*path[-1:], name))
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged


def _value(old: Json, new: Json, path: tuple[str, ...]) -> Any:
    """path: the last two names; enough to find the rule."""
    if new is None:
        return old if isinstance(old, dict | list) else None
    if isinstance(new, dict):
        return _object(old if isinstance(old, dict) else {}, new, path)
    if isinstance(new, list):
        return _list(old, new, path)
    return new


def _list(old: Json, new: list[Json], path: tuple[str, ...]) -> Any:
    if not new:
        return [] if isinstance(old, list) and not _are_objects(old) else old
    if is_whole(path) or not _are_objects(new):
        return new
    return _by_id(old if isinstance(old, list) and _are_objects(old) else [], new, path)


def is_whole(path: tuple[str, ...]) -> bool:
    """Whether the list at this path (its last two names) is replaced as a whole."""
    return path in WHOLE or path[-1:] in WHOLE


def _are_objects(values: list[Json]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _by_id(old: list[Json], new: list[Json], path: tuple[str, ...]) -> list[Json]:
    """Objects with a known id are merged where they stand, others are added at the end."""
    merged = list(old)
    places = {_key(part): place for place, part in enumerate(merged) if _key(part)}
    for part in new:
        place = places.get(_key(part)) if _key(part) else None
        if place is not None:
            merged[place] = _object(merged[place], part, path)
        elif told := _object({}, part, path):
            places[_key(part)] = len(merged)
            merged.append(told)
    return merged


def _key(part: dict[str, Json]) -> str:
    """The id with its kind: 1 and "1" are two ids. Empty for an object without."""
    return repr(part["id"]) if part.get("id") is not None else ""
