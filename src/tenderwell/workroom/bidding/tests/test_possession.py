"""Only who can decrypt with the key can register it, and only for this process and person."""

from datetime import UTC, datetime, timedelta

import pytest

from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.workroom.bidding import possession

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
IDENTITY = new_identity(Suite.X25519)
KEY = recipient_of(IDENTITY)


def proof(*, recipient: str = KEY, identity: str = IDENTITY) -> str:
    sealed = possession.challenge(ocid="a", person="p", recipient=recipient, now=NOW)
    return possession.answer(sealed, identity=identity)


@pytest.mark.parametrize("suite", list(Suite))
def test_the_holder_of_a_key_proves_it(suite: Suite) -> None:
    identity = new_identity(suite)
    answer = proof(recipient=recipient_of(identity), identity=identity)
    place = {"ocid": "a", "person": "p", "recipient": recipient_of(identity)}
    assert possession.proof_flaw(answer, now=NOW, **place) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"ocid": "b"},
        {"person": "q"},
        {"recipient": "age1other"},
        {"now": NOW + timedelta(days=1)},
        {"now": NOW - timedelta(seconds=1)},
        {"proof": "x"},
        {"proof": ""},
    ],
)
def test_a_proof_is_good_for_one_process_person_key_and_day(changed: dict[str, object]) -> None:
    asked = {"proof": proof(), "ocid": "a", "person": "p", "recipient": KEY, "now": NOW, **changed}
    assert getattr(possession.proof_flaw(**asked), "code", "") == "possession_not_proved"  # type: ignore[arg-type]


def test_another_key_does_not_answer() -> None:
    with pytest.raises(ValueError, match="."):
        proof(identity=new_identity(Suite.X25519))


def test_a_challenge_for_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="."):
        possession.challenge(ocid="a", person="p", recipient="age1nonsense", now=NOW)
