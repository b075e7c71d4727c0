"""A new access token's page: the only place and moment at which its secret is shown."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenderwell.core.web import command_page
from tenderwell.workroom.parties.commands import NewToken, issue_token


@login_required
def new_token(request: HttpRequest, key: str) -> HttpResponse:
    """The form, then the secret in the answer itself: nothing keeps it, so loading again cannot show it."""

    def shown_once(made: NewToken) -> HttpResponse:
        shown = {"made": made, "organisation": made.token.membership.organisation, "section": "desk"}
        response = render(request, "parties/new_token.html", shown)
        response["Cache-Control"] = "no-store"
        return response

    return command_page(request, issue_token, key, done=shown_once)
