"""Pages of the early notice: anybody comments with the notice in view, the team answers with every comment in full."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tenderwell.core.command import refusals
from tenderwell.core.web import actor_of, command_page
from tenderwell.public.portal.sentences import heading
from tenderwell.workroom.engagement import commands
from tenderwell.workroom.engagement.models import Comment
from tenderwell.workroom.engagement.queries import notice_of
from tenderwell.workroom.process.models import Process


def comment(request: HttpRequest, ocid: str) -> HttpResponse:
    """The form of a comment below the notice; needs no account. A draft shows nothing, not even its title."""
    process = get_object_or_404(Process, ocid=ocid)
    if not process.is_visible_to(process.roles_of(actor_of(request))):
        raise Http404(ocid)

    def done(made: Comment) -> HttpResponse:
        messages.success(request, _("Your comment is published. The buyer answers here before the notice is closed."))
        return redirect("portal:process", ocid)

    context = {"notice": notice_of(process)}
    return command_page(request, commands.comment, ocid, template="engagement/comment.html", context=context, done=done)


def answer_comment(request: HttpRequest, ocid: str) -> HttpResponse:
    """The form of an answer, with every comment that waits in full."""
    process = get_object_or_404(Process, ocid=ocid)
    found = refusals(commands.answer_comment, actor_of(request), process, now=timezone.now())
    may = not any(reason.code == "wrong_role" for reason in found)
    waiting = Comment.objects.filter(notice__process=process, answered_at=None).order_by("pk")
    context = {"waiting": [(heading(each.code), each) for each in waiting] if may else []}
    return command_page(request, commands.answer_comment, ocid, template="engagement/answer.html", context=context)
