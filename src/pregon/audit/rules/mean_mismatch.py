"""Un promedio que no sale de ninguna cuenta.

## Qué revisa

Los promedios que el informe dice: «un promedio de 65 personas por evento», «31.398 visitas al mes», la columna o la
fila «Promedio» de una tabla. Prueba todas las cuentas que tienen sentido: el total que dice el texto y el que suma la
tabla, entre todos los eventos o meses y entre los que tienen dato. Cuando una sale, dice cuál. Si ninguna tabla tiene
los meses, divide el total que la frase o la anterior dice de lo mismo.

## Por qué importa

Un promedio se copia de un trimestre a otro sin que nadie lo vuelva a dividir. Y no es lo mismo repartir entre todos los
eventos que entre los que tienen lista de asistencia: el informe debe decir cuál hizo.

## Ejemplo

> Se llevaron a cabo **7** eventos, con la participación de **659** personas.
> La participación promedio fue de **65** personas por evento.

«El promedio de 65 asistentes por evento no cuadra con ninguna cuenta: 659 ÷ 7 = 94,1.» Solo saldría con unos 10
eventos.

## Qué no juzga

- Si el promedio se redondeó o se cortó: «33,7» y «34» salen los dos de 101 ÷ 3.
- Promedios cuyo total o cuyo número de cosas no está en la misma sección.
- Promedios de una tabla a la que le faltan cifras, cuando el texto no dice ni el total ni cuántos fueron.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from pregon.audit.explain import UNKNOWN, explain_figure
from pregon.audit.finding import Agreement, Finding, Holding, Operand, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import MEASURES, name_place, print_value, tidy
from pregon.claims.means import Mean, Trial, find_means
from pregon.figures.spanish import print_number
from pregon.relations.relation import middle_of

_TOLD: Final = 2
_ONE: Final = {"eventos": "evento", "meses": "mes", "filas": "fila"}


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every mean for which some account can be tried."""
    for mean in find_means(reading.claims, reading.index):
        closing = mean.closing
        if closing is not None:
            yield Holding(
                code=RULE.code,
                what=f"Promedio por {_ONE[mean.thing]}" if not mean.name else f"{tidy(mean.name)}, promedio",
                account=_tell(closing, value=mean.text),
                agreement=Agreement.EXACT if closing.value == mean.stated.value else Agreement.ROUNDED,
                locations=(mean.location, *closing.places),
            )
        elif mean.is_settled:
            yield _contradict(mean)


def _contradict(mean: Mean) -> Finding:
    first = mean.trials[0]
    told = "; ".join(list(dict.fromkeys(map(_tell, mean.trials)))[:_TOLD])
    noun = MEASURES.get(mean.measure, "")
    of = f" {noun} por {_ONE[mean.thing]}" if noun else f" ({tidy(mean.name)})" if mean.name else ""
    subject = f"El promedio de {mean.text}{of}"
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{subject} no cuadra con ninguna cuenta: {told}.",
        locations=tuple(dict.fromkeys([mean.location, *(place for trial in mean.trials for place in trial.places)])),
        stated=mean.text,
        expected=_print_quotient(first),
        operands=(
            Operand("total", print_value(middle_of(first.total)), first.places[0]),
            Operand(mean.thing, str(first.count)),
        ),
        operator="÷",
        cause=_explain(mean),
        remedy=f"Escriba en {name_place(mean.location)} el promedio con su cuenta: {_tell(first)}.",
    )


def _tell(trial: Trial, *, value: str = "") -> str:
    """«659 ÷ 7 = 94,1»."""
    return f"{print_value(middle_of(trial.total))} ÷ {trial.count} = {value or _print_quotient(trial)}"


def _print_quotient(trial: Trial) -> str:
    value = trial.value
    return print_number(value, decimals=0 if value == value.to_integral_value() else 1)


def _explain(mean: Mean) -> str:
    """What else was tried, and the count with which it would close."""
    others = mean.trials[_TOLD:]
    tried = f"Tampoco con {'; '.join(_tell(trial) for trial in others)}. " if others else ""
    first = mean.trials[0]
    if mean.stated.value <= 0:
        return f"{tried}{UNKNOWN}"
    slip = _explain_slip(mean.stated.value, first.value)
    if slip:
        return f"{tried}{slip}"
    needed = (first.total.low / mean.stated.value).quantize(Decimal(1))
    if mean.thing != "eventos" or needed < 1 or needed == first.count:
        return f"{tried}{UNKNOWN}"
    return f"{tried}Solo saldría con unos {print_number(needed)} {mean.thing if needed > 1 else _ONE[mean.thing]}."


def _explain_slip(stated: Decimal, right: Decimal) -> str:
    """What turns the quotient, rounded or cut as the mean is printed, into the mean; "" where nothing simple does."""
    places = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    printed = (right.quantize(places, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN))
    return next(filter(None, (explain_figure(stated, value) for value in printed)), "")


RULE = Rule(code="AVG001", name="mean-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
