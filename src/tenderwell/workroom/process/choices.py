"""What whoever begins a process can choose from: procedures of procurement, and laws that are laws."""

from django.utils.translation import gettext

from tenderwell.core import jurisdiction, procedure


def procedures(subject: object = None, actor: object = None) -> list[tuple[str, str]]:
    """The procedures that procure; that of organisations has no procurement method."""
    return [(each.key, gettext(each.title)) for each in procedure.all_procedures() if each.ocds_method]


def laws(subject: object = None, actor: object = None) -> list[tuple[str, str]]:
    return [(each.key, each.name) for each in jurisdiction.all_jurisdictions() if each.states_law]
