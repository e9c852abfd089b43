"""The list of who came to an event: brought, taken away by the few who may, removed. It is never shown in a page."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import OfficeRequest, requires
from pregon_web.ledger.services import BadRecord, ClosedPeriod
from pregon_web.programme import attendance
from pregon_web.programme.forms import AttendanceForm, EventForm
from pregon_web.programme.selectors import event_for
from pregon_web.programme.views.events import FIELDS, READS_LISTS, render_event


@requires(Role.EDITOR)
@require_POST
def upload_attendance(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Keep the list of an event, in place of the one it had."""
    row = event_for(request.access, period, pk)
    form = AttendanceForm(request.POST, request.FILES, access=request.access, period=period, auto_id="lista_%s")
    if form.is_valid():
        upload: TemporaryUploadedFile = form.cleaned_data["attendance"]
        try:
            attendance.keep_attendance(
                access=request.access,
                event=row,
                path=Path(upload.temporary_file_path()),
                name=upload.name or "lista",
                keep_until=form.cleaned_data["keep_until"],
            )
        except ClosedPeriod as error:
            form.add_error("attendance", str(error))
        else:
            messages.success(request, "La lista quedó guardada. La ven quien redacta y Control Interno.")
            return redirect("event", period=period, pk=pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    return render_event(request, row, EventForm(access=request.access, period=period, initial=initial), form)


@requires(*READS_LISTS)
@require_POST
def download_attendance(request: OfficeRequest, period: str, pk: int) -> HttpResponseBase:
    """Hand the list out as a file, and note who took it. A POST: nothing takes it by merely looking ahead."""
    row = event_for(request.access, period, pk)
    try:
        kept, path = attendance.take_attendance(access=request.access, event=row)
    except BadRecord as error:
        messages.error(request, str(error))
        return redirect("event", period=period, pk=pk)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=kept.name, content_type="application/octet-stream"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@requires(Role.EDITOR)
@require_POST
def remove_attendance(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove the list before its time, with the reason."""
    row = event_for(request.access, period, pk)
    attendance.remove_attendance(access=request.access, event=row, reason=request.POST.get("reason", "")[:300])
    messages.success(request, "Se borró la lista. El conteo del evento sigue igual.")
    return redirect("event", period=period, pk=pk)
