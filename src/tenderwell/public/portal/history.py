"""The history of a process: every release as a sentence, with its place in the ledger."""

from django.urls import reverse
from django.utils.translation import gettext

from tenderwell.public.portal.reading import node, words
from tenderwell.public.record.reading import Change
from tenderwell.ui import parts


def happenings(changes: list[Change]) -> list[parts.Happening]:
    """Newest first, each with the address of its proof."""
    return [
        parts.Happening(
            when=change.release.date,
            text=sentence(change.release.content),
            url=f"/api/ocds/releases/{change.release.id}.json",
            proof_url=reverse("portal:proof", args=(change.release.ocid, change.index)),
        )
        for change in reversed(changes)
    ]


def sentence(release: dict[str, object]) -> str:
    """What the release says happened, in the reader's language; its tags when another publisher made it."""
    act = node(release, "act")
    says = words(act, "says")
    if not says:
        tags = release.get("tag")
        return ", ".join(map(str, tags)) if isinstance(tags, list) else words(release, "id")
    given = {name: value for name, value in node(act, "words").items() if isinstance(value, str)}
    try:
        return gettext(says).format(**given)
    except (KeyError, IndexError, ValueError):
        return gettext(says)  # a sentence of another version, with words that are not there
