"""The journal: who did what, when, to what; and whether somebody touched it afterwards."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import OfficeRequest, requires
from pregon_web.journal.chain import ChainState, write_line
from pregon_web.journal.forms import EntryFilterForm
from pregon_web.journal.naming import name_entries
from pregon_web.journal.selectors import chain_for, entries_for, verify_chain
from pregon_web.journal.wording import tell_action, tell_changes, tell_subject
from pregon_web.sheets import csv_file

PAGE = 50
HEADER = ("Número", "Cuándo (UTC)", "Persona", "Qué hizo", "A qué", "Antes", "Después", "Huella")


@requires(Role.REVIEWER, Role.ADMINISTRATOR)
@require_safe
def show_journal(request: OfficeRequest) -> HttpResponse:
    """The entries asked for, newest first."""
    return _render(request)


@requires(Role.REVIEWER, Role.ADMINISTRATOR)
@require_safe
def check_journal(request: OfficeRequest) -> HttpResponse:
    """Work every hash out again, and say whether the chain holds."""
    return _render(request, verify_chain(request.access.institution))


@requires(Role.REVIEWER, Role.ADMINISTRATOR)
@require_safe
def export_entries(request: OfficeRequest) -> HttpResponseBase:
    """The entries asked for, all of them, for a spreadsheet."""
    form = EntryFilterForm(request.GET, access=request.access)
    rows = (
        (
            entry.sequence,
            entry.at.isoformat(timespec="seconds"),
            entry.person.name if entry.person else "Pregón",
            tell_action(entry.action),
            tell_subject(entry.subject),
            "; ".join(f"{name}: {before}" for name, before, _ in tell_changes(entry)),
            "; ".join(f"{name}: {after}" for name, _, after in tell_changes(entry)),
            entry.digest,
        )
        for entry in entries_for(request.access, form.asked()).iterator()
    )
    return csv_file(f"bitacora-{timezone.localdate()}.csv", HEADER, rows)


@requires(Role.REVIEWER, Role.ADMINISTRATOR)
@require_safe
def export_chain(request: OfficeRequest) -> HttpResponseBase:
    """The whole chain as `pregon verify --file` reads it, on any machine."""
    lines = (write_line(link, digest) for link, digest in chain_for(request.access))
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bitacora-{timezone.localdate()}.jsonl"'
    return response


def _render(request: OfficeRequest, state: ChainState | None = None) -> HttpResponse:
    form = EntryFilterForm(request.GET, access=request.access)
    page = Paginator(entries_for(request.access, form.asked()), PAGE).get_page(request.GET.get("pagina"))
    asked = request.GET.copy()
    asked.pop("pagina", None)
    names = name_entries(request.access.institution, page)
    context = {
        "place": "journal",
        "form": form,
        "state": state,
        "page": page,
        "asked": asked.urlencode(),
        "entries": [(entry, tell_action(entry.action), names[entry.subject], tell_changes(entry)) for entry in page],
    }
    return render(request, "journal/journal.html", context)
