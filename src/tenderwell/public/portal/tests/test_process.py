"""What a process's page says: how far it is, what changed, what was paid, all documents at once."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tenderwell.core import files
from tenderwell.public.portal import archive, delivery, notice, results
from tenderwell.public.portal.differences import difference, shown
from tenderwell.public.portal.history import sentence
from tenderwell.public.portal.money import months_until

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
OPEN = {"startDate": "2026-04-01T00:00:00Z", "endDate": "2026-06-01T00:00:00Z"}
OVER = {"startDate": "2026-03-01T00:00:00Z", "endDate": "2026-04-01T00:00:00Z"}


def states(compiled: Any) -> list[str]:
    return [each.state for each in notice.stages(compiled, NOW)]


@pytest.mark.parametrize(
    ("compiled", "found"),
    [
        ({}, ["now", "next", "next", "next"]),
        ({"tender": {"status": "active", "tenderPeriod": OPEN}}, ["done", "now", "next", "next"]),
        ({"tender": {"status": "active", "tenderPeriod": OVER}}, ["done", "done", "now", "next"]),
        ({"tender": {"status": "complete"}, "awards": [{"status": "active"}]}, ["done", "done", "done", "now"]),
        ({"contracts": [{"status": "terminated"}]}, ["done"] * 4),
    ],
)
def test_the_stages_follow_the_record(compiled: Any, found: list[str]) -> None:
    assert states(compiled) == found


@pytest.mark.parametrize(
    ("status", "text", "stage"), [("cancelled", "Cancelled", 1), ("unsuccessful", "Ended without an award", 2)]
)
def test_what_ended_early_never_reaches_the_contract(status: str, text: str, stage: int) -> None:
    found = notice.stages({"tender": {"status": status, "tenderPeriod": OVER}}, NOW)
    assert (found[stage].state, found[stage].when) == ("now", text)
    assert found[3].state == "next"


def test_only_our_own_amounts_are_said_to_be_without_tax() -> None:
    compiled = {"tender": {"value": {"amount": 5, "currency": "USD"}}}
    assert notice.key_facts(compiled)[0].note == ""
    assert notice.key_facts(compiled, note="without tax")[0].note == "without tax"


def test_weights_stand_with_their_criteria_the_heaviest_first() -> None:
    rows = [{"title": "Price", "weight": "40"}, {"title": "Register", "weight": "0"}, {"title": "Menu", "weight": "60"}]
    told = notice.scoring({"evaluation": {"criteria": [{"criteria": rows}]}})
    assert told.index("60%") < told.index("Menu") < told.index("40%") < told.index("Must pass") < told.index("Register")


def test_a_change_shows_what_was_and_what_is() -> None:
    told = difference({"field": "value", "before": "448500.000000", "after": "475410.000000"})
    assert "<del>" in told
    assert "448,500" in told
    assert "475,410</ins>" in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-12-10T11:00:00.000Z", "<time"),
        ("448500.50", "448,500.5"),
        ("12", "12"),
        ("1e5", "1e5"),
        ("3.4.5", "3.4.5"),
    ],
)
def test_times_and_amounts_are_written_for_people(text: str, found: str) -> None:
    assert shown(text).startswith(found)


def test_a_foreign_sentence_cannot_bring_markup() -> None:
    act = {"says": "<script>{x}</script>", "words": {"x": "<b>"}}
    assert sentence({"act": act}) == "&lt;script&gt;&lt;b&gt;&lt;/script&gt;"


def test_a_sentence_without_words_stands_as_it_is() -> None:
    assert sentence({"act": {"says": "A question was asked.", "words": {}}}) == "A question was asked."
    assert sentence({"act": {"says": "Closed at {closes}."}}) == "Closed at {closes}."


def test_a_release_without_a_sentence_is_told_by_its_tags() -> None:
    assert sentence({"tag": ["tender", "x"]}) == "A tender was published. x"


def test_a_proposed_change_of_a_contract_is_not_in_force() -> None:
    changes = [
        {"date": "2026-05-01", "cumulativeShare": 0.1, "limitShare": 0.15},
        {"date": "2026-04-01", "cumulativeShare": 0.06, "approvedBy": "approver"},
        {"date": "2026-03-02", "cumulativeShare": 0.06, "rejectedBy": "approver", "rejection": "It is too dear."},
        {"date": "2026-03-01"},
    ]
    found = delivery.changes({"amendments": changes})
    told = ["Proposed, not approved yet", "Approved, in force", "Rejected: It is too dear.", ""]
    assert [each.who for each in found] == told
    assert "With this change all changes come to 10% of the value at signing. The limit is 15%." in str(found[0].detail)
    assert all("All changes so far: 6% of" in str(each.detail) for each in found[1:3])


def contract(*transactions: Any, invoices: Any = ()) -> dict[str, Any]:
    value = {"amount": 100, "currency": "USD"}
    return {"value": value, "implementation": {"transactions": list(transactions), "invoices": list(invoices)}}


def usd(amount: float) -> dict[str, Any]:
    return {"amount": amount, "currency": "USD"}


def test_paid_stands_against_what_was_agreed() -> None:
    invoices = [{"id": "1", "status": "paid", "value": usd(30)}, {"id": "2", "status": "accepted", "value": usd(20)}]
    drawn = delivery.paid_chart(contract({"relatedInvoice": "1", "value": usd(30)}, invoices=invoices))
    assert drawn
    assert [each.values for each in drawn.series] == [[30.0], [20.0], [50.0]]


@pytest.mark.parametrize("other", [[], [{"value": {"amount": 5, "currency": "EUR"}}]])
def test_nothing_is_drawn_of_nothing_or_of_two_currencies(other: Any) -> None:
    assert delivery.paid_chart(contract(*other)) is None


def test_the_days_to_pay_are_drawn_from_two_payments_on() -> None:
    paid = [{"date": "2026-02-01T00:00:00Z", "daysToPay": 25}, {"date": "2026-01-01T00:00:00Z", "daysToPay": 31}]
    drawn = delivery.days_chart(contract(*paid))
    assert drawn
    assert drawn.series[0].values == [31.0, 25.0]
    assert delivery.days_chart(contract(paid[0])) is None


def test_a_late_milestone_says_by_how_much() -> None:
    row = {"title": "Roofs", "dueDate": "2026-07-28T00:00:00Z", "dateMet": "2026-07-30T00:00:00Z"}
    assert "(2 days late)" in str(delivery.milestones({"milestones": [row]}).rows[0][2])


def test_results_stand_beside_their_targets() -> None:
    metric = {"title": "Lessons", "relatedOutcome": "o", "observations": [{"measure": "17"}]}
    compiled = {
        "planning": {"outcomes": [{"id": "o", "baseline": "61", "target": "0"}]},
        "contracts": [{"implementation": {"metrics": [metric]}}],
    }
    assert delivery.contracts(compiled)[0].results.rows[0][1:4] == ("61", "0", "17")


def test_the_best_bid_comes_first_in_the_chart_of_points() -> None:
    told = [{"bid": "b1", "total": "434/5"}, {"bid": "b2", "total": "9963/100"}]
    drawn = results.score_chart({"tender": {"evaluation": {"results": told}}})
    assert drawn
    assert (list(drawn.labels), drawn.series[0].values) == (["b2", "b1"], [99.63, 86.8])


def kept(text: bytes, name: str) -> dict[str, Any]:
    stored = files.store([text], limit=1000)
    return {"sha256": stored.sha256, "url": f"/x/{name}", "datePublished": "2026-01-02T03:04:06Z"}


def test_all_documents_come_in_one_archive_with_their_hashes() -> None:
    found = archive.packed(
        [kept(b"one", "a.pdf"), kept(b"two", "a.pdf"), kept(b"3", "..%2Fevil"), {"url": "/none"}], now=NOW
    )
    packed = zipfile.ZipFile(io.BytesIO(b"".join(archive.stream(found))))
    assert packed.testzip() is None
    names = packed.namelist()
    assert (names[0], names[-1], len(names)) == ("a.pdf", "SHA256SUMS", 4)
    assert all("/" not in name for name in names)
    listed = dict(line.split("  ")[::-1] for line in packed.read("SHA256SUMS").decode().splitlines())
    assert all(hashlib.sha256(packed.read(name)).hexdigest() == digest for name, digest in listed.items())


def test_the_same_documents_give_the_same_archive() -> None:
    found = archive.packed([kept(b"one", "a.pdf")], now=NOW)
    assert b"".join(archive.stream(found)) == b"".join(archive.stream(found))


def test_what_is_withheld_stays_out_of_the_archive() -> None:
    withheld = {**kept(b"secret", "a.pdf"), "availableDate": "2026-06-01T00:00:00Z"}
    assert archive.packed([withheld], now=NOW) == []
    assert len(archive.packed([withheld], now=NOW + timedelta(days=60))) == 1


def test_bids_close_in_the_future_or_have_closed() -> None:
    assert "Open until" in notice.until(NOW + timedelta(days=1), NOW)
    assert "Closed on" in notice.until(NOW, NOW)


def test_months_without_anything_are_drawn_too() -> None:
    months = months_until((2026, 2))
    assert (months[0], months[-1], len(months)) == ((2025, 3), (2026, 2), 12)


def test_the_notice_shows_the_committee_as_eight_words() -> None:
    fact = notice.key_facts({"tender": {"committee": {"sha256": "0" * 64}}})[-1]
    assert str(fact.value).count("able") == 8
    assert notice.key_facts({"tender": {"committee": {"sha256": "x"}}}) == []
