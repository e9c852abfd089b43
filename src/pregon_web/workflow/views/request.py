"""One request: what is asked, how its date came about, what happened to it, and what can happen next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.spanish import print_date
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import EVERYONE, READERS, OfficeRequest, requires
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.evidence import Upload, print_size
from pregon_web.ledger.services import BadRecord, Conflict
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.workflow.deadlines import Closures, due_of, tell_due
from pregon_web.workflow.files import download_name
from pregon_web.workflow.forms import (
    AgreementForm,
    AskingForm,
    AssignForm,
    FilesForm,
    MoveForm,
    OwnRequestForm,
    RequestForm,
    TypedRequestForm,
)
from pregon_web.workflow.models import Origin, Priority, ServiceRequest, State
from pregon_web.workflow.piece_rows import pieces_of
from pregon_web.workflow.selectors import (
    OPEN,
    closure_days_of,
    file_for,
    files_of,
    has_pieces,
    kinds_for,
    moves_of,
    own_office_of,
    request_for,
    terms_of,
)
from pregon_web.workflow.services import (
    add_files,
    agree_date,
    assign_request,
    ensure_defaults,
    mend_request,
    move_request,
    receive_request,
)
from pregon_web.workflow.transitions import Step, offered_steps
from pregon_web.workflow.wording import STATE_TAGS, tell_term

_ABOUT = ("kind", "title", "office", "requester_name", "requester_email", "asked_on", "purpose", "brief", "wished_on")
MENDED = (*_ABOUT, "priority", "priority_reason", "campaign")


@requires(Role.EDITOR, Role.REQUESTER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_request(request: OfficeRequest) -> HttpResponse:
    """Ask for something: an office for itself, or the editor typing what came by another way."""
    access, today = request.access, timezone.localdate()
    ensure_defaults(access.institution)
    is_editor = access.has_any(Role.EDITOR)
    kind = TypedRequestForm if is_editor else OwnRequestForm
    initial = {"asked_on": today, "priority": Priority.NORMAL}
    form: AskingForm = kind(request.POST or None, request.FILES or None, access=access, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept: list[ServiceRequest] = []
        take_form(form, lambda: kept.append(_receive(access, form, is_editor=is_editor)))
        if kept:
            messages.success(request, _tell_received(kept[0]))
            return redirect("request", pk=kept[0].pk)
    context = {
        "place": "requests",
        "over": "Solicitudes",
        "title": "Nueva solicitud",
        "lead": "Anote aquí lo que pidieron por otro medio." if is_editor else "",
        "action": reverse("add_request"),
        "back": reverse("requests"),
        "button": "Anotar la solicitud" if is_editor else "Pedirla",
        "office": None if is_editor else own_office_of(access),
        "terms": _terms_table(access),
        "may_change": True,
    }
    return show_form(request, form, context, template="workflow/add_request.html")


def _receive(access: Access, form: AskingForm, *, is_editor: bool) -> ServiceRequest:
    fields = dict(form.record)
    files = [_upload(each) for each in fields.pop("documents")]
    kind, title, day = fields.pop("kind"), fields.pop("title"), fields.pop("asked_on", None)
    office = fields.pop("office", None)
    if not is_editor:
        office = own_office_of(access)
        fields |= {"requester": access.person, "origin": Origin.OFFICE}
    return receive_request(
        access=access,
        institution=access.institution,
        kind=kind,
        title=title,
        office=office,
        fields=fields,
        files=files,
        on=day,
    )


def _tell_received(row: ServiceRequest) -> str:
    due = f"Vence el {print_date(row.due)}." if row.due else "La tabla no le da plazo: acuerde una fecha."
    return f"Se recibió {row.reference}. {due}"


@requires(*EVERYONE)
@require_http_methods(["GET", "HEAD"])
def show_request(request: OfficeRequest, pk: int) -> HttpResponse:
    """A request."""
    return _show(request, request_for(request.access, pk))


@requires(Role.EDITOR, Role.APPROVER, Role.REQUESTER)
@require_POST
def move(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take it to another state."""
    row = request_for(request.access, pk)
    form = MoveForm(request.POST, access=request.access)
    if form.is_valid():
        told = form.cleaned_data
        to = State(told["to"])
        if to not in {step.to for step in _steps(request.access, row)}:
            form.add_error(
                None, f"{row.reference} está en «{row.get_state_display()}»: usted no la pasa a «{to.label}»."
            )
        else:
            take_form(
                form,
                lambda: move_request(
                    access=request.access,
                    request=row,
                    to=to,
                    note=told["note"],
                    on=told["on"],
                    version=told["version"],
                ),
            )
        if not form.errors:
            messages.success(request, f"{row.reference} quedó en «{to.label}».")
            return redirect("request", pk=pk)
    return _show(request, request_for(request.access, pk), moving=form)


