"""How a request's date and state are said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pregon.figures.spanish import count_of, print_date, print_number
from pregon.records.calendar import business_days_between
from pregon.records.service import RequestKind
from pregon.registro import vocabulary as words
from pregon_web.workflow.deadlines import Closures, business_days_late, tell_day
from pregon_web.workflow.models import ServiceRequest, State
from pregon_web.workflow.selectors import OPEN, date_of

STATE_TAGS = {State.RETURNED: "is-gap", State.IN_REVIEW: "is-open", State.APPROVED: "is-open"}
_NEAR = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Term:
    """How a request stands against its date, and the colour of its tag."""

    words: str
    css: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it went past its date."""
        return self.css == "is-bad"


def tell_term(row: ServiceRequest, today: date, closures: Closures) -> Term:
    """«1 día hábil tarde», «Vence hoy», «Vence el viernes 9», «A tiempo, 10 dic 2025»."""
    due = date_of(row)
    if row.state == State.CANCELLED:
        return Term(f"Cancelada el {print_date(row.state_on, short=True)}" if row.state_on else "Cancelada")
    if row.state not in OPEN:
        return _tell_delivery(row, due, closures)
    if due is None:
        return Term("Sin plazo")
    if due < today:
        late = business_days_late(due, today, closures=closures)
        return Term(_tell_late(late) if late else f"Venció el {print_date(due, short=True)}", "is-bad")
    if due <= today + timedelta(days=1):
        return Term("Vence hoy" if due == today else "Vence mañana", "is-gap")
    near = tell_day(due).split(" de ")[0] if due <= today + _NEAR else print_date(due, short=True)
    return Term(f"Vence el {near}")


def _tell_delivery(row: ServiceRequest, due: date | None, closures: Closures) -> Term:
    day = row.delivered_on
    if day is None:
        return Term("Sin fecha de entrega")
    if due is None:
        return Term(f"Entregada el {print_date(day, short=True)}, sin plazo")
    if day <= due:
        return Term(f"= A tiempo, {print_date(day, short=True)}", "is-ok")
    late = business_days_late(due, day, closures=closures)
    return Term(_tell_late(late) if late else f"Tarde, {print_date(day, short=True)}", "is-bad")


def _tell_late(days: int) -> str:
    return f"{count_of(days, 'día hábil', 'días hábiles')} tarde"


def tell_counted(kind: RequestKind) -> str:
    """How the report counts a kind, in the words of the registro."""
    return words.REQUEST_KINDS.label(kind)


def tell_open(open_count: int, late: int, reviewed: int) -> str:
    """How the list stands, over it: «7 abiertas. 1 va tarde; 2 esperan una aprobación»."""
    if not open_count:
        return "Ninguna abierta. Las nuevas llegan aquí con su plazo en días hábiles."
    one = "1 abierta." if open_count == 1 else f"{open_count} abiertas."
    lateness = {0: "Ninguna va tarde", 1: "1 va tarde"}.get(late, f"{late} van tarde")
    waiting = {0: "", 1: "; 1 espera una aprobación"}.get(reviewed, f"; {reviewed} esperan una aprobación")
    return f"{one} {lateness}{waiting}."


def tell_pace(rows: Sequence[ServiceRequest], days: int, closures: Closures) -> str:
    """How fast the last ones were delivered: «En los últimos 90 días: 12 entregadas, 11 de 12 a tiempo; …»."""
    if not rows:
        return ""
    termed = [(row.delivered_on, due) for row in rows if (due := date_of(row)) is not None]
    on_time = sum(day <= due for day, due in termed if day is not None)
    took = sorted(
        business_days_between(row.asked_on, row.delivered_on, closures=closures)
        for row in rows
        if row.delivered_on is not None
    )
    low, high = took[(len(took) - 1) // 2], took[len(took) // 2]
    median = Decimal(low + high) / 2
    word = "día hábil" if median == 1 else "días hábiles"
    delivered = count_of(len(rows), "entregada", "entregadas")
    kept = f"; a tiempo, {on_time} de {len(termed)}" if termed else ""
    return f"En los últimos {days} días: {delivered}{kept}. La mitad tardó {print_number(median)} {word} o menos."
