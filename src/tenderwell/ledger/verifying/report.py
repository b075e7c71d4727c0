"""What was found, for people and for machines."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from tenderwell.ledger.verifying.source import Json


def plain(text: str) -> str:
    """On one line, without what moves a reader's cursor or turns the text around: a publisher may have written it."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


@dataclass
class Report:
    """What was found, for people and for machines."""

    findings: list[tuple[bool, str]] = field(default_factory=list)
    facts: dict[str, Json] = field(default_factory=dict)

    def good(self, text: str) -> None:
        self.findings.append((True, text))

    def bad(self, text: str) -> None:
        self.findings.append((False, text))

    def bad_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.bad(text)

    @property
    def is_good(self) -> bool:
        return all(is_good for is_good, _ in self.findings)

    def as_text(self) -> str:
        last = "All is well." if self.is_good else "This does not hold. Keep the files: they are the evidence."
        marked = (("ok       " if is_good else "PROBLEM  ") + plain(text) for is_good, text in self.findings)
        return "\n".join([*marked, last])

    def as_json(self) -> str:
        findings = [{"ok": is_good, "text": text} for is_good, text in self.findings]
        return json.dumps({"ok": self.is_good, "findings": findings, **self.facts}, indent=2)
