"""Pieces of a request: their versions, what is checked before approval, what was said, where they came out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import EVERYONE, OfficeRequest, requires
from pregon_web.ledger.evidence import name_download, preview_file
from pregon_web.ledger.selectors import channels_for
from pregon_web.ledger.services import BadRecord, ClosedPeriod, Conflict
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.shown_files import INLINE, show_file
from pregon_web.workflow.approving import LinkTo, ask_again, send_version
from pregon_web.workflow.forms_pieces import (
    CommentForm,
    GateForm,
    NewPieceForm,
    NewVersionForm,
    PieceForm,
    PublishForm,
    VersionForm,
    upload_of,
)
from pregon_web.workflow.models import Piece, PieceVersion, ServiceRequest
from pregon_web.workflow.piece_rows import (
    came_out_as,
    comments_of,
    file_of,
    gate_of,
    latest_of,
    links_of,
    piece_for,
    road_of,
    standing_of,
    version_for,
)
from pregon_web.workflow.pieces import (
    add_piece,
    add_version,
    answer_gate,
    change_piece,
    comment_version,
    restore_piece,
    withdraw_piece,
)
from pregon_web.workflow.publishing import publish_version, timeliness_of
from pregon_web.workflow.selectors import request_for

Refused = (BadRecord, ClosedPeriod)


def link_to(request: HttpRequest) -> LinkTo:
    """The whole address of an approval's link."""
    return lambda token: request.build_absolute_uri(reverse("approval_link", args=[token]))


