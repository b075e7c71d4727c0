"""The opening of bids against the log: every bid there, in time, unchanged, and opened in its turn."""

from collections.abc import Iterator
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Policy, Problem, Seen
from tenderwell.ledger.verifying.receipt import as_time, check_receipt, parse_receipt
from tenderwell.ledger.verifying.record import Record
from tenderwell.ledger.verifying.source import Json, Source, Unusable, jcs, time_of

LATE = "late"
ENVELOPES_BAD = ("envelope-unreadable", "envelope-of-another-bid", "envelope-breaks-commitment")
STAY_SHUT = ("withdrawn", "replaced", "lapsed", "void", "shut", "not opened yet", LATE)


def opened_in(value: Json) -> Iterator[Json]:
    """Every object, however deep, that opens a blind entry: it has an index and a preimage."""
    if isinstance(value, dict):
        if isinstance(value.get("index"), int) and isinstance(value.get("preimage"), dict):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from opened_in(part)


def check_one_opened(record: Record, one: Json, *, ocid: str) -> str:
    entry, preimage = record.entries.get(one["index"], {}), one["preimage"]
    if entry.get("c") != sha256(jcs(preimage).encode()).hexdigest():
        return f"entry {one['index']} does not hide what the record of {ocid} says"
    if ocid not in {preimage.get("tender"), preimage.get("subject")}:
        return f"entry {one['index']} was made for another process than {ocid}"
    record.opened[one["index"]] = one
    return ""


def minutes_in(release: Json) -> Json:
    """The opening record that a release publishes, or None."""
    tender = release.get("tender")
    return tender.get("openingRecord") if isinstance(tender, dict) else None


def received(minutes: Json) -> list[Json]:
    """The rows of bids; the others are of withdrawals, deliveries and late arrivals."""
    return [row for row in minutes.get("bids", []) if row.get("preimage", {}).get("act") == "bid.received"]


def counting(minutes: Json) -> list[Json]:
    return [row for row in received(minutes) if row.get("verdict") != LATE]


def check_minutes(record: Record, release: Json, *, ocid: str) -> Iterator[str]:
    """The opening record is the one that was logged, complete in itself, and no bid came late or was opened early."""
    minutes = minutes_in(release)
    if minutes is None:
        return
    if sha256(jcs(minutes).encode()).hexdigest() not in record.done.get(ocid, set()):
        yield f"the opening record of {ocid} is not the one that was logged"
    last, end = record.closed.get(ocid, (-1, ""))
    if last < 0:
        yield f"{ocid} was opened, but the log does not say when its period ended"
    for row in counting(minutes):
        if row["index"] > last >= 0 or str(row["preimage"].get("received")) >= end > "":
            yield f"bid {row['id']} of {ocid} came after the end of the period, but counts"
    yield from check_rows(minutes, ocid=ocid)
    yield from check_turns(record, minutes, ocid=ocid, last=last)


def check_rows(minutes: Json, *, ocid: str) -> Iterator[str]:
    """Each row opens an entry of its own, and the counts are those of the rows."""
    rows = minutes.get("bids", [])
    indexes = [row.get("index") for row in rows]
    if len(set(indexes)) != len(indexes) or not all(isinstance(row.get("preimage"), dict) for row in rows):
        yield f"the opening record of {ocid} has a row without an entry of its own"
    for row in rows:
        if row.get("commitment", row["preimage"].get("commitment")) != row["preimage"].get("commitment"):
            yield f"row {row['id']} of {ocid} is about another bid than its entry"
    if minutes.get("received", len(received(minutes))) != len(received(minutes)):
        yield f"the opening record of {ocid} counts {minutes['received']} bids and lists {len(received(minutes))}"


