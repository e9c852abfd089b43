"""Evidence: what proves the figures, listed, kept, looked at and handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, month_name, print_date
from pregon.registro import vocabulary as words
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.evidence import (
    Upload,
    attach_file,
    check_link,
    download_name,
    name_kind,
    preview_of,
    print_size,
    room_of,
)
from pregon_web.ledger.evidence import add_evidence as keep_evidence
from pregon_web.ledger.forms import AttachForm, EvidenceForm, NewEvidenceForm
from pregon_web.ledger.models import Evidence, choices_of
from pregon_web.ledger.selectors import (
    channels_for,
    evidence_row_for,
    evidence_rows_for,
    is_closed,
    same_file_elsewhere,
    series_of,
)
from pregon_web.ledger.services import BadRecord, ClosedPeriod, change_record, remove_record
from pregon_web.ledger.uses import Use, used_keys, uses_of
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.recording import history_of, show_form, take_form


def _place(row: Evidence) -> str:
    month = month_name(Period.parse(row.month).start.month) if row.month else ""
    if row.channel is None:
        return month.capitalize()
    return f"{row.channel.name}, {month}" if month else row.channel.name


KEPT = (
    Column("prueba", "Qué prueba", lambda row: row.title, "title"),
    Column("referencia", "Referencia", lambda row: row.reference, "reference"),
    Column("tipo", "Tipo", name_kind),
    Column("seccion", "Sección", lambda row: row.get_section_display(), "section"),
    Column("canal", "Canal y mes", _place, "channel__position"),
    Column("fecha", "Fecha", lambda row: row.dated, "dated"),
)
COLUMNS = (*KEPT, Column("uso", "Uso", lambda _row: ""))
EXPORTED = (
    *KEPT,
    Column("archivo", "Archivo", lambda row: row.file),
    Column("huella", "Huella SHA-256", lambda row: row.sha256),
    Column("enlace", "Enlace", lambda row: row.link),
    Column("serie", "Serie documental", lambda row: row.series),
)
SEARCHED = ("title", "reference", "file", "link", "series")
KINDS = {
    "imagen": ("Imagen", Q(content_type__startswith="image/")),
    "pdf": ("PDF", Q(content_type="application/pdf")),
    "video": ("Video", Q(content_type__startswith="video/")),
    "otro": (
        "Otro archivo",
        Q(is_stored=True) & ~Q(content_type__regex="^(image|video)/") & ~Q(content_type="application/pdf"),
    ),
    "enlace": ("Enlace", ~Q(link="")),
    "sin-guardar": ("Archivo sin guardar", Q(is_stored=False) & ~Q(file="")),
}


def list_shape(access: Any, period: str, columns: tuple[Column, ...] = COLUMNS) -> ListShape:  # noqa: ANN401 - accounts.selectors.Access
    """The list of a quarter's evidence: by section, channel, month and kind."""
    channels = [(channel.code, channel.name) for channel in channels_for(access)]
    months = [(str(month), month_name(month.start.month).capitalize()) for month in Period.parse(period).months]
    kinds = [(key, label) for key, (label, _) in KINDS.items()]
    return ListShape(
        columns,
        SEARCHED,
        (
            Filter("seccion", "Sección", choices_of(words.SECTIONS), lambda value: Q(section=value)),
            Filter("canal", "Canal", channels, lambda value: Q(channel__code=value)),
            Filter("mes", "Mes", months, lambda value: Q(month=value)),
            Filter("tipo", "Tipo", kinds, lambda value: KINDS[value][1]),
        ),
        "referencia",
    )


@requires(*READERS)
@require_GET
def show_evidence(request: OfficeRequest, period: str) -> HttpResponse:
    """The evidence of a quarter."""
    access = request.access
    listing = make_listing(list_shape(access, period), evidence_rows_for(access, period), request.GET)
    used = used_keys(Evidence, access.institution, [row.pk for row in listing.rows])
    context = {
        "place": "evidence",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "listing": listing,
        "cells": [_cells(row, period, is_used=row.pk in used) for row in listing.rows],
        "what": "Evidencias",
        "count_words": count_of(listing.total, "evidencia", "evidencias"),
        "search_hint": "Título, referencia o archivo",
        "export_csv": reverse("export_evidence", args=[period, "csv"]),
        "export_xlsx": reverse("export_evidence", args=[period, "xlsx"]),
        "room": room_of(access.institution),
        "may_change": access.has_any(Role.EDITOR) and not is_closed(access.institution, period),
    }
    return render(request, "ledger/evidence.html", context)