@requires(Role.EDITOR)
@require_POST
def assign(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say who makes it."""
    row = request_for(request.access, pk)
    form = AssignForm(request.POST, access=request.access)
    if not form.is_valid():
        messages.error(request, next(str(each) for errors in form.errors.values() for each in errors))
        return redirect("request", pk=pk)
    person = form.cleaned_data["assignee"]
    try:
        assign_request(access=request.access, request=row, to=person, version=form.cleaned_data["version"])
    except Conflict:
        messages.error(request, "Otra persona cambió esta solicitud mientras tanto. Mire cómo quedó y repita.")
    except BadRecord as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"La hace {person.name}." if person else "Quedó sin nadie que la haga.")
    return redirect("request", pk=pk)


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: OfficeRequest, pk: int) -> HttpResponse:
    """Agree on another date."""
    row = request_for(request.access, pk)
    initial = {"agreed_on": row.agreed_on or row.wished_on, "version": row.version}
    form = AgreementForm(request.POST or None, access=request.access, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        collision = take_form(
            form,
            lambda: agree_date(
                access=request.access,
                request=row,
                on=told["agreed_on"],
                reason=told["agreed_reason"],
                version=told["version"],
            ),
        )
        if not form.errors:
            day = told["agreed_on"]
            messages.success(
                request, f"Quedó acordada para el {print_date(day)}." if day else "Vuelve a valer el plazo."
            )
            return redirect("request", pk=pk)
    due = f"Por el plazo vence el {print_date(row.due)}." if row.due else "No tiene plazo en la tabla."
    context = _form_context(row, "Acordar otra fecha", reverse("agree_request", args=[pk]))
    told_page = {"lead": f"{row.title}. {due}", "button": "Acordar la fecha", "collision": collision}
    return show_form(request, form, {**context, **told_page})


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: OfficeRequest, pk: int) -> HttpResponse:
    """Mend what was written of it."""
    row = request_for(request.access, pk)
    initial = {name: getattr(row, name) for name in (*MENDED, "version")}
    form = RequestForm(request.POST or None, access=request.access, request=row, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: mend_request(access=request.access, request=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("request", pk=pk)
    context = _form_context(row, "Corregir los datos", reverse("mend_request", args=[pk]))
    lead = f"{row.title}. Si cambia el tipo, la prioridad o el día en que se pidió, el plazo se calcula de nuevo."
    return show_form(request, form, {**context, "lead": lead, "button": "Guardar los cambios", "collision": collision})


@requires(Role.EDITOR, Role.REQUESTER)
@require_POST
def attach(request: OfficeRequest, pk: int) -> HttpResponse:
    """Keep more files with it."""
    row = request_for(request.access, pk)
    form = FilesForm(request.POST, request.FILES)
    problem = ""
    if form.is_valid():
        files = [_upload(each) for each in form.cleaned_data["documents"]]
        try:
            add_files(access=request.access, request=row, files=files)
        except BadRecord as error:
            problem = str(error)
    else:
        problem = next(str(each) for errors in form.errors.values() for each in errors)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(
            request, "Quedó guardado." if len(files) == 1 else f"Quedaron guardados {len(files)} archivos."
        )
    return redirect("request", pk=pk)


@requires(*EVERYONE)
@require_GET
def download(request: OfficeRequest, pk: int, file: int) -> FileResponse:
    """A file of it as it was brought: handed over, never shown from our own address. Raises Http404 without one."""
    _, row = file_for(request.access, pk, file)
    path = vault.path_of(row.institution_id, row.sha256)
    if not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=download_name(row), content_type="application/octet-stream"
    )


def _show(request: OfficeRequest, row: ServiceRequest, moving: MoveForm | None = None) -> HttpResponse:
    access, today = request.access, timezone.localdate()
    closures = closure_days_of(access.institution)
    is_editor = access.has_any(Role.EDITOR) and access.body is None
    steps = _steps(access, row)
    form = moving or MoveForm(access=access, initial={"on": today, "version": row.version})
    context = {
        "place": "requests",
        "row": row,
        "term": tell_term(row, today, closures),
        "state_css": STATE_TAGS.get(State(row.state), ""),
        "how_due": _how_due(row, closures),
        "moves": moves_of(row),
        "files": [(each, print_size(each.size)) for each in files_of(row)],
        "lines": pieces_of(access, row),
        "may_add_piece": is_editor and row.state != State.CANCELLED,
        "steps": steps,
        "moving": form,
        "assigning": AssignForm(access=access, initial={"assignee": row.assignee, "version": row.version})
        if is_editor
        else None,
        "attaching": FilesForm() if access.body is None and access.has_any(Role.EDITOR, Role.REQUESTER) else None,
        "may_mend": is_editor,
        "may_agree": is_editor and row.state in OPEN,
        "history": history_of(row) if access.has_any(*READERS) else [],
    }
    return render(request, "workflow/request.html", context, status=422 if form.is_bound else 200)


def _steps(access: Access, row: ServiceRequest) -> list[Step]:
    """The moves that the person may make now."""
    return [] if access.body is not None else offered_steps(row, access.roles, has_pieces=has_pieces(row))


def _how_due(row: ServiceRequest, closures: Closures) -> str:
    """How the date of the table came about; told as it was given where the table says another one today."""
    if row.due is None:
        return "La tabla no tiene plazo para este tipo y esta prioridad."
    what = f"{row.kind.name}, {_tell_priority(row)}"
    now = due_of(terms_of(row.institution), row.kind_id, row.priority, row.asked_on, closures=closures)
    if now is not None and now.day == row.due:
        return tell_due(now, what, closures=closures)
    if row.origin == Origin.WORKBOOK:
        return "La fecha viene del registro de Excel."
    return f"{what}. Se calculó con la tabla que había al recibirla."


def _tell_priority(row: ServiceRequest) -> str:
    return "urgente" if row.priority == Priority.URGENT else f"prioridad {row.get_priority_display().lower()}"


def _terms_table(access: Access) -> list[tuple[str, list[int | None]]]:
    """The kinds that are offered with their days by priority."""
    terms = terms_of(access.institution)
    return [
        (kind.name, [terms.get((kind.pk, priority.value)) for priority in Priority])
        for kind in kinds_for(access)
        if kind.is_active
    ]


def _form_context(row: ServiceRequest, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "requests",
        "over": row.reference,
        "title": title,
        "action": action,
        "back": reverse("request", args=[row.pk]),
        "may_change": True,
    }


def _upload(file: TemporaryUploadedFile) -> Upload:
    return Upload(Path(file.temporary_file_path()), file.name or "archivo")
