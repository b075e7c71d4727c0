"""Who this log is: its origin, its keys, its witnesses and policy, and what it last said outside the database."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tenderwell.ledger import keys
from tenderwell.ledger.note import KeyType, Note, Signer, Verifier, parse_note, parse_vkey, signed
from tenderwell.ledger.policy import Party, Policy, policy_of

KEY_TYPES = (KeyType.ED25519, KeyType.ML_DSA_44)


class MayNotSign(Exception):
    """The log must not sign now: it would contradict what it has signed before. The text says what to do."""


def origin() -> str:
    return str(settings.TENDERWELL_LOG_ORIGIN)


def key_path() -> Path:
    return Path(settings.TENDERWELL_KEYS_DIR) / "log.key"


def memory_path() -> Path:
    """The last checkpoint, kept where a restored database cannot reach it."""
    return Path(settings.TENDERWELL_KEYS_DIR) / "log.checkpoint"


def signers() -> tuple[Signer, ...]:
    """The log's keys. Raises BadKeyFile."""
    path = key_path()
    if not path.exists() and not memory_path().exists():
        keys.create(path, name=origin(), types=KEY_TYPES)
    return signers_in(path, origin())


@lru_cache(maxsize=8)
def signers_in(path: Path, name: str) -> tuple[Signer, ...]:
    return keys.load(path, name=name)


@lru_cache(maxsize=8)
def verifiers_of(keys: tuple[Signer, ...]) -> tuple[Verifier, ...]:
    return tuple(signer.verifier for signer in keys)


def verifiers() -> tuple[Verifier, ...]:
    """The log's public keys."""
    return verifiers_of(signers())


def retired_path() -> Path:
    """Public halves of keys that no longer sign, one a line: receipts that they signed stay good."""
    return Path(settings.TENDERWELL_KEYS_DIR) / "log.retired"


def retired() -> tuple[Verifier, ...]:
    """Keys that no longer sign."""
    path = retired_path()
    return tuple(map(parse_vkey, path.read_text("utf-8").split())) if path.exists() else ()


def retire(signers: tuple[Signer, ...]) -> None:
    """Keep the public halves of keys that are going."""
    gone = [*retired(), *(each.verifier for each in signers)]
    keys.write_durably(retired_path(), "".join(f"{key.vkey}\n" for key in dict.fromkeys(gone)))


def sign(text: str, *, time: int) -> Note:
    """Sign a checkpoint's text with every key of the log."""
    return signed(text, signers(), time=time)


def witnesses() -> tuple[Party, ...]:
    """Whom the log asks, from the setting: a verifier key, a space, an address. Raises BadNote."""
    words = [line.split(maxsplit=1) for line in settings.TENDERWELL_WITNESSES]
    return tuple(Party(parse_vkey(vkey), *url) for vkey, *url in words)


def policy() -> Policy:
    """What clients pin: the log's keys, also earlier ones, its witnesses, more than half of them."""
    parties = witnesses()
    names = {party.verifier.name for party in parties}
    least = len(names) // 2 + 1 if names else 0
    url = f"{settings.TENDERWELL_ADDRESS}/log"
    return policy_of((*verifiers(), *retired()), url=url, witnesses=parties, least=least)


def remember(text: str) -> None:
    """Keep a checkpoint outside the database, before anybody is shown it."""
    keys.write_durably(memory_path(), text)


def remembered() -> Note | None:
    """The checkpoint kept outside the database. Raises MayNotSign when there is one that cannot be read."""
    try:
        return parse_note(memory_path().read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise MayNotSign(f"{memory_path()} is damaged: {error}. Put it back from a backup or a witness.") from error
