"""What the site states by itself, its rules and its own texts, as files whose hashes are logged; and their proof."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785
from django.conf import settings
from django.urls import reverse

from tenderwell.core import jurisdiction, procedure
from tenderwell.ledger import releases
from tenderwell.public.portal.texts import TEXTS
from tenderwell.ui import parts

KINDS = {"rules": releases.RULES, "texts": releases.TEXTS}


def rules() -> dict[str, bytes]:
    """Every procedure and jurisdiction as a file of RFC 8785 JSON, by name."""
    found: dict[str, Any] = {f"procedure-{each.key}.json": each.describe() for each in procedure.all_procedures()}
    found |= {f"jurisdiction-{each.key}.json": each.describe() for each in jurisdiction.all_jurisdictions()}
    return {name: rfc8785.dumps(content) for name, content in found.items()}


def texts() -> dict[str, bytes]:
    """Every plain text in every language as such a file, by name."""
    return {text_file(name, code): text_in(name, code) for name in TEXTS for code, _label in settings.LANGUAGES}


def text_file(name: str, language: str) -> str:
    return f"{name}-{language}.json"


def text_in(name: str, language: str) -> bytes:
    content: Any = TEXTS[name].in_language(language)
    return rfc8785.dumps(content)


def files(kind: str) -> dict[str, bytes]:
    """kind: "rules" or "texts"."""
    return rules() if kind == "rules" else texts()


def log() -> None:
    """Log what is stated now, where it is not what was logged last."""
    for kind, leaf in KINDS.items():
        releases.record(leaf, {name: sha256(raw).hexdigest() for name, raw in files(kind).items()})


def proof_of(kind: str, shown: Mapping[str, bytes]) -> parts.Proof | None:
    """The proof that the files shown are those that were logged last; None when one of them is not.

    Its SHA-256 is the file's own; of several, that of their list as it stands in the entry.
    """
    last = releases.logged(KINDS[kind])
    hashes = {name: sha256(raw).hexdigest() for name, raw in shown.items()}
    if last is None or not shown or any(last.files.get(name) != value for name, value in hashes.items()):
        return None
    single = next(iter(hashes.values())) if len(hashes) == 1 else sha256(listed(hashes)).hexdigest()
    return parts.Proof(
        index=last.index,
        sha256=single,
        origin=settings.TENDERWELL_LOG_ORIGIN,
        proof_url=reverse(f"{kind}-proof"),
        explain_url=reverse("portal:check"),
    )


def listed(hashes: Mapping[str, str]) -> bytes:
    return rfc8785.dumps({"files": dict(hashes)})