@requires(*READERS)
@require_GET
def export_evidence(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """What the list shows, with hashes and links, as CSV or Excel."""
    shape, rows = list_shape(request.access, period, EXPORTED), evidence_rows_for(request.access, period)
    return export_listing(shape, rows, request.GET, suffix, f"evidencias-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: OfficeRequest, period: str) -> HttpResponse:
    """Keep a file or a link. Who came from another record goes back to it, with the new one chosen there."""
    back = _way_back(request)
    initial = {name: request.GET.get(name, "") for name in ("section", "month")}
    channel = channels_for(request.access).filter(code=request.GET.get("channel", "")).first()
    form = NewEvidenceForm(
        request.POST or None,
        request.FILES or None,
        access=request.access,
        period=period,
        initial={**initial, "channel": channel},
    )
    if request.method == "POST" and form.is_valid():
        kept: list[Evidence] = []
        upload = _upload_of(form.cleaned_data["document"])
        take_form(
            form,
            lambda: kept.append(keep_evidence(access=request.access, period=period, fields=form.record, upload=upload)),
        )
        if kept:
            return _tell_kept(request, kept[0], back)
    context = {
        **_form_context(period, "Agregar una evidencia", request.get_full_path()),
        "back": back or reverse("evidence", args=[period]),
        "button": "Guardar la evidencia",
        "room": room_of(request.access.institution),
        "series": series_of(request.access),
        "may_change": True,
    }
    return show_form(request, form, context, template="ledger/add_evidence.html")


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_evidence_record(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """An evidence with what it shows, where it is used and its history."""
    row = evidence_row_for(request.access, period, pk)
    names = ("title", "link", "dated", "section", "channel", "month", "series", "version")
    initial = {name: getattr(row, name) for name in names}
    return _show(request, row, EvidenceForm(access=request.access, period=period, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_evidence(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change what is said of it. Another link has not been looked at yet."""
    row = evidence_row_for(request.access, period, pk)
    form = EvidenceForm(request.POST, access=request.access, period=period)
    collision = None
    if form.is_valid():
        version, fields = form.cleaned_data["version"], form.record
        if fields["link"] != row.link:
            fields |= {"checked_at": None, "check_result": ""}
        if not fields["link"] and not row.file:
            form.add_error("link", "Sin enlace ni archivo no hay evidencia. Escriba el enlace, o bórrela.")
        else:
            collision = take_form(
                form, lambda: change_record(access=request.access, row=row, fields=fields, version=version)
            )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("evidence_record", period=period, pk=pk)
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_evidence(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove an evidence that nothing leans on, with the reason."""
    row = evidence_row_for(request.access, period, pk)
    try:
        remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("evidence_record", period=period, pk=pk)
    messages.success(request, f"Se borró {row.reference}.")
    return redirect("evidence", period=period)


@requires(Role.EDITOR)
@require_POST
def attach_evidence(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Keep the file of an evidence that only named it."""
    row = evidence_row_for(request.access, period, pk)
    form = AttachForm(request.POST, request.FILES)
    problem = ""
    if form.is_valid():
        upload = _upload_of(form.cleaned_data["document"])
        try:
            attach_file(access=request.access, row=row, upload=upload or Upload(Path(), ""))
        except (BadRecord, ClosedPeriod) as error:
            problem = str(error)
    else:
        problem = next(str(each) for errors in form.errors.values() for each in errors)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, f"El archivo de {row.reference} quedó guardado.")
    return redirect("evidence_record", period=period, pk=pk)


@requires(Role.EDITOR)
@require_POST
def check_evidence(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Look whether its link answers."""
    row = evidence_row_for(request.access, period, pk)
    try:
        messages.success(request, f"Enlace revisado: {check_link(access=request.access, row=row).check_result}.")
    except BadRecord as error:
        messages.error(request, str(error))
    return redirect("evidence_record", period=period, pk=pk)


@requires(*READERS)
@require_GET
def download_evidence(request: OfficeRequest, period: str, pk: int) -> FileResponse:
    """The file as it was brought: handed over, never shown from our own address. Raises Http404 without one."""
    row = evidence_row_for(request.access, period, pk)
    path = vault.path_of(row.institution_id, row.sha256)
    if not row.is_stored or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=download_name(row), content_type="application/octet-stream"
    )


@requires(*READERS)
@require_GET
def preview_evidence(request: OfficeRequest, period: str, pk: int) -> FileResponse:
    """A small picture of it, drawn anew by us. Raises Http404 where none can be made."""
    path = preview_of(evidence_row_for(request.access, period, pk))
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _show(request: OfficeRequest, row: Evidence, form: EvidenceForm, **context: Any) -> HttpResponse:
    closed = is_closed(request.access.institution, row.period)
    is_editor = request.access.has_any(Role.EDITOR)
    base = _form_context(row.period, row.title, reverse("change_evidence", args=[row.period, row.pk]))
    told = {
        "row": row,
        "kind": name_kind(row),
        "size": print_size(row.size) if row.size else "",
        "has_preview": preview_of(row) is not None,
        "elsewhere": same_file_elsewhere(request.access, row),
        "uses": [*_use_by_section(row), *uses_of(row)],
        "attach": AttachForm() if is_editor and not closed and row.file and not row.is_stored else None,
        "is_web_link": row.link.startswith(("https://", "http://")),
        "may_check": is_editor and bool(row.link),
        "thing": "la evidencia",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "series": series_of(request.access),
        "removal": reverse("remove_evidence", args=[row.period, row.pk]),
        "may_change": is_editor and not closed,
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    return show_form(request, form, {**base, **told, **context}, template="ledger/evidence_record.html")


def _use_by_section(row: Evidence) -> list[Use]:
    """The section of the report that the evidence stands behind, where it says one: a capture is named by no record."""
    if not row.section:
        return []
    place = f"{reverse('report', args=[row.period])}#s-{row.section.replace('_', '-')}"
    return [Use("sección del informe", 1, ((row.get_section_display(), place),))]


def _tell_kept(request: OfficeRequest, row: Evidence, back: str) -> HttpResponse:
    told = f"Se guardó {row.reference}: «{row.title}»."
    if others := same_file_elsewhere(request.access, row):
        told += f" El mismo archivo está también en {others[0].period} como {others[0].reference}."
    if not back:
        messages.success(request, told)
        return redirect("evidence_record", period=row.period, pk=row.pk)
    messages.success(request, f"{told} Está elegida abajo: falta guardar para unirla.")
    join = "&" if "?" in back else "?"
    return redirect(f"{back}{join}{urlencode({'evidencia': row.pk})}")


def _way_back(request: OfficeRequest) -> str:
    """The page of the office that the person came from to add an evidence; nothing where it is no page of ours."""
    back = request.GET.get("volver", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else ""


def _upload_of(file: TemporaryUploadedFile | None) -> Upload | None:
    return Upload(Path(file.temporary_file_path()), file.name or "archivo") if file else None


def _form_context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "evidence",
        "period": period,
        "over": "Evidencias",
        "title": title,
        "action": action,
        "back": reverse("evidence", args=[period]),
    }


def _cells(row: Evidence, period: str, *, is_used: bool) -> list[dict[str, str]]:
    kind = name_kind(row)
    return [
        {"text": row.title, "href": reverse("evidence_record", args=[period, row.pk])},
        {"text": row.reference, "css": "nowrap"},
        {"text": kind[0].upper() + kind[1:]},
        {"text": row.get_section_display()},
        {"text": _place(row)},
        {"text": print_date(row.dated, short=True) if row.dated else "", "css": "nowrap"},
        {"text": "En uso" if is_used or row.section else "Sin usar", "css": "nowrap"},
    ]