# --- pieces and versions ----------------------------------------------------------------------------------------------


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_piece(request: OfficeRequest, parent: int) -> HttpResponse:
    """Begin a piece with its first version."""
    whole = request_for(request.access, parent)
    form = NewPieceForm(request.POST or None, request.FILES or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        made: list[Piece] = []
        cleaned = form.cleaned_data
        take_form(
            form,
            lambda: made.append(
                add_piece(
                    access=request.access,
                    request=whole,
                    title=cleaned["title"],
                    goes_out_at=cleaned["goes_out_at"],
                    content=form.content,
                    upload=upload_of(cleaned["document"]),
                )
            ),
        )
        if made:
            messages.success(request, "Se guardó la versión 1. Abajo está lo que hay que comprobar antes de enviarla.")
            return redirect("piece", parent=whole.pk, pk=made[0].pk)
    context = _form_context(whole, "Agregar una pieza", reverse("add_piece", args=[parent]), "Guardar la pieza")
    return show_form(request, form, context, template="workflow/version_form.html")


# --- a piece ----------------------------------------------------------------------------------------------------------


@requires(*EVERYONE)
@require_http_methods(["GET", "HEAD"])
def show_piece(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """A piece as it is now, with everything that happened to it."""
    return _show_piece(request, piece_for(request.access, parent, pk))


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rename_piece(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Call it otherwise, or say when it goes out."""
    piece = piece_for(request.access, parent, pk)
    initial = {name: getattr(piece, name) for name in ("title", "goes_out_at", "version")}
    form = PieceForm(request.POST or None, access=request.access, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_piece(access=request.access, piece=piece, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("piece", parent=parent, pk=pk)
    action = reverse("change_piece", args=[parent, pk])
    context = _form_context(piece.request, piece.title, action, "Guardar los cambios")
    told = {"collision": collision, "history": history_of(piece), "back": reverse("piece", args=[parent, pk])}
    return show_form(request, form, {**context, **told})


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_version(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Another version of it."""
    piece = piece_for(request.access, parent, pk)
    last = latest_of(piece)
    initial = VersionForm.initial_of(last) if last else {}
    form = NewVersionForm(
        request.POST or None, request.FILES or None, access=request.access, last=last, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        made: list[PieceVersion] = []
        upload = upload_of(form.cleaned_data["document"])
        take_form(
            form,
            lambda: made.append(
                add_version(
                    access=request.access,
                    piece=piece,
                    content=form.content,
                    upload=upload,
                    keeps_file=not form.drops_file,
                )
            ),
        )
        if made:
            messages.success(request, f"Se guardó la versión {made[0].number}: pide aprobación de nuevo.")
            return redirect("piece", parent=parent, pk=pk)
    action = reverse("add_version", args=[parent, pk])
    context = _form_context(piece.request, f"Otra versión de «{piece.title}»", action, "Guardar la versión")
    context["back"] = reverse("piece", args=[parent, pk])
    return show_form(request, form, context, template="workflow/version_form.html")


@requires(*EVERYONE)
@require_POST
def say_something(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """A comment on the last version."""
    piece = piece_for(request.access, parent, pk)
    form = CommentForm(request.POST, access=request.access)
    version = latest_of(piece)
    if version is None or not form.is_valid():
        return _show_piece(request, piece, comment=form)
    comment_version(access=request.access, version=version, text=form.cleaned_data["text"])
    messages.success(request, "Se guardó el comentario.")
    return redirect("piece", parent=parent, pk=pk)


@requires(Role.EDITOR)
@require_POST
def answer(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """What was answered to what the gate found in the last version."""
    piece = piece_for(request.access, parent, pk)
    version = latest_of(piece)
    if version is None:
        return redirect("piece", parent=parent, pk=pk)
    form = GateForm(request.POST, request.FILES, access=request.access, waiting=gate_of(version).waiting)
    if form.is_valid():
        if not form.given:
            form.add_error(None, "No respondió nada todavía: marque o escriba al menos una cosa.")
        else:
            try:
                answer_gate(access=request.access, version=version, given=form.given)
            except Refused as error:
                form.add_error(None, str(error))
    if form.errors:
        return _show_piece(request, piece, gate_form=form)
    messages.success(request, "Quedaron guardadas las respuestas.")
    return redirect("piece", parent=parent, pk=pk)


@requires(Role.EDITOR)
@require_POST
def send(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Ask for its approval."""
    return _do(request, parent, pk, send_version, "Se envió a {}. Le llegará un correo con su enlace.")


@requires(Role.EDITOR)
@require_POST
def send_again(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Send the links of the step that is waited for again."""
    return _do(request, parent, pk, ask_again, "Se envió otra vez a {}. El enlace anterior ya no sirve.")


@requires(Role.EDITOR)
@require_POST
def withdraw(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Nobody goes on with it."""
    withdraw_piece(access=request.access, piece=piece_for(request.access, parent, pk))
    messages.success(request, "La pieza quedó retirada. Lo que se aprobó y se publicó sigue como estaba.")
    return redirect("piece", parent=parent, pk=pk)


@requires(Role.EDITOR)
@require_POST
def restore(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Go on with it."""
    restore_piece(access=request.access, piece=piece_for(request.access, parent, pk))
    messages.success(request, "La pieza está de vuelta. Si esperaba una aprobación, envíela otra vez.")
    return redirect("piece", parent=parent, pk=pk)


@requires(Role.EDITOR)
@require_POST
def publish(request: OfficeRequest, parent: int, pk: int) -> HttpResponse:
    """Note that its approved version came out."""
    piece = piece_for(request.access, parent, pk)
    version = latest_of(piece)
    if version is None:
        return redirect("piece", parent=parent, pk=pk)
    form = PublishForm(request.POST, access=request.access, version=version)
    if form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("channel", "link", "day")}
        try:
            out = publish_version(access=request.access, version=version, **typed)
        except (*Refused, Conflict) as error:
            form.add_error(None, str(error))
        else:
            told = f" {out.timeliness.words}." if out.timeliness else ""
            messages.success(request, f"Quedó anotada como {out.row.publication.reference}.{told}")
            return redirect("piece", parent=parent, pk=pk)
    return _show_piece(request, piece, publish_form=form)


# --- files ------------------------------------------------------------------------------------------------------------


@requires(*EVERYONE)
@require_GET
def show_piece_file(request: OfficeRequest, parent: int, pk: int, number: int) -> HttpResponseBase:
    """The file of a version, as it was brought. Raises Http404 where it has none."""
    version = version_for(request.access, parent, pk, number)
    name = name_download(version.file_name, version.content_type)
    return show_file(request, file_of(version), version.content_type, name)


@requires(*EVERYONE)
@require_GET
def preview_piece(request: OfficeRequest, parent: int, pk: int, number: int) -> HttpResponseBase:
    """A small picture of it, drawn anew by us: of a PDF, its first page. Raises Http404 where none can be made."""
    version = version_for(request.access, parent, pk, number)
    file_of(version)
    path = preview_file(version.institution_id, version.file_sha256, version.file_name, version.content_type)
    return show_file(request, path or file_of(version), "image/png" if path else "", "vista.png")


# --- the page of a piece ----------------------------------------------------------------------------------------------


def _do(request: OfficeRequest, parent: int, pk: int, service: Callable[..., list[Any]], told: str) -> HttpResponse:
    version = latest_of(piece_for(request.access, parent, pk))
    if version is not None:
        try:
            links = service(access=request.access, version=version, link_to=link_to(request))
        except (*Refused, Conflict) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, told.format(" y ".join(link.person.name for link in links)))
    return redirect("piece", parent=parent, pk=pk)


def picture_of(version: PieceVersion | None) -> str:
    """How a version's file is shown: «image», «video», «pdf»; nothing where it has none."""
    if version is None or not version.file_sha256:
        return ""
    if version.content_type not in INLINE:
        return "pdf"
    return version.content_type.partition("/")[0]


def _show_piece(request: OfficeRequest, piece: Piece, **forms: Any) -> HttpResponse:
    """The page of a piece; one of its forms may have been refused, which answers 422."""
    version = latest_of(piece)
    is_editor = request.access.has_any(Role.EDITOR)
    context: dict[str, Any] = {
        "place": "requests",
        "asked": piece.request,
        "piece": piece,
        "version": version,
        "shown_as": picture_of(version),
        "channel_names": _channel_names(request, version),
        "road": road_of(piece),
        "comments": comments_of(piece),
        "history": history_of(piece),
        "is_editor": is_editor,
        "comment": forms.get("comment") or CommentForm(access=request.access),
        "publications": [
            (row, timeliness_of(piece.request, row.publication.published_on)) for row in came_out_as(piece)
        ],
    }
    if version is not None:
        context |= _describe_way(request, version, forms)
    refused = any(form.is_bound for form in forms.values())
    return render(request, "workflow/piece.html", context, status=422 if refused else 200)


def _describe_way(request: OfficeRequest, version: PieceVersion, forms: dict[str, Any]) -> dict[str, Any]:
    """Where the version stands on its way to coming out, and what may be done now."""
    gate, standing, links = gate_of(version), standing_of(version), links_of(version)
    goes_on = request.access.has_any(Role.EDITOR) and version.piece.withdrawn_at is None
    is_new = standing.pending is None and not standing.is_approved and not standing.is_returned
    may_answer = goes_on and is_new
    return {
        "gate": gate,
        "standing": standing,
        "waits_for": links,
        "is_new": is_new,
        "may_send": may_answer and not gate.waiting,
        "may_send_again": goes_on and standing.pending is not None,
        "gate_form": (forms.get("gate_form") or GateForm(access=request.access, waiting=gate.waiting))
        if may_answer and gate.waiting
        else None,
        "publish_form": (forms.get("publish_form") or PublishForm(access=request.access, version=version))
        if goes_on and standing.is_approved
        else None,
    }


def _channel_names(request: OfficeRequest, version: PieceVersion | None) -> list[str]:
    """The channels of a version as they are called; the code of one that is not there any more."""
    codes = version.channels if version else []
    if not codes:
        return []
    names = dict(channels_for(request.access).values_list("code", "name"))
    return [names.get(code, code) for code in codes]


def _form_context(whole: ServiceRequest, title: str, action: str, button: str) -> dict[str, Any]:
    return {
        "place": "requests",
        "over": whole.reference,
        "title": title,
        "action": action,
        "button": button,
        "back": reverse("request", args=[whole.pk]),
        "may_change": True,
    }
