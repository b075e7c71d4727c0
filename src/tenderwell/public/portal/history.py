"""The history of a process: every release as a sentence, with its place in the ledger."""

from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from tenderwell.public.portal.differences import shown
from tenderwell.public.portal.reading import node, words
from tenderwell.public.portal.sentences import filling
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
    """What the release says happened, in the reader's language; what its tags mean when it says nothing."""
    act = node(release, "act")
    says = words(act, "says")
    if not says:
        return what_was_published(release)
    given = {
        name: conditional_escape(shown(filling(text)))
        for name, text in node(act, "words").items()
        if isinstance(text, str)
    }
    pattern = escape(gettext(says))  # another publisher's sentence may hold anything
    try:
        return mark_safe(str(pattern).format(**given))
    except (KeyError, IndexError, ValueError, AttributeError):
        return gettext(says)  # a sentence of another version, with words that are not there


def what_was_published(release: dict[str, object]) -> str:
    texts = {
        "planning": _("A plan was published"),
        "planningUpdate": _("The plan was changed"),
        "tender": _("A tender was published"),
        "tenderUpdate": _("The tender was changed"),
        "tenderAmendment": _("The tender was changed"),
        "tenderCancellation": _("The tender was cancelled"),
        "award": _("An award was published"),
        "awardUpdate": _("The award was changed"),
        "contract": _("A contract was published"),
        "contractUpdate": _("The contract was changed"),
        "implementation": _("News of the delivery was published"),
        "compiled": _("The publisher’s whole record was taken over"),
    }
    tags = release.get("tag")
    found = [texts.get(str(tag), str(tag)) for tag in tags] if isinstance(tags, list) else []
    return ". ".join(dict.fromkeys(found)) or words(release, "id")