def check_turns(record: Record, minutes: Json, *, ocid: str, last: int) -> Iterator[str]:
    """Shares were released by enough members, after the end of the period, and only of bids that were to be opened."""
    rows = counting(minutes)
    opened = [row for row in rows if row.get("verdict") not in STAY_SHUT]
    first = min((row["index"] for row in rows), default=0)
    if opened and not any(index < first for index, _ in record.committees.get(ocid, [])):
        yield f"{ocid} was opened, but the log did not say before the bids who could open them"
    yield from check_committees(record, ocid=ocid)
    yield from check_handed(record, ocid=ocid, last=last)
    for row in rows:
        shares = [(index, who) for index, who, bid in record.shares if bid == row["preimage"].get("commitment")]
        if any(index < last for index, _ in shares):
            yield f"a share of bid {row['id']} of {ocid} was released before the end of the period"
        if row not in opened and row.get("verdict") != "not opened yet" and shares:
            yield f"bid {row['id']} of {ocid} was to stay shut, but a share of it was released"
        least, members = openers(record, row, ocid=ocid)
        if row in opened and row.get("verdict") == "valid" and len({who for _, who in shares} & members) < least:
            yield (
                f"bid {row['id']} of {ocid} is shown opened, but fewer than {least} members of its committee released "
                "a share of it"
            )
        if row.get("verdict") in ENVELOPES_BAD:
            yield from check_contested(record, row, members, least=least, ocid=ocid)
    yield from check_next(record, rows, ocid=ocid)


def check_contested(record: Record, row: Json, members: set[str], *, least: int, ocid: str) -> Iterator[str]:
    """A bid is rejected for its envelopes only where so many members contested theirs that it could not be opened."""
    against = {who for who, bid in record.contested if bid == row["preimage"].get("commitment")} & members
    if len(members) - len(against) >= least:
        yield f"bid {row['id']} of {ocid} is rejected for its envelopes, but enough members could open it"


def published_committee(record: Record, part: str, *, ocid: str) -> str:
    """The hash of the committee that the releases name last; part: committee, or priceCommittee for the prices."""
    tenders = [release.get("tender") for release in record.releases.get(ocid, [])]
    stated = [tender[part] for tender in tenders if isinstance(tender, dict) and isinstance(tender.get(part), dict)]
    return str(stated[-1].get("sha256")) if stated else ""


def logged_committee(record: Record, sha256_hex: str, *, ocid: str) -> Json:
    """The record with this hash in the log, or None."""
    rows = [entry for _, entry in record.committees.get(ocid, [])]
    return next((entry for entry in rows if sha256(jcs(entry).encode()).hexdigest() == sha256_hex), None)


def check_committees(record: Record, *, ocid: str) -> Iterator[str]:
    """Who may open is published as it was logged."""
    for part in ("committee", "priceCommittee"):
        stated = published_committee(record, part, ocid=ocid)
        if stated and logged_committee(record, stated, ocid=ocid) is None:
            yield f"the {part} that is published for {ocid} is not in the log"


def check_handed(record: Record, *, ocid: str, last: int) -> Iterator[str]:
    """Only a member hands shares over to a deputy, and only when no bid can come any more."""
    members = {str(each.get("id")) for _, entry in record.committees.get(ocid, []) for each in entry.get("members", [])}
    for index, entry in record.handed.get(ocid, []):
        if entry.get("member") not in members:
            yield f"entry {index} hands over shares of {entry.get('member')}, who is no member of {ocid}'s committee"
        if index < last:
            yield f"{entry.get('member')} of {ocid} handed shares over before the end of the period, at entry {index}"


def openers(record: Record, row: Json, *, ocid: str) -> tuple[int, set[str]]:
    """How many members open an envelope together, and which: of its own committee where the prices have one."""
    own = published_committee(record, "priceCommittee", ocid=ocid) if row.get("stage") == "price" else ""
    stated = own or published_committee(record, "committee", ocid=ocid)
    found = logged_committee(record, stated, ocid=ocid)
    named = [found] if found else [entry for _, entry in record.committees.get(ocid, [])]
    members = {str(member.get("id")) for entry in named for member in entry.get("members", [])}
    return min((int(entry["k"]) for entry in named), default=0), members


