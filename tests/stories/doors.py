"""The two doors of every command without a browser: the write API with a token, and the page with its form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pydantic import BaseModel

from tenderwell.core.command import commands, perform
from tenderwell.core.fields import Place
from tenderwell.core.forms import STORED, CommandForm
from tenderwell.ledger.models import Entry
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.parties.models import Organisation, Person
from tests.stories.life import Act, Life, city_or_process, who

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FILES = {"header": "header.json", "payload": "payload.age"}
REFUSED = {401, 403, 404, 409, 422}
Posted = dict[str, str | list[str]]


@dataclass
class Api:
    """Programs with tokens, one for each person who acts."""

    life: Life
    tokens: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def do(self, act: Act) -> None:
        if act.wrong:
            self.header(act.wrong)  # a new token leaves an entry of its own
            before = Entry.objects.count()
            assert self.post(act.wrong, act).status_code in REFUSED, (act.command, act.wrong)
            assert Entry.objects.count() == before
        answer = self.post(act.who, act)
        assert answer.status_code == 201, (act.command, answer.content)

    def post(self, name: str, act: Act) -> Any:
        place, key = city_or_process(act, self.life)
        data = act.data.model_dump(mode="json") if act.data else self.uploaded(act.who, act.uploads)
        path = f"/api/v1/{place}/{key}/{act.stage}/{act.verb}"
        return self.client.post(path, json.dumps(data), content_type="application/json", headers=self.header(name))

    def uploaded(self, name: str, uploads: Mapping[str, bytes]) -> dict[str, str]:
        """The raw bodies sent first; the command then names their hashes."""
        return {each: self.upload(name, body) for each, body in uploads.items()}

    def upload(self, name: str, body: bytes) -> str:
        kind = "application/octet-stream"
        answer = self.client.post("/api/v1/files", body, content_type=kind, headers=self.header(name))
        found: str = answer.json()["sha256"]
        return found

    def header(self, name: str) -> dict[str, str]:
        return {} if name == "finn" else {"Authorization": f"Bearer {self.token(name)}"}

    def token(self, name: str) -> str:
        if name not in self.tokens:
            actor = who(name)
            made = perform(issue_token, actor, actor.organisation, IssueToken(label="story"), now=self.life.now)
            self.tokens[name] = made.secret
        return self.tokens[name]


def signed_in(name: str) -> Client:
    """A browser without scripts; Finn has no account."""
    client = Client()
    if name != "finn":
        client.force_login(Person.objects.get(pk=who(name).id), BACKEND)
    return client


def address(act: Act, life: Life) -> str:
    place, key = city_or_process(act, life)
    middle = f"organisations/{key}" if place == "organisations" else key
    return f"/en/desk/{middle}/{act.stage}/{act.verb}/"


@dataclass
class Pages:
    """People at pages; every form is posted as its page draws it."""

    life: Life

    def do(self, act: Act) -> None:
        url = address(act, self.life)
        if act.wrong:
            self.refuse(act, url)
        client = signed_in(act.who)
        page = client.get(url)
        assert page.status_code == 200, (act.command, page.content)
        assert b"<form" in page.content, act.command
        answer = client.post(url, self.filled(act))
        assert answer.status_code == 302, (act.command, answer.content.decode())

    def refuse(self, act: Act, url: str) -> None:
        before = Entry.objects.count()
        answer = signed_in(act.wrong).post(url, self.filled(act))
        to_sign_in = answer.status_code == 302 and "/login/" in answer.headers["Location"]
        assert to_sign_in or answer.status_code in REFUSED, (act.command, act.wrong, answer.status_code)
        assert Entry.objects.count() == before

    def filled(self, act: Act) -> dict[str, Any]:
        if act.shares:
            return {"shares": SimpleUploadedFile("shares.json", act.shares)}
        sent = {name: SimpleUploadedFile(FILES[name], body) for name, body in act.uploads.items()}
        return {**(typed(act, self.life) if act.data else {}), **sent}


def typed(act: Act, life: Life) -> Posted:
    """What the person types into the generated form, by the names of its controls."""
    assert act.data
    place, key = city_or_process(act, life)
    subject = Organisation.objects.get(identifier=key) if place == "organisations" else life.process
    return typed_into(CommandForm(commands[act.command].input, Place(subject, who(act.who))), act.data)


def typed_into(form: CommandForm, data: BaseModel) -> Posted:
    """The answers in the controls of this form."""
    found: Posted = {}
    for name, control in form.fields.fields.items():
        put(found, name, control, getattr(data, name.removesuffix(STORED), None))  # a file that was sent before
    for group, rows in form.groups.items():
        given: list[BaseModel] = getattr(data, group)
        found |= {f"{group}-TOTAL_FORMS": str(len(given)), f"{group}-INITIAL_FORMS": "0"}
        for place_, row in enumerate(given):
            for name, control in rows.form.base_fields.items():
                put(found, f"{group}-{place_}-{name}", control, getattr(row, name, None))
    return found


def put(found: Posted, name: str, control: forms.Field, value: Any) -> None:
    """One answer, in as many controls as its widget has."""
    if value is None or value is False or value == "":
        return
    if isinstance(control.widget, forms.MultiWidget):
        tails: list[str] = control.widget.widgets_names  # type: ignore[attr-defined]  # missing in the stubs
        parts = control.widget.decompress(value) or []
        found |= {name + tail: str(part) for tail, part in zip(tails, parts, strict=True)}
    elif isinstance(value, list):
        is_choice = isinstance(control, forms.MultipleChoiceField)
        found[name] = [str(each) for each in value] if is_choice else "\n".join(value)
    else:
        found[name] = "on" if value is True else str(value)
