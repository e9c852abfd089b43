"""What the pages of every record share: show a form, take it, tell in it a closed quarter, a conflict, a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from pregon_web.accounts.rules import OfficeRequest
from pregon_web.fields import RecordForm
from pregon_web.journal.models import Entry
from pregon_web.journal.rows import name_subject
from pregon_web.ledger.models import Record
from pregon_web.ledger.services import BadRecord, ClosedPeriod, Conflict

TEMPLATE: Final = "frame/record.html"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed at once: its label, what the other put and what this one typed."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Collision:
    """Somebody else's change of the same record: who, when, and where it differs from what was typed."""

    who: str
    at: Any
    differences: list[Difference] = field(default_factory=list)


def history_of(row: Record) -> list[Entry]:
    """What was done to a record and by whom, the last first."""
    entries = Entry.objects.of(row.institution_id).filter(subject=name_subject(row))
    return list(entries.select_related("person").order_by("-sequence")[:20])


def take_form(form: RecordForm, save: Callable[[], object]) -> Collision | None:
    """Save what a valid form holds; a refusal becomes the form's own error.

    Answers the collision where somebody else changed the record meanwhile: the form then carries their version, and
    saving it again is a choice that was seen.
    """
    try:
        save()
    except (ClosedPeriod, BadRecord) as error:
        form.add_error(None, str(error))
    except Conflict as conflict:
        return _collide(form, conflict.current)
    return None


def _collide(form: RecordForm, current: Record) -> Collision:
    entry = history_of(current)[:1]
    who = entry[0].person.name if entry and entry[0].person else "Otra persona"
    different = []
    for name, typed in form.record.items():
        theirs = getattr(current, name, None)
        if theirs != typed:
            label = str(form.fields[name].label or name)
            different.append(Difference(label, _tell(theirs), _tell(typed)))
    form.data = {**form.data.dict(), "version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict
    form.add_error(
        None, f"{who} cambió este registro mientras usted escribía. Revise las diferencias y guarde otra vez."
    )
    return Collision(who, entry[0].at if entry else None, different)


def _tell(value: object) -> str:
    if value is None or value == "":
        return "vacío"
    if isinstance(value, bool):
        return "sí" if value else "no"
    return str(value)


def show_form(
    request: OfficeRequest, form: Form, context: Mapping[str, Any], *, template: str = TEMPLATE
) -> HttpResponse:
    """The page of a form; one that was refused answers 422."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
