"""Una cifra que no es la que tenía el informe al salir.

## Qué revisa

Los informes que hace Pregón llevan adentro una copia de sus propios textos. Al revisarlos se compara cada cifra con la
de esa copia: la que alguien cambió a mano después queda señalada, esté en una tabla o en una frase.

## Por qué importa

Una cifra cambiada a mano es una que los registros no dan. Si el registro estaba mal, se corrige el registro y el
informe se hace otra vez: así la cifra cambia en todas partes y queda de dónde salió.

## Ejemplo

| | Octubre | Noviembre | Diciembre | Total |
|---|---|---|---|---|
| Facebook | **45** | 24 | 26 | 94 |

«Facebook, Octubre: el informe salió con 44 y ahora dice 45.»

## Qué no juzga

- Las palabras: se pueden corregir, agregar o quitar párrafos enteros.
- Informes hechos de otra manera, que no llevan la copia: para esos están las demás reglas.
- Si la cifra del registro era la correcta.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon.audit.finding import Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.document.issued import ChangedFigure, find_changed
from pregon.document.location import Location


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """A finding for each figure that is not what it was."""
    for changed in find_changed(reading.document):
        place = changed.passage.location
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=f"{_name(place)}: el informe salió con {_quote(changed.was)} y ahora dice {_quote(changed.now)}.",
            locations=(_narrow(place, changed),),
            stated=changed.now,
            expected=changed.was,
            cause="La cifra se cambió a mano después de hacer el informe.",
            remedy=f"Escriba {_quote(changed.was)}, o corrija el registro y haga el informe otra vez.",
        )


def _narrow(place: Location, changed: ChangedFigure) -> Location:
    """The stretch of the figure; the whole cell where the cell is the figure."""
    whole = changed.end - changed.start == len(place.text)
    return place if whole else place._replace(start=changed.start, end=changed.end)


def _name(place: Location) -> str:
    if place.table is not None:
        labels = [label for label in (place.row_label, place.column_label) if label and label != place.text]
        return ", ".join(labels) or f"Tabla {place.table}"
    return f"«{place.section}»" if place.section else "El texto"


def _quote(text: str) -> str:
    return text if text[:1].isdigit() and len(text) <= 20 else f"«{text}»"


RULE = Rule("CTL001", "altered-figure", Severity.CONTRADICTION, "0.1", check)
