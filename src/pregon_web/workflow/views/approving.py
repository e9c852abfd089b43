"""Approving: what waits for a person, the piece whole on their telephone, two taps to decide; and the rules of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import EVERYONE, OfficeRequest, requires
from pregon_web.accounts.second_factor import ask_for_code, showed_code
from pregon_web.ledger.selectors import channels_for
from pregon_web.ledger.services import BadRecord, ClosedPeriod, Conflict
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.workflow.approving import Choice, change_policy, decide, hash_token, require_seat
from pregon_web.workflow.forms_pieces import DecisionForm, PolicyForm
from pregon_web.workflow.models import Approval, ApprovalLink, Policy, Signer
from pregon_web.workflow.piece_rows import (
    came_out_as,
    gate_of,
    link_by_token,
    policy_of,
    road_of,
    seat_of,
    versions_of,
    waiting_for,
)
from pregon_web.workflow.views.pieces import link_to, picture_of

GONE = 410


@dataclass(frozen=True, slots=True)
class Seat:
    """The place from which somebody decides: the link that asks them, and the addresses of its two pages."""

    link: ApprovalLink
    address: str
    decide_address: str
    by_link: bool


@requires(*EVERYONE)
@require_GET
def show_waiting(request: OfficeRequest) -> HttpResponse:
    """What waits for the person to decide."""
    return render(request, "workflow/waiting.html", {"place": "approve", "links": waiting_for(request.access)})


# --- one piece, by its link or from the list --------------------------------------------------------------------------


@requires(*EVERYONE)
@require_GET
def open_link(request: OfficeRequest, token: str) -> HttpResponse:
    """The piece that an e-mail asked about."""
    seat = _seat_by_link(request, token)
    return _show(request, seat) if isinstance(seat, Seat) else seat


@requires(*EVERYONE)
@require_POST
def decide_by_link(request: OfficeRequest, token: str) -> HttpResponse:
    """The first tap asks to confirm, the second decides."""
    seat = _seat_by_link(request, token)
    return _decide(request, seat) if isinstance(seat, Seat) else seat


@requires(*EVERYONE)
@require_GET
def open_waiting(request: OfficeRequest, pk: int) -> HttpResponse:
    """The same from the list of what waits: `pk` is the version's."""
    seat = _seat_of_list(request, pk)
    return _show(request, seat) if isinstance(seat, Seat) else seat


@requires(*EVERYONE)
@require_POST
def decide_waiting(request: OfficeRequest, pk: int) -> HttpResponse:
    """The same from the list."""
    seat = _seat_of_list(request, pk)
    return _decide(request, seat) if isinstance(seat, Seat) else seat


def _seat_by_link(request: OfficeRequest, token: str) -> Seat | HttpResponse:
    link = link_by_token(request.access, hash_token(token))
    if link is None:
        told = "Ese enlace no existe, o está incompleto. Ábralo desde el correo, o entre a «Por aprobar»."
        if request.access.has_choice:
            told += " Si es de otra de sus entidades, elíjala y ábralo de nuevo."
        return _refuse(request, told, 404)
    if link.person_id != request.access.person.pk:
        return _refuse(request, "Este enlace es de otra persona. Abra el que le llegó a usted.", 403)
    addresses = reverse("approval_link", args=[token]), reverse("decide_by_link", args=[token])
    return _admit(request, Seat(link, *addresses, by_link=True))


def _seat_of_list(request: OfficeRequest, pk: int) -> Seat | HttpResponse:
    link = seat_of(request.access, pk)
    addresses = reverse("approve_piece", args=[pk]), reverse("decide_piece", args=[pk])
    return _admit(request, Seat(link, *addresses, by_link=False))


