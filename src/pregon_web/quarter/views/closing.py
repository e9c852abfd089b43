"""The closing of a quarter: what is in the way, who signs, the lock, and the versions that were closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.records.organisation import SignatureRole
from pregon.report.compose import load_sections
from pregon_web.accounts.models import Institution, Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.services import BadRecord, ClosedPeriod
from pregon_web.programme.selectors.plan import open_surveys_of, procedure_in_force
from pregon_web.quarter.blockers import (
    SIGNING_ORDER,
    Blocker,
    BlockerKind,
    find_content_blockers,
    find_survey_blockers,
)
from pregon_web.quarter.changes import compare_reports
from pregon_web.quarter.closing import NotReady, close_quarter, reopen_quarter
from pregon_web.quarter.forms import ControlForm, GapForm, PendingForm
from pregon_web.quarter.mending import where_to_mend
from pregon_web.quarter.models import PendingThing, SignOff
from pregon_web.quarter.panels import due_words
from pregon_web.quarter.selectors import (
    Quarter,
    closed_file_for,
    closed_report,
    closing_for,
    closings_for,
    control_row_for,
    declared_gaps_for,
    pending_things_for,
    quarter_for,
    sign_offs_for,
    signed_fingerprint_of,
)
from pregon_web.quarter.services import declare, note_pending, save_control, settle_pending, withdraw_declaration
from pregon_web.quarter.signing import MAY_SIGN, sign_quarter
from pregon_web.recording import show_form, take_form

CLOSERS = (Role.EDITOR, Role.APPROVER)
_HANDS = {
    SignatureRole.PREPARED: ("Elabora", "Firmar como quien elabora"),
    SignatureRole.REVIEWED: ("Revisa", "Firmar como quien revisa"),
    SignatureRole.APPROVED: ("Aprueba", "Firmar como quien aprueba"),
}


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_closing(request: OfficeRequest, period: str) -> HttpResponse:
    """What is in the way, the three signatures, and the history of closings."""
    return _render(request, period)


@requires(*READERS)
@require_POST
def sign(request: OfficeRequest, period: str, hand: str) -> HttpResponse:
    """Sign the quarter as it is now; who may is decided by the service."""
    if hand not in set(SignatureRole):
        raise Http404
    try:
        sign_quarter(access=request.access, period=period, role=SignatureRole(hand))
    except (BadRecord, ClosedPeriod) as error:
        return _render(request, period, str(error))
    messages.success(request, "Quedó su firma. Si los registros cambian, habrá que firmar otra vez.")
    return redirect("closing", period=period)


@requires(Role.EDITOR)
@require_POST
def declare_gap(request: OfficeRequest, period: str) -> HttpResponse:
    """Declare that something will not come, and why: the report prints it."""
    form = GapForm(request.POST, access=request.access, period=period)
    if not form.is_valid():
        return _render(request, period, next(str(each) for errors in form.errors.values() for each in errors))
    try:
        declare(access=request.access, period=period, **form.record)
    except (BadRecord, ClosedPeriod) as error:
        return _render(request, period, str(error))
    messages.success(request, "Quedó declarado: el informe lo dirá con su motivo.")
    return redirect("closing", period=period)


@requires(Role.EDITOR)
@require_POST
def withdraw_gap(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take a declaration back: the thing is expected again."""
    try:
        withdraw_declaration(access=request.access, period=period, pk=pk)
    except ClosedPeriod as error:
        return _render(request, period, str(error))
    return redirect("closing", period=period)


@requires(Role.EDITOR)
@require_POST
def note(request: OfficeRequest, period: str) -> HttpResponse:
    """Note something that is missing, who has it and by when."""
    form = PendingForm(request.POST, access=request.access, period=period)
    if form.is_valid():
        take_form(form, lambda: note_pending(access=request.access, period=period, fields=form.record))
    if form.errors:
        refusal = next(iter(form.non_field_errors()), "")
        return _render(request, period, str(refusal), pending=form)
    messages.success(request, f"Quedó anotado que falta «{form.cleaned_data['what']}».")
    return redirect("closing", period=period)


