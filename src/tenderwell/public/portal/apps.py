"""Django's name for the portal, and its entries in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "tenderwell.public.portal"
    label = "portal"

    def ready(self) -> None:
        """Add the sections that everybody sees."""
        from tenderwell.ui.navigation import Section, add_to_footer, add_to_header

        add_to_header(Section("search", _("Find tenders"), "portal:search", 10))
        add_to_header(Section("money", _("Where the money goes"), "portal:money", 20))
        add_to_header(Section("rules", _("Rules"), "portal:rules", 30))
        add_to_footer(Section("check", _("Check it yourself"), "portal:check", 10))
        add_to_footer(Section("data", _("Open data and API"), "portal:data", 20))
        add_to_footer(Section("accessibility", _("Accessibility statement"), "portal:accessibility", 30))
        add_to_footer(Section("privacy", _("Privacy"), "portal:privacy", 40))
        add_to_footer(Section("complaints", _("Complaints and appeals"), "portal:complaints", 50))
