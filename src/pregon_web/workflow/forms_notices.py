"""What a person wants to be sent."""

from __future__ import annotations

from django import forms

from pregon_web.fields import TickField


class NoticesForm(forms.Form):
    """Each e-mail that a person may have or leave, by the name of its field in `MailChoice`."""

    wants_reminders = TickField(
        "Recordatorios de lo que vence", hint="El día hábil en que algo suyo está por vencer o ya va tarde."
    )
    wants_digest = TickField(
        "Resumen de la semana", hint="El primer día hábil: lo que tiene, lo que va tarde y cómo va lo que usted pidió."
    )
    wants_approvals = TickField("Piezas por aprobar", hint="Cuando una pieza espera su visto bueno o su aprobación.")