@requires(Role.EDITOR)
@require_POST
def settle(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """What was pending arrived."""
    try:
        row = settle_pending(access=request.access, period=period, pk=pk)
    except ClosedPeriod as error:
        return _render(request, period, str(error))
    messages.success(request, f"Ya no falta «{row.what}».")
    return redirect("closing", period=period)


@requires(*CLOSERS)
@require_POST
def close(request: OfficeRequest, period: str) -> HttpResponse:
    """Close the quarter."""
    try:
        closing = close_quarter(access=request.access, period=period)
    except (NotReady, ClosedPeriod, BadRecord) as error:
        return _render(request, period, str(error))
    messages.success(request, f"El trimestre quedó cerrado, versión {closing.version}. Sus cifras ya no cambian.")
    return redirect("closing", period=period)


@requires(Role.APPROVER)
@require_POST
def reopen(request: OfficeRequest, period: str) -> HttpResponse:
    """Open it again, with the reason."""
    try:
        reopen_quarter(access=request.access, period=period, reason=request.POST.get("reason", "")[:400])
    except BadRecord as error:
        return _render(request, period, str(error))
    messages.success(request, "El trimestre quedó abierto. Para cerrarlo otra vez hacen falta las tres firmas.")
    return redirect("closing", period=period)


@requires(*READERS)
@require_GET
def download_closed(request: OfficeRequest, period: str, version: int, suffix: str) -> FileResponse:
    """A file of a closing, as it was kept: docx, pdf, html, xlsx, or the frozen registro."""
    found = closed_file_for(request.access, period, version, suffix)
    return FileResponse(
        found.path.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )


@requires(*READERS)
@require_GET
def show_changes(request: OfficeRequest, period: str, version: int) -> HttpResponse:
    """What changed between a closing and the one before it, figure by figure."""
    newer, older = closing_for(request.access, period, version), closing_for(request.access, period, version - 1)
    changes = compare_reports(closed_report(older), closed_report(newer))
    context = {
        "place": "closing",
        "period": period,
        "title": f"Qué cambió de la versión {older.version} a la {newer.version}",
        "older": older,
        "newer": newer,
        "changes": changes,
    }
    return render(request, "quarter/changes.html", context)


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_control(request: OfficeRequest, period: str) -> HttpResponse:
    """What the cover of the report says of the document itself."""
    row = control_row_for(request.access, period)
    initial = ControlForm.initial_of(row, procedure_in_force(request.access.institution) if row is None else None)
    form = ControlForm(request.POST or None, access=request.access, period=period, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: save_control(access=request.access, period=period, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardó el control del documento.")
            return redirect("closing", period=period)
    context = {
        "place": "closing",
        "period": period,
        "over": "Cierre",
        "title": "Control del documento",
        "lead": "Lo que dice la portada del informe.",
        "action": reverse("control", args=[period]),
        "back": reverse("closing", args=[period]),
        "button": "Guardar el control",
        "collision": collision,
        "may_change": True,
    }
    return show_form(request, form, context)


def _render(request: OfficeRequest, period: str, problem: str = "", pending: PendingForm | None = None) -> HttpResponse:
    quarter = quarter_for(request.access, period)
    noted = pending_things_for(request.access, period)
    signatures = _describe_signatures(request, quarter)
    blockers = [] if quarter.closing else _describe_blockers(request.access.institution, quarter, period, noted)
    unsigned = [each for each in signatures if not each["is_valid"]]
    context = {
        "place": "closing",
        "period": period,
        "title": Period.parse(period).title,
        "quarter": quarter,
        "problem": problem,
        "blockers": blockers,
        "pending": pending or PendingForm(access=request.access, period=period),
        "signatures": signatures,
        "in_the_way": len(blockers) + len(unsigned),
        "declared": declared_gaps_for(request.access, period),
        "closings": closings_for(request.access, period),
        "may_write": request.access.has_any(Role.EDITOR) and quarter.closing is None,
        "may_close": request.access.has_any(*CLOSERS),
        "may_reopen": request.access.has_any(Role.APPROVER),
        "formats": (("docx", "Word"), ("pdf", "PDF"), ("html", "HTML"), ("xlsx", "Excel"), ("registro", "Registro")),
    }
    return render(request, "quarter/closing.html", context, status=422 if problem or pending else 200)


def _describe_signatures(request: OfficeRequest, quarter: Quarter) -> list[dict[str, Any]]:
    """The three hands in their order: who, whether they signed these records, whether this person may."""
    rows = {row.role: row for row in sign_offs_for(request.access, quarter.period)}
    fingerprint = signed_fingerprint_of(quarter.dossier) if quarter.dossier is not None else ""
    told = []
    is_next = quarter.dossier is not None and quarter.closing is None
    for hand in SIGNING_ORDER:
        row = rows.get(hand.value)
        is_valid = quarter.closing is not None or _is_signed(row, fingerprint)
        may_sign = is_next and not is_valid and request.access.has_any(MAY_SIGN[hand])
        name, button = _HANDS[hand]
        told.append({"hand": hand.value, "name": name, "button": button, "row": row, "is_valid": is_valid,
                     "is_stale": bool(row and row.signed_by_id and not is_valid), "may_sign": may_sign,
                     "role": MAY_SIGN[hand].label})  # fmt: skip
        is_next = is_next and is_valid
    return told


def _is_signed(row: SignOff | None, fingerprint: str) -> bool:
    """Whether one hand signed these very records."""
    return row is not None and row.signed_by_id is not None and row.fingerprint == fingerprint


def _describe_blockers(
    institution: Institution, quarter: Quarter, period: str, noted: list[PendingThing]
) -> list[dict[str, Any]]:
    """What is in the way, each with where it is mended; what somebody noted as pending has its own button."""
    if quarter.dossier is None:
        return []
    arrived = {(row.section, row.what): reverse("settle_pending", args=[period, row.pk]) for row in reversed(noted)}
    titles = {section.slug: section.title for section in load_sections()} | {"surveys": "Encuestas"}
    told = []
    surveys = find_survey_blockers(open_surveys_of(institution, period))
    for blocker in (*find_content_blockers(quarter.dossier, quarter.earlier), *surveys):
        href, page = where_to_mend(blocker.section, period)
        told.append(
            {
                "blocker": blocker,
                "section": titles.get(blocker.section, "Informe"),
                "href": href,
                "page": page,
                "verb": "Se cierra" if blocker.kind is BlockerKind.OPEN else "Se llena",
                "is_gap": blocker.kind is BlockerKind.GAP,
                "when": _when(blocker),
                "arrived": arrived.get((blocker.section, blocker.what), ""),
            }
        )
    return told


def _when(blocker: Blocker) -> dict[str, str]:
    text, css = due_words(blocker.due, timezone.localdate())
    return {"text": text, "css": css}
