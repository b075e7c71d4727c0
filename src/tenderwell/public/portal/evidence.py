"""The guideline's steps of one process as tables: what was found and where, what is missing, what does not apply."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tenderwell.public.playbook.evidence import Evidence
from tenderwell.public.playbook.standing import StageStanding, Standing
from tenderwell.ui import parts

BREAK = mark_safe("<br>")


def table(stage: StageStanding) -> parts.Table:
    rows = [(name(step), result(step), details(step)) for step in stage.steps]
    columns = (parts.Column(_("Step")), parts.Column(_("Result")), parts.Column(_("Evidence")))
    return parts.Table(_("Steps and gates: {stage}").format(stage=_(stage.stage.title)), columns, rows)


def name(step: Standing) -> str:
    numbers = _("{number}, gate {gate}").format(number=step.step.id, gate=step.step.gate)
    return format_html('{}<br><span class="meta">{}</span>', _(step.step.title), numbers)


def result(step: Standing) -> str:
    texts = {
        "done": _("Found"),
        "partly": _("Partly found"),
        "missing": _("Not found"),
        "not_applicable": _("Does not apply"),
    }
    return texts[step.status]


def details(step: Standing) -> str:
    """One line for each piece of evidence, with its place in the record; or the published reason."""
    if step.status == "not_applicable":
        return step.reason
    lines = [line(evidence, _("Found: {count}").format(count=count)) for evidence, count in step.found]
    lines += [line(evidence, _("missing")) for evidence in step.missing]
    return format_html_join(BREAK, "{}", ((each,) for each in lines))


def line(evidence: Evidence, state: str) -> str:
    """The path in the record is for programs; people read it in words."""
    text = '{}: {} <data class="meta" value="{}">{}</data>'
    return format_html(text, _(evidence.title), state, evidence.path, _(evidence.place))
