"""What a follow-up must hold to be kept: each thing amiss with its field, one sentence each. Pure.

The form tells it beside the field and the service refuses it whole, from this same list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pregon.figures.period import Period
from pregon.figures.spanish import print_date
from pregon_web.risks.copying import find_copied


@dataclass(frozen=True, slots=True)
class Claim:
    """A follow-up as it was typed. `has_incident`: one of the quarter's incidents was chosen."""

    checked_on: date
    materialised: bool
    finding: str
    controls_run: int | None = None
    controls_planned: int | None = None
    despite: str = ""
    has_incident: bool = False
    happened: str = ""
    cause: str = ""
    correction: str = ""
    is_copy_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a follow-up stands: its quarter, until when it may be dated, what the records say, what was said before.

    `contradiction` is the records' sentence where they count something; "" where they do not. `earlier` are quarters
    and their words, the latest first.
    """

    period: Period
    last_day: date
    today: date
    contradiction: str = ""
    earlier: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a follow-up is not kept, and the field where it is mended."""

    field: str
    sentence: str


def find_refusals(claim: Claim, setting: Setting) -> list[Refusal]:
    """Everything amiss, in the order of the form; empty where it can be kept."""
    found = [_check_day(claim, setting), *_check_controls(claim), _check_copy(claim, setting)]
    if claim.materialised:
        found += _check_materialised(claim)
    elif setting.contradiction and not claim.despite.strip():
        found.append(
            Refusal(
                "despite",
                f"{setting.contradiction} Escriba por qué no se materializó aunque los registros digan eso, "
                "o marque que se materializó.",
            )
        )
    return [each for each in found if each is not None]


def last_day_of(period: Period, cutoff: date | None) -> date:
    """Until when a follow-up of a quarter may be dated: the cut-off of its figures, or its last day."""
    return max(period.end, cutoff) if cutoff else period.end


def _check_day(claim: Claim, setting: Setting) -> Refusal | None:
    first, last = setting.period.start, setting.last_day
    if not first <= claim.checked_on <= last:
        return Refusal(
            "checked_on",
            f"El {print_date(claim.checked_on)} está fuera de lo que cubre el {setting.period.title}: un seguimiento "
            f"se fecha entre el {print_date(first)} y el {print_date(last)}.",
        )
    if claim.checked_on > setting.today + timedelta(days=1):  # a server in another zone may be a day behind
        return Refusal("checked_on", f"El {print_date(claim.checked_on)} no ha llegado: escriba el día en que revisó.")
    return None


def _check_controls(claim: Claim) -> list[Refusal]:
    run, planned = claim.controls_run, claim.controls_planned
    if (run is None) != (planned is None):
        lacking = "controls_run" if run is None else "controls_planned"
        return [Refusal(lacking, "Escriba las dos cifras: cuántas veces se hizo el control y cuántas debía hacerse.")]
    if run is not None and planned is not None and run > planned:
        return [Refusal("controls_run", f"Se hizo {run} veces y debía hacerse {planned}: revise las dos cifras.")]
    return []


def _check_copy(claim: Claim, setting: Setting) -> Refusal | None:
    if claim.is_copy_confirmed:
        return None
    copied = find_copied(claim.finding, [words for _, words in setting.earlier])
    if copied is None:
        return None
    period = next(each for each, words in setting.earlier if words == copied)
    return Refusal(
        "finding",
        f"Este texto es el del {Period.parse(period).title}. Escriba lo que se revisó ahora, o marque abajo que lo "
        "mismo vale para este trimestre.",
    )


def _check_materialised(claim: Claim) -> list[Refusal]:
    found = []
    if not claim.has_incident and not claim.happened.strip():
        found.append(Refusal("happened", "Se materializó: escriba qué pasó o elija el incidente."))
    if not claim.cause.strip():
        found.append(Refusal("cause", "Se materializó: escriba la causa."))
    if not claim.correction.strip():
        found.append(Refusal("correction", "Se materializó: escriba qué se hizo o se hará para corregirlo."))
    return found
