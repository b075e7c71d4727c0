"""A person's messages, and following a tender."""

from django.contrib import messages as banners
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tenderwell.core.web import actor_of
from tenderwell.ui import parts
from tenderwell.workroom.messages.mailing import text_of
from tenderwell.workroom.messages.models import Following, Message
from tenderwell.workroom.process.models import Process

PAGE = 30


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What was published of the tenders that concern this person, the newest first."""
    own = Message.objects.filter(person_id=actor_of(request).id).select_related("process")
    page = Paginator(own.order_by("-made_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    rows = [happening(each) for each in page]
    unread = own.filter(read_at=None).count()
    return render(request, "messages/inbox.html", {"rows": rows, "page": page, "unread": unread, "section": "desk"})


def happening(message: Message) -> parts.Happening:
    url = reverse("portal:process", args=(message.process.ocid,))
    text = f"{message.process.title}: {text_of(message)}"
    return parts.Happening(when=message.made_at, text=text, url=url)


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    Message.objects.filter(person_id=actor_of(request).id, read_at=None).update(read_at=timezone.now())
    return redirect("messages:inbox")


@login_required
def follow(request: HttpRequest, ocid: str) -> HttpResponse:
    """Ask first, since following a link must change nothing; then follow, or follow no longer."""
    process = Process.objects.filter(ocid=ocid, sequence__gt=0).first()
    if process is None:
        raise Http404(ocid)
    held = Following.objects.filter(process=process, person_id=actor_of(request).id)
    if request.method != "POST":
        shown = {"process": process, "is_following": held.exists(), "section": "desk"}
        return render(request, "messages/follow.html", shown)
    if request.POST.get("follow"):
        given = {"since": timezone.now()}
        Following.objects.get_or_create(process=process, person_id=actor_of(request).id, defaults=given)
        banners.success(request, _("You will be told what changes."))
    else:
        held.delete()
        banners.success(request, _("You will not be told any more, unless you bid."))
    return redirect("portal:process", ocid)
