"""The commands: what an operator, a witness and an outsider type."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tenderwell.ledger import cli, identity, keys, store
from tenderwell.ledger.note import KeyType
from tenderwell.ledger.tests.logs import NOW, leaves
from tenderwell.ledger.tests.sites import bid, honest, policy_file


def run(*words: object) -> int:
    """As the front door does, without what it puts round a command."""
    import argparse

    parser = argparse.ArgumentParser(prog="tenderwell")
    cli.register(parser.add_subparsers())
    args = parser.parse_args([str(word) for word in words])
    return int(args.run(args))


@pytest.mark.django_db
def test_status_publish_and_export(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    settings.TENDERWELL_KEYS_DIR = tmp_path / "keys"
    store.append(leaves(3))
    assert [run("ledger", "publish"), run("ledger", "status"), run("ledger", "export", tmp_path / "log")] == [0, 0, 0]
    said = capsys.readouterr().out
    assert "published 3 entries" in said
    assert f"key        {identity.origin()}+" in said
    assert (tmp_path / "log/tile/entries/000.p/3").exists()


@pytest.mark.django_db
def test_a_log_that_may_not_sign_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.TENDERWELL_KEYS_DIR = tmp_path
    store.append(leaves(3))
    store.publish(now=NOW)
    identity.remember("damaged")
    store.append(leaves(1, start=3))
    assert run("ledger", "publish") == 1
    assert "log.checkpoint is damaged" in capsys.readouterr().out


def test_a_witness_makes_its_keys_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("witness", "key", "audit.example", "--folder", tmp_path / "w")
    assert [run(*words), run(*words)] == [0, 0]
    first, second, *again = capsys.readouterr().out.split()
    assert again == [first, second]
    made = keys.load(tmp_path / "w/witness.key", name="audit.example")
    assert [signer.type for signer in made] == [KeyType.COSIGNATURE, KeyType.ML_DSA_44]


def test_the_verifier_behind_the_front_door(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = honest(tmp_path).receipt(2, bid(1))
    assert run("verify", "receipt", receipt, "--policy", policy_file(tmp_path)) == 0
    assert capsys.readouterr().out.endswith("All is well.\n")


def test_the_verifier_is_handed_out_as_one_file(tmp_path: Path) -> None:
    assert run("ledger", "verifier", tmp_path / "verify.py") == 0
    compile((tmp_path / "verify.py").read_text(), "verify.py", "exec")