def _admit(request: OfficeRequest, seat: Seat) -> Seat | HttpResponse:
    """The seat, once whoever is there showed what the rules demand; the sentence where it is over."""
    try:
        require_seat(seat.link, by_link=seat.by_link)
    except BadRecord as error:
        return _refuse(request, str(error), GONE)
    demands_code = policy_of(request.access.institution).link_demand == Policy.Demand.SECOND_FACTOR
    if demands_code and not showed_code(request):
        messages.info(request, "Su entidad pide el código del teléfono para aprobar.")
        return ask_for_code(request, seat.address)
    return seat


def _refuse(request: OfficeRequest, told: str, status: int) -> HttpResponse:
    return render(request, "workflow/link_over.html", {"place": "approve", "told": told}, status=status)


def _show(request: OfficeRequest, seat: Seat, *, typed: str = "", problem: str = "") -> HttpResponse:
    """The piece whole, and the two buttons."""
    version = seat.link.version
    piece = version.piece
    waiting = [link.version_id for link in waiting_for(request.access)]
    names = dict(channels_for(request.access).values_list("code", "name")) if version.channels else {}
    context: dict[str, Any] = {
        "place": "approve",
        "seat": seat,
        "piece": piece,
        "asked": piece.request,
        "version": version,
        "shown_as": picture_of(version),
        "channel_names": [names.get(code, code) for code in version.channels],
        "versions": list(versions_of(piece)),
        "gate": gate_of(version),
        "road": road_of(piece),
        "publications": came_out_as(piece),
        "turn": waiting.index(version.pk) + 1 if version.pk in waiting else 0,
        "waiting_count": len(waiting),
        "is_owner": seat.link.signer == Signer.OWNER,
        "typed": typed,
        "problem": problem,
    }
    return render(request, "workflow/approve.html", context, status=422 if problem else 200)


def _decide(request: OfficeRequest, seat: Seat) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(
            request, seat, typed=request.POST.get("comment", "")[:2000], problem="Elija «Aprobar» o «Pedir cambios»."
        )
    cleaned = form.cleaned_data
    choice = Choice(
        Approval.Decision(cleaned["decision"]),
        sha256=cleaned["sha256"],
        comment=cleaned["comment"].strip(),
        with_second_factor=showed_code(request),
    )
    version = seat.link.version
    lacks_note = choice.is_return and not choice.comment
    if lacks_note or not cleaned["confirmed"]:
        problem = "Escriba qué hay que cambiar y dónde: es lo que le llega al equipo." if cleaned["confirmed"] else ""
        told = {"place": "approve", "seat": seat, "version": version, "piece": version.piece, "choice": choice}
        status = 422 if problem else 200
        return render(request, "workflow/confirm_decision.html", {**told, "problem": problem}, status=status)
    try:
        decide(access=request.access, link=seat.link, choice=choice, link_to=link_to(request), by_link=seat.by_link)
    except (BadRecord, ClosedPeriod, Conflict) as error:
        return _refuse(request, str(error), 409)
    done = "Se pidieron los cambios" if choice.is_return else "Quedó aprobada"
    messages.success(request, f"{done}: «{version.piece.title}», versión {version.number}.")
    return redirect("waiting")


# --- the rules --------------------------------------------------------------------------------------------------------


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_policy(request: OfficeRequest) -> HttpResponse:
    """Who approves and in which order, what their link demands and how long it serves."""
    policy = policy_of(request.access.institution)
    form = PolicyForm(request.POST or None, access=request.access, initial=PolicyForm.initial_of(policy))
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(form, lambda: change_policy(access=request.access, fields=form.record, version=version))
        if not form.errors:
            messages.success(request, "Se guardaron las reglas. Lo que está en camino las sigue desde ahora.")
            return redirect("approval_rules")
    context = {
        "place": "approval_rules",
        "over": "Administrar",
        "title": "Reglas de aprobación",
        "lead": "Quién aprueba las piezas antes de que salgan, y qué tiene que mostrar.",
        "action": reverse("approval_rules"),
        "button": "Guardar las reglas",
        "collision": collision,
        "history": history_of(policy) if policy.pk else [],
        "may_change": True,
    }
    return show_form(request, form, context)
