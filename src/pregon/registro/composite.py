"""The two sheets whose rows are not a record field by field: measurements, and the products of campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.records.dossier import Dossier
from pregon.records.programme import Deliverable
from pregon.records.publishing import Observation, ObservationStatus
from pregon.registro.kinds import ask_about_fraction, last_place
from pregon.registro.mistake import Refused
from pregon.registro.shape import Values


class RefusedField(Refused):
    """A row that disagrees with itself; `field` says at which column to look."""

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.field = field


def observation_rows(dossier: Dossier) -> Iterator[Values]:
    """A row for each observation: its amount parted into figure, rounding and unit."""
    for observation in dossier.observations:
        amount = observation.amount
        yield {
            "metric": observation.metric,
            "channel": observation.channel,
            "period": observation.period,
            "status": observation.status,
            "figure": amount,
            "ulp": None if amount is None or amount.ulp == _usual_ulp(amount) else amount.ulp,
            "unit": "" if amount is None else amount.unit,
            "method": observation.method,
            "source": observation.source,
            "evidence": observation.evidence,
            "owed_by": observation.owed_by,
            "due": observation.due,
            "note": observation.note,
        }


def build_observation(values: Values) -> Observation:
    """Make an observation of a row. A blank status is decided by the figure, never by guessing.

    Raises:
        RefusedField: status and figure disagree, or neither is there, or the figure can be read in two ways.
    """
    figure = values["figure"]
    status = values["status"]
    if isinstance(figure, ObservationStatus):
        if status not in {None, figure}:
            raise RefusedField("figure", "El estado y la cifra dicen cosas distintas.", "Deje solo uno de los dos.")
        figure, status = None, figure
    if status is None:
        if figure is None:
            raise RefusedField(
                "figure",
                "No hay cifra y no se dice por qué.",
                "Escriba la cifra, o en «Estado» diga «sin dato» o «no aplica».",
            )
        status = ObservationStatus.VALUE
    if status is ObservationStatus.VALUE and figure is None:
        raise RefusedField(
            "figure", "Dice «valor» y no hay cifra.", "Escriba la cifra, o cambie el estado a «sin dato»."
        )
    if status is not ObservationStatus.VALUE and figure is not None:
        word = "sin dato" if status is ObservationStatus.NO_DATA else "no aplica"
        raise RefusedField("status", f"Dice «{word}» y hay una cifra.", "Borre la cifra, o cambie el estado a «valor».")
    rest = {field: value for field, value in values.items() if field not in {"figure", "ulp", "unit", "status"}}
    return Observation(status=status, amount=None if figure is None else _settle(figure, values), **rest)


def _settle(figure: Amount, values: Values) -> Amount:
    """The amount of a figure, with the rounding and the unit that the row tells."""
    unit = values["unit"] or figure.unit
    ulp = values["ulp"]
    if ulp is not None:
        return replace(figure, unit=unit, ulp=ulp, alternatives=())
    if unit != "%" and figure.alternatives and last_place(figure.value):
        question = ask_about_fraction(figure)
        raise RefusedField("figure", question.problem, question.remedy)
    return replace(figure, unit=unit, alternatives=())


def _usual_ulp(amount: Amount) -> Decimal | None:
    """The rounding taken for granted when none is written: none for a whole number, the last place of a percentage.

    A fraction of anything else has no usual rounding: «2,1» may be 2.100 typed in a computer set to English.
    """
    place = last_place(amount.value)
    if not place or amount.unit == "%":
        return place
    return None


def product_rows(dossier: Dossier) -> Iterator[Values]:
    """A row for each product of each campaign."""
    for campaign in dossier.campaigns:
        for deliverable in campaign.deliverables:
            yield {
                "campaign": campaign.reference,
                "product": deliverable.product,
                "promised": deliverable.promised,
                "delivered": deliverable.delivered,
            }


def build_product(values: Values) -> tuple[str, Deliverable]:
    """The campaign of a row, and its product."""
    return values["campaign"], Deliverable(values["product"], values["promised"], values["delivered"])
