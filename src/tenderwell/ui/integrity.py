"""Scripts with the hashes by which browsers check them (subresource integrity)."""

import base64
import hashlib
from functools import cache

from django.contrib.staticfiles import finders
from django.templatetags.static import static


def url_and_integrity(name: str) -> dict[str, str]:
    """The address of a static script and its integrity; empty when the assets have not been built."""
    found = finders.find(name)
    return {"url": static(name), "integrity": integrity_of(found)} if isinstance(found, str) else {}


@cache
def integrity_of(path: str) -> str:
    """SHA-384 in the form that HTML takes; the build changes a file only before the program starts."""
    with open(path, "rb") as script:
        return "sha384-" + base64.b64encode(hashlib.sha384(script.read()).digest()).decode()
