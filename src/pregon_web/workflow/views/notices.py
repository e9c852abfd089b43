"""What a person wants to be sent, by their own page and by the link of each e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pregon_web.accounts.rules import EVERYONE, OfficeRequest, public, requires
from pregon_web.wall import inside
from pregon_web.workflow.forms_notices import NoticesForm
from pregon_web.workflow.notices import choice_for, choose_notices, leave_notice, read_leaving
from pregon_web.workflow.reminding import Notice

LEFT = {
    Notice.REMINDER: "los recordatorios de lo que vence",
    Notice.DIGEST: "el resumen de la semana",
    Notice.APPROVAL: "los correos de piezas por aprobar",
}


@requires(*EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def show_choices(request: OfficeRequest) -> HttpResponse:
    """The person's e-mails of this institution, to have or to leave."""
    choice = choice_for(request.access)
    initial = {name: getattr(choice, name) for name in NoticesForm.base_fields}
    form = NoticesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_notices(access=request.access, wishes=form.cleaned_data)
        messages.success(request, "Se guardó lo que quiere recibir.")
        return redirect("mail_choices")
    context = {"place": "mail_choices", "form": form, "email": request.access.person.email}
    return render(request, "workflow/mail_choices.html", context)


@csrf_exempt  # a mailbox's own button posts without our page (RFC 8058); what the address says is signed
@public
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Leave the e-mails of a link: a page with a button, and one POST that does it."""
    leaving = read_leaving(signed)
    if leaving is None:
        raise Http404
    with inside(leaving.institution.pk):
        if request.method == "POST":
            leave_notice(leaving)
        context = {
            "institution": leaving.institution,
            "what": LEFT[leaving.notice],
            "signed": signed,
            "is_left": request.method == "POST",
        }
        return render(request, "workflow/unsubscribe.html", context)
