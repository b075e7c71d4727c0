"""What whoever begins a process can choose from: procedures of procurement, and laws that are laws."""

from django.conf import settings
from django.utils.translation import gettext

from tenderwell.core import jurisdiction, procedure
from tenderwell.core.jurisdiction import Jurisdiction


def procedures(subject: object = None, actor: object = None) -> list[tuple[str, str]]:
    """The procedures that procure; that of organisations has no procurement method."""
    return [(each.key, gettext(each.title)) for each in procedure.all_procedures() if each.ocds_method]


def laws(subject: object = None, actor: object = None) -> list[tuple[str, str]]:
    """Those that state law; rules for practice only where the installation's own law is as invented as they are."""
    own = jurisdiction.get(settings.TENDERWELL_JURISDICTION)
    found = (each for each in jurisdiction.all_jurisdictions() if each.states_law)
    return [(each.key, label(each)) for each in found if not each.is_practice or each.country == own.country]


def label(law: Jurisdiction) -> str:
    if not law.is_practice:
        return law.name
    return gettext("{name}: a day of the law lasts {seconds} seconds").format(
        name=law.name, seconds=int(law.calendar.day.total_seconds())
    )
