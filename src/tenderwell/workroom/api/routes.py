"""One POST route for each offered command, the steps open to the caller, and uploads in one stream."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from ninja import NinjaAPI, Schema, Status
from ninja.errors import ValidationError as InputError
from ninja.responses import NinjaJSONEncoder

from tenderwell.core import files
from tenderwell.core.command import NOBODY, Actor, Command
from tenderwell.core.errors import NoSuchSubject, Reason, Refused
from tenderwell.core.forms import message_of, told
from tenderwell.core.web import possible_steps
from tenderwell.workroom.api.offered import Performer, Shown, offered, performer, readers
from tenderwell.workroom.parties.identity import actor_with_token
from tenderwell.workroom.parties.models import Installation, Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at

PLACES = {Process: "processes/{key}", Organisation: "organisations/{key}", Installation: "installations/{key}"}
CHUNK = 1 << 16
api = NinjaAPI(
    title="Tenderwell write API",
    version="1",
    description="Every step of a procurement as one POST, with an access token. Reading is at /api/ocds/.",
    urls_namespace="write-api",
    docs_url=None,
    openapi_url=None,  # ours answers instead: writing it anew for each who asks takes most of a second
)


class ReasonShown(Schema):
    code: str
    text: str
    source: str
    field: str


class RefusedShown(Schema):
    """note: a signed refusal to keep, where the law asks for one."""

    reasons: list[ReasonShown]
    note: str = ""


class Performed(Schema):
    """subject: the ocid or the organisation's identifier; state: where the process stands after the act."""

    subject: str
    state: str
    result: dict[str, Any]


class StepShown(Schema):
    command: str
    title: str
    may: bool
    reasons: list[ReasonShown]


class StoredShown(Schema):
    sha256: str
    size: int


class NotKnown(Exception):
    """The token is unknown, ended, or past its date."""


def caller(request: HttpRequest) -> Actor:
    """The program behind the request; a browser's session is no way in here, so no page can borrow it."""
    header = request.headers.get("Authorization")
    if header is None:
        return NOBODY
    actor = actor_with_token(header)
    if actor == NOBODY:
        raise NotKnown
    return actor


def shown(reasons: tuple[Reason, ...]) -> list[dict[str, str]]:
    return [{"code": each.code, "text": told(each), "source": each.source, "field": each.field} for each in reasons]


@api.get("/openapi.json", include_in_schema=False)
def described(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document of this API, which anybody may read."""
    return HttpResponse(description(get_language()), content_type="application/json")


@cache
def description(language: str | None) -> bytes:
    """Written once a process for each language of the site."""
    return json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder).encode()


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    answer = {"reasons": shown(error.reasons), "note": getattr(error, "note", "")}
    return api.create_response(request, answer, status=409)


@api.exception_handler(InputError)
def malformed(request: HttpRequest, error: InputError) -> HttpResponse:
    """The same words that the page has for it, with the field that each is about."""
    reasons = [
        {"code": each["type"], "text": message_of(each), "source": "", "field": path_of(each["loc"])}
        for each in error.errors
    ]
    return api.create_response(request, {"reasons": reasons, "note": ""}, status=422)


def path_of(place: Sequence[str | int]) -> str:
    """Where in the command's input, such as awards.0.bid; the framework names the part of the request before it."""
    return ".".join(str(part) for part in place[2 if place[0] == "body" else 1 :])


@api.exception_handler(NoSuchSubject)
def no_such_subject(request: HttpRequest, error: NoSuchSubject) -> HttpResponse:
    return api.create_response(
        request, {"detail": gettext("There is no process or organisation with this key.")}, status=404
    )


@api.exception_handler(NotKnown)
def not_known(request: HttpRequest, error: NotKnown) -> HttpResponse:
    response = api.create_response(
        request, {"detail": gettext("This token is not in use. Issue a new one.")}, status=401
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def offer(command: Command, show: Shown, *, way: Performer) -> None:
    """Add the route of one command."""

    def endpoint(request: HttpRequest, key: str, data: Any) -> Status[Any]:
        now = timezone.now()
        result = way(command, caller(request), key, data, now=now)
        return Status(201, performed(command, key, show(result)))

    endpoint.__annotations__["data"] = command.input
    answers: dict[int, Any] = {201: Performed, 401: None, 404: None, 409: RefusedShown, 422: RefusedShown}
    route: Callable[..., Any] = api.post(
        f"/{PLACES[command.on]}/{command.stage}/{command.verb}",
        response=answers,
        operation_id=command.name,
        summary=command.title,
        tags=[command.stage],
    )
    route(endpoint)


def performed(command: Command, key: str, result: dict[str, Any]) -> dict[str, Any]:
    subject = command.on._default_manager.get(**{command.on.public_key: key})
    state = state_at(subject, timezone.now()) if isinstance(subject, Process) else subject.state
    return {"subject": key, "state": state, "result": result}


@api.get("/processes/{ocid}/steps", response={200: list[StepShown], 401: None}, tags=["process"])
def steps(request: HttpRequest, ocid: str) -> list[dict[str, Any]]:
    """What you may do in this process, and why something cannot be done now"""
    actor = caller(request)
    process = Process.objects.select_related("buyer").filter(ocid=ocid).first()
    if process is None:
        raise Http404(ocid)
    return [
        {"command": command.name, "title": gettext(command.title), "may": not reasons, "reasons": shown(reasons)}
        for command, reasons in possible_steps(process, actor, now=timezone.now())
    ]


@api.post("/files", response={201: StoredShown, 401: None, 413: None}, tags=["files"])
def upload(request: HttpRequest) -> Status[Any]:
    """Upload a file as the raw body; name its SHA-256 in the command that uses it"""
    if caller(request) == NOBODY:
        raise NotKnown
    try:
        stored = files.store(body_of(request), limit=settings.TENDERWELL_UPLOAD_LIMIT)
    except files.TooLarge:
        return Status(413, None)
    return Status(201, {"sha256": stored.sha256, "size": stored.size})


def body_of(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


def connect() -> NinjaAPI:
    """The API with every offered command."""
    for command, show in offered():
        offer(command, show, way=performer(command))
    for router in readers():
        api.add_router("", router)
    return api