def check_next(record: Record, rows: list[Json], *, ocid: str) -> Iterator[str]:
    """Of a later envelope, shares come after the entry that admits it, and only of those that it names."""
    commitments = {str(row["preimage"].get("commitment")) for row in rows}
    named = {str(each) for _, entry in record.admitted.get(ocid, []) for each in entry.get("open", [])}
    for row in rows:
        is_open = row.get("stage") == "price" and row.get("verdict") not in STAY_SHUT
        if is_open and row["preimage"].get("commitment") not in named:
            yield f"{row['id']} of {ocid} was opened, but no entry says that its bid passed"
    for place, entry in record.admitted.get(ocid, []):
        shut, may = set(map(str, entry.get("shut", []))), set(map(str, entry.get("open", [])))
        for index, _, bid in record.shares:
            if bid in commitments and (bid in shut or (bid in may and index < place)):
                yield f"a share of an envelope of {ocid} was released out of turn, at entry {index}"


def check_shown(releases: list[Json], *, ocid: str) -> Iterator[str]:
    """The bids that the record shows are those of the opening record, under their bidders."""
    shown: dict[str, Json] = {}
    rows: dict[str, Json] = {}
    for release in releases:
        bids = release.get("bids")
        for bid in bids.get("details", []) if isinstance(bids, dict) else []:
            shown[str(bid.get("id"))] = shown.get(str(bid.get("id")), {}) | bid
        rows |= {str(row["id"]): row for row in received(minutes_in(release) or {})}
    if not rows:
        return
    for identity in shown.keys() - rows.keys():
        yield f"bid {identity} of {ocid} is shown, but is not in the opening record: it was added"
    for identity, row in rows.items():
        if row.get("verdict") == "valid" and "stage" not in row and identity not in shown:
            yield f"bid {identity} of {ocid} was opened, but is not shown: it was dropped"
        tenderers = shown.get(identity, {}).get("tenderers") or [{}]
        if tenderers[0].get("id", row["preimage"].get("bidder")) != row["preimage"].get("bidder"):
            yield f"bid {identity} of {ocid} is shown under another bidder"


# In time


def check_in_time(record: Record, source: Source, policy: Policy, *, ocid: str, tolerance: int) -> Iterator[str]:
    """Enough witnesses saw each bid that counts by the end of the period. tolerance: seconds that this may take."""
    end = time_of(record.closed.get(ocid, (-1, ""))[1])
    if policy.quorum == "none" or end is None:
        return
    for release in record.releases.get(ocid, []):
        for row in counting(minutes_in(release) or {}):
            when = seen_at(record, source, policy, row, ocid=ocid)
            if when is None:
                yield f"bid {row['id']} of {ocid}: nothing shows when witnesses saw it"
            elif when > end + tolerance:
                yield f"bid {row['id']} of {ocid}: witnesses saw it only at {as_time(when)}, after the end"


def seen_at(record: Record, source: Source, policy: Policy, row: Json, *, ocid: str) -> int | None:
    """When the witnesses of a quorum had seen the entry of this row, by its published proof."""
    try:
        text = source.read(f"processes/{ocid}/proofs/{row['index']}.tlog-proof").decode("utf-8", "replace")
        receipt = parse_receipt(text)
        seen, entry = check_receipt(receipt, policy)
    except (Unusable, Problem):
        return None
    stands = receipt.index == row["index"] and entry == jcs(record.entries.get(row["index"], {})).encode()
    return quorum_time(seen, policy) if stands else None


def quorum_time(seen: Seen, policy: Policy) -> int | None:
    """The first time at which enough witnesses had cosigned."""
    for when in sorted(seen.times.values()):
        if policy.has(policy.quorum, {name for name, at in seen.times.items() if at <= when}):
            return when
    return None
