"""The site's own plain texts, which no act has published: what they say, and where they lead."""

from dataclasses import dataclass

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Text:
    """A page of plain text. links: words and address; all words are translatable."""

    name: str
    title: str
    lead: str
    paragraphs: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    def in_language(self, code: str) -> dict[str, object]:
        """All it says in one language, as plain JSON."""
        with override(code):
            return {
                "name": self.name,
                "language": code,
                "title": gettext(self.title),
                "lead": gettext(self.lead),
                "paragraphs": [gettext(each) for each in self.paragraphs],
                "links": [{"text": gettext(text), "url": url} for text, url in self.links],
            }


TEXTS = {
    each.name: each
    for each in (
        Text(
            "data",
            _("Open data and API"),
            _(
                "Everything public here can be taken as data in the Open Contracting Data Standard, version 1.1.5, "
                "without an account."
            ),
            links=(
                (_("All releases, page by page"), "/api/ocds/releases"),
                (_("All records"), "/api/ocds/records"),
                (_("The API for programs that take part"), "/api/v1/openapi.json"),
            ),
        ),
        Text(
            "accessibility",
            _("Accessibility statement"),
            _(
                "This site is made to be used by everybody: with a keyboard, with a screen reader, on a small "
                "telephone, without JavaScript."
            ),
            (
                _(
                    "Its pages are tested against WCAG 2.2, level AA, by a program on every change. No audit by people "
                    "has been made yet."
                ),
            ),
        ),
        Text(
            "privacy",
            _("Privacy"),
            _("Public pages need no account and set no cookie that follows you."),
            (
                _(
                    "Names and e-mail addresses of people who sign in are kept in tables that are never published. The "
                    "ledger holds only salted digests of anything personal, so that it can be deleted."
                ),
            ),
        ),
        Text(
            "complaints",
            _("Complaints and appeals"),
            _(
                "A firm that took part can complain on its desk, while the time for it runs. The review body decides; "
                "the complaint and the decision are published, and no contract is signed before."
            ),
        ),
    )
}
