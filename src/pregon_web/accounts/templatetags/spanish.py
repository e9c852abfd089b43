"""Dates, hours and counts as this house writes them: Django's own Spanish puts capitals where Spanish has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils import timezone

from pregon.figures.period import Period
from pregon.figures.spanish import month_name, print_date, print_number

register = template.Library()
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


@register.filter
def day(value: date | datetime) -> str:
    """«6 de enero de 2026», in the local calendar."""
    return print_date(_local_day(value))


@register.filter
def counted(value: int) -> str:
    """A count as the reports print it: «1.021»."""
    return print_number(value)


@register.filter
def weekday(value: date | datetime) -> str:
    """«martes 6 de enero de 2026»."""
    local = _local_day(value)
    return f"{WEEKDAYS[local.weekday()]} {print_date(local)}"


@register.filter
def weekdayname(value: date) -> str:
    """The day of the week alone: «martes»."""
    return WEEKDAYS[value.weekday()]


@register.filter
def instant(value: datetime) -> str:
    """«6 de enero de 2026 a las 5:00 p. m.», in local time; hard spaces keep the hour together."""
    local = timezone.localtime(value)
    half = "a.\u00a0m." if local.hour < 12 else "p.\u00a0m."
    article = "la" if local.hour % 12 == 1 else "las"
    return f"{print_date(local.date())} a {article} {local.hour % 12 or 12}:{local.minute:02}\u00a0{half}"


@register.filter
def periodname(code: str) -> str:
    """A period by its code: «tercer trimestre de 2025»; the code as it is where it is none."""
    try:
        return Period.parse(code).title
    except ValueError:
        return code


@register.filter
def moment(value: datetime) -> str:
    """As `instant`, short for lists: «6 ene 2026, 5:00 p. m.»."""
    local = timezone.localtime(value)
    half = "a.\u00a0m." if local.hour < 12 else "p.\u00a0m."
    return f"{print_date(local.date(), short=True)}, {local.hour % 12 or 12}:{local.minute:02}\u00a0{half}"


_DEEDS = {
    "approve": "Anotó su aprobación",
    "create": "Lo anotó",
    "renew": "Lo hizo de la versión anterior",
    "update": "Lo cambió",
    "delete": "Lo borró",
    "correct": "Anotó una corrección",
    "attach": "Guardó el archivo",
    "check": "Revisó el enlace",
    "move": "La movió",
    "agree": "Acordó otra fecha",
    "assign": "Dijo quién la hace",
    "supersede": "Puso otra cifra",
    "import": "Llegó en un archivo",
    "undo": "Deshizo la importación",
    "settle": "Dijo que llegó",
    "value": "Lo valoró",
    "sign": "Firmó",
    "unsign": "Quedó sin firma",
    "withdraw": "La retiró",
    "restore": "La recuperó",
    "close": "Cerró el trimestre",
    "reopen": "Reabrió el trimestre",
    "attach_attendance": "Guardó la lista de asistencia",
    "take_attendance": "Descargó la lista de asistencia",
    "remove_attendance": "Borró la lista de asistencia",
    "close_survey": "La cerró",
    "reopen_survey": "La abrió otra vez",
    "purge_attendance": "Se borró la lista de asistencia, cumplido su plazo",
}


@register.filter
def deed(action: str) -> str:
    """What an entry of the journal says was done, in words."""
    return _DEEDS.get(action, action)


@register.filter
def monthname(value: date) -> str:
    """The month of a day, for the head of a column: «Octubre»."""
    return month_name(value.month).capitalize()


@register.filter
def at(mapping: Mapping[str, str], key: str) -> str:
    """What a mapping holds under a key; nothing where it has none."""
    return mapping.get(key, "")


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
