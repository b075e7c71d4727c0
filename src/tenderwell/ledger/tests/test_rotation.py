"""New keys for the log: announced under the old ones, used beside them, and old receipts stay good."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from tenderwell.ledger import identity, rotation, store
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.models import Entry
from tenderwell.ledger.note import parse_note, verified
from tenderwell.ledger.tests.logs import NOW, leaves
from tenderwell.ledger.verifying import command

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A log of its own with three published entries; returns the folder of its keys."""
    settings.TENDERWELL_KEYS_DIR = tmp_path / "keys"
    store.append(leaves(3))
    store.publish(now=NOW)
    return tmp_path / "keys"


def checks(text: str, policy: str, folder: Path) -> int:
    (folder / "receipt").write_text(text)
    (folder / "policy").write_text(policy)
    return command.main(["receipt", str(folder / "receipt"), "--policy", str(folder / "policy")])


def test_both_sign_until_the_old_keys_go(folder: Path) -> None:
    before, early = str(identity.policy()), store.proof(1)
    old = identity.verifiers()
    new = rotation.begin(now=NOW)
    entry = json.loads(bytes(Entry.objects.get(kind="key.rotated/v1").body))
    assert entry["new"] == [each.verifier.vkey for each in new]
    assert entry["old"] == [key.vkey for key in old]
    head = parse_note(store.head().note)
    assert len(verified(head, [*old, *(each.verifier for each in new)])) == 4
    between = store.proof(3)
    assert checks(between, before, folder) == checks(between, str(identity.policy()), folder) == 0
    rotation.finish(now=NOW)
    store.append(leaves(1, start=9))
    store.publish(now=NOW)
    late = store.proof(4)
    assert not verified(parse_note(store.head().note), old)
    assert checks(late, before, folder) == 1, "who does not follow the log keeps to the old key"
    assert checks(late, str(identity.policy()), folder) == checks(early, str(identity.policy()), folder) == 0
    assert identity.key_path().stat().st_mode & 0o777 == 0o600


def test_an_interrupted_beginning_is_taken_up(folder: Path) -> None:
    first = rotation.begin(now=NOW)
    assert rotation.begin(now=NOW) == first
    assert Entry.objects.filter(kind="key.rotated/v1").count() == 1


def test_the_old_keys_stay_while_a_server_signs_with_them_alone(folder: Path) -> None:
    old = identity.key_path().read_text()
    rotation.begin(now=NOW)
    both = identity.key_path().read_text()
    identity.key_path().write_text(old)
    identity.signers_in.cache_clear()
    store.append(leaves(1, start=9))
    store.publish(now=NOW)
    identity.key_path().write_text(both)
    identity.signers_in.cache_clear()
    with pytest.raises(MayNotSign, match="start the server again"):
        rotation.finish(now=NOW)
    store.append(leaves(1, start=10))
    store.publish(now=NOW)
    rotation.finish(now=NOW)


def test_there_is_nothing_to_finish_before_the_beginning(folder: Path) -> None:
    with pytest.raises(MayNotSign, match="no new keys"):
        rotation.finish(now=NOW)


def test_a_monitor_is_told_of_the_new_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "policy").write_text(str(identity.policy()))
    rotation.begin(now=NOW)
    store.export(folder / "site/log")
    words = ["monitor", str(folder / "site"), "--state", str(folder / "seen"), "--policy", str(folder / "policy")]
    assert command.main(words, now=NOW.timestamp()) == 0
    assert "announces new keys" in capsys.readouterr().out
