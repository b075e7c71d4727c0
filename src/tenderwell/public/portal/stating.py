"""The pages of what the site states by itself: rules, procedures, plain texts; each with its proof and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tenderwell.core import jurisdiction, procedure
from tenderwell.ledger import releases, store
from tenderwell.public.portal import law, statements
from tenderwell.public.portal.names import method_name
from tenderwell.public.portal.texts import TEXTS


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The procedures and jurisdictions in force here, as anybody may read them."""
    shown = {
        "procedures": [(each, method_name(each.ocds_method)) for each in public_procedures()],
        "jurisdictions": [
            (each, law.facts(each), file_url("rules", f"jurisdiction-{each.key}.json"))
            for each in jurisdiction.all_jurisdictions()
            if each.states_law
        ],
        "proof": statements.proof_of("rules", statements.rules()),
        "section": "rules",
    }
    return render(request, "portal/rules.html", shown)


def public_procedures() -> list[procedure.Procedure]:
    """Those by which something is bought."""
    return [each for each in procedure.all_procedures() if each.ocds_method]


@require_safe
def procedure_page(request: HttpRequest, key: str) -> HttpResponse:
    """One procedure: its states, its steps, who may do them when, and the law behind it."""
    found = next((each for each in procedure.all_procedures() if each.key == key), None)
    if found is None:
        raise Http404(key)
    name = f"procedure-{key}.json"
    shown = {
        "procedure": found,
        "states": law.path(found),
        "tables": law.step_tables(found),
        "file": file_url("rules", name),
        "proof": statements.proof_of("rules", {name: statements.rules()[name]}),
        "section": "rules",
    }
    return render(request, "portal/procedure.html", shown)


@require_safe
def text_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of plain text: open data, accessibility, privacy, complaints."""
    language = get_language() or "en"
    own = statements.text_file(name, language)
    shown = {
        "text": TEXTS[name].in_language(language),
        "file": file_url("texts", own),
        "proof": statements.proof_of("texts", {own: statements.text_in(name, language)}),
        "section": name,
    }
    return render(request, "portal/text.html", shown)


def file_url(kind: str, name: str) -> str:
    return reverse(f"{kind}-file", args=(name,))


@require_safe
def file(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """One of the files whose hashes are logged, byte for byte."""
    found = statements.files(kind).get(name)
    if found is None:
        raise Http404(name)
    return HttpResponse(found, content_type="application/json")


@require_safe
def proof(request: HttpRequest, kind: str) -> HttpResponse:
    """The .tlog-proof of the entry that names the files of this kind."""
    last = releases.logged(statements.KINDS[kind])
    if last is None:
        raise Http404(kind)
    response = HttpResponse(store.proof(last.index), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.tlog-proof"'
    return response
