#!/usr/bin/env python3
"""The verifier for outsiders: run it here, or write it as one file that needs nothing else of Tenderwell.

python3 -m tenderwell.ledger.verify receipt FILE.tlog-proof --policy FILE
"""

import ast
import sys
from collections.abc import Sequence
from pathlib import Path

from tenderwell.ledger.verifying.command import main

PARTS = (
    "formats",
    "tree",
    "source",
    "report",
    "receipt",
    "record",
    "opened",
    "outages",
    "ranking",
    "evaluation",
    "process",
    "released",
    "monitor",
    "command",
)
HEAD = '''#!/usr/bin/env python3
"""Checks a receipt, a published record or a whole log of Tenderwell, trusting nobody.

One file: copy it anywhere. It needs Python 3.11 and the package `cryptography` (48 or later for ML-DSA-44 keys).
Start with: python3 verify.py --help
"""
'''
TAIL = '\n\nif __name__ == "__main__":\n    sys.exit(main())\n'


def one_file() -> str:
    """The parts one after the other, their imports first, so that an outsider reads and runs a single file."""
    texts = [(Path(__file__).parent / "verifying" / f"{part}.py").read_text("utf-8") for part in PARTS]
    return HEAD + "\n" + "\n".join(imports_of(texts)) + "\n" + "".join(map(own, texts)) + TAIL


def imports_of(texts: Sequence[str]) -> list[str]:
    """One line a module that the parts import at their top, siblings left out."""
    nodes = [node for text in texts for node in ast.parse(text).body]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    names: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith("tenderwell."):
            names.setdefault(node.module, set()).update(name.name for name in node.names)
    lines = [f"from {module} import {', '.join(sorted(found))}" for module, found in sorted(names.items())]
    return [*(f"import {name}" for name in sorted(plain)), *lines]


def own(text: str) -> str:
    """What a part says itself: its first sentence as a heading, and all below the imports."""
    module = ast.parse(text)
    last = max(node.end_lineno or 0 for node in module.body if isinstance(node, ast.Import | ast.ImportFrom))
    heading = (ast.get_docstring(module) or "").split("\n")[0]
    return f"\n\n# {heading}\n\n" + "\n".join(text.split("\n")[last:]).strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
