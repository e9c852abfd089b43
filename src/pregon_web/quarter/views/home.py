"""The quarter at a glance, and the upload of its records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

import pregon
from pregon.report.compose import compose_sections
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import EVERYONE, READERS, OfficeRequest, requires
from pregon_web.ledger.services import ClosedPeriod
from pregon_web.quarter import panels
from pregon_web.quarter.desk import coming_days, last_changes, pressing_requests
from pregon_web.quarter.forms import RegistroForm
from pregon_web.quarter.selectors import (
    Quarter,
    period_to_work_on_for,
    periods_for,
    quarter_for,
    registro_file_for,
    registro_history_for,
)
from pregon_web.quarter.services import RefusedRegistro, add_registro

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(*EVERYONE)
@require_GET
def home(request: OfficeRequest) -> HttpResponse:
    """To the quarter to work on; whoever only asks for pieces, to what they asked."""
    if not request.access.has_any(*READERS):
        return redirect("requests")
    today = timezone.localdate()
    latest = period_to_work_on_for(request.access) or f"{today.year}-T{(today.month + 2) // 3}"
    return redirect("quarter", period=latest)


@requires(*READERS)
@require_GET
def show_quarter(request: OfficeRequest, period: str) -> HttpResponse:
    """What the quarter holds, what is missing and who owes it."""
    return _render_quarter(request, period, RegistroForm())


@requires(Role.EDITOR)
@require_POST
def upload_registro(request: OfficeRequest, period: str) -> HttpResponse:
    """Take a registro. The workbook says its own quarter; that one is shown afterwards."""
    form = RegistroForm(request.POST, request.FILES)
    mistakes: tuple[Any, ...] = ()
    if form.is_valid():
        upload: TemporaryUploadedFile = form.cleaned_data["workbook"]
        try:
            accepted = add_registro(
                access=request.access, path=Path(upload.temporary_file_path()), name=upload.name or "registro.xlsx"
            )
        except pregon.RegistroError as error:
            mistakes = tuple(error.mistakes)
            form.add_error("workbook", _count_mistakes(upload.name or "", len(mistakes)))
        except (pregon.UnreadableFile, RefusedRegistro, ClosedPeriod) as error:
            form.add_error("workbook", str(error))
        else:
            registro = accepted.registro
            messages.success(request, f"El registro quedó guardado en {registro.period}, versión {registro.version}.")
            for told in (sentence for merge in accepted.merges for sentence in merge.collisions):
                messages.warning(request, f"{told[0].upper()}{told[1:]}")
            return redirect("quarter", period=registro.period)
    return _render_quarter(request, period, form, mistakes, status=422)


@requires(*READERS)
@require_GET
def download_registro(request: OfficeRequest, period: str, version: int) -> FileResponse:
    """A version of the quarter's registro, as it was brought."""
    registro, path = registro_file_for(request.access, period, version)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"registro-{registro.period}-v{registro.version}.xlsx",
        content_type=SPREADSHEET,
    )


def _count_mistakes(name: str, count: int) -> str:
    found = "1 error" if count == 1 else f"{count} errores"
    return f"«{name}» tiene {found} y no se guardó. Corríjalos en Excel y súbalo de nuevo."


def _render_quarter(
    request: OfficeRequest, period: str, form: RegistroForm, mistakes: tuple[Any, ...] = (), status: int = 200
) -> HttpResponse:
    quarter = quarter_for(request.access, period)
    known = periods_for(request.access)
    context = {
        "place": "quarter",
        "quarter": quarter,
        "title": pregon.Period.parse(period).title,
        "periods": sorted({*known, period}, reverse=True),
        "history": registro_history_for(request.access, period),
        "form": form,
        "mistakes": mistakes,
        "may_upload": request.access.has_any(Role.EDITOR),
        "today": timezone.localdate(),
        "pressing": pressing_requests(request.access, timezone.localdate()),
        "coming": coming_days(request.access, timezone.localdate()),
        "changes": last_changes(request.access),
        **_describe(quarter),
    }
    return render(request, "quarter/quarter.html", context, status=status)


def _describe(quarter: Quarter) -> dict[str, Any]:
    if quarter.dossier is None:
        return {}
    today = timezone.localdate()
    sections = compose_sections(quarter.dossier, quarter.earlier)
    ticks = panels.section_ticks(sections, today)
    counts = {state: sum(tick.state == state for tick in ticks) for state in ("", "is-missing", "is-late")}
    return {
        "ticks": ticks,
        "ready": counts[""],
        "lacking": counts["is-missing"],
        "late": counts["is-late"],
        "owed": panels.owed_things(sections, today),
        "figures": panels.big_figures(quarter.dossier),
        "panels": panels.channel_panels(quarter.dossier),
    }
