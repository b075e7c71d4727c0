"""Pages of complaints: who complains reads what follows from it, who decides reads each complaint in full."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tenderwell.core.web import actor_of, command_page
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import moment
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import may_try
from tenderwell.workroom.remedies import commands
from tenderwell.workroom.remedies.models import Complaint

READ_FIRST = "core/read_first.html"


def complain(request: HttpRequest, ocid: str) -> HttpResponse:
    """The form of a complaint, with what becomes of it."""
    follows = _(
        "A review body outside the buyer decides your complaint; a contract that is not signed yet waits for it. Your "
        "complaint is published at once, without the name of your firm. You can withdraw it."
    )

    def done(made: Complaint) -> HttpResponse:
        messages.success(request, _("Your complaint is published. The decision will stand here too."))
        return redirect("portal:process", ocid)

    return command_page(request, commands.complain, ocid, template=READ_FIRST, context={"follows": follows}, done=done)


def decide_complaint(request: HttpRequest, ocid: str) -> HttpResponse:
    """The form of a decision below every complaint that waits for one."""
    process = get_object_or_404(Process, ocid=ocid)
    may = may_try(commands.decide_complaint, actor_of(request), process, now=timezone.now())
    waiting = process.complaints.filter(status="pending").order_by("made_at")
    context = {
        "follows": _(
            "Your decision is published at once with its reasons. A contract can be signed when no complaint waits any "
            "more."
        ),
        "read": [card(each) for each in waiting] if may else [],
    }
    return command_page(request, commands.decide_complaint, ocid, template=READ_FIRST, context=context)


def card(complaint: Complaint) -> parts.Card:
    asked = parts.Fact(_("What should be done?"), complaint.remedy_asked)
    return parts.Card(complaint.grounds, line=moment(complaint.made_at), text=complaint.text, facts=[asked])
