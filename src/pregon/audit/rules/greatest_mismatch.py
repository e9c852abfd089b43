"""El mes o la red «con más» que no es.

## Qué revisa

Las frases que dicen qué mes o qué red tuvo más o menos publicaciones, noticias o visitas: «octubre fue el mes con más
visitas», «la red con menos publicaciones fue Instagram», «Facebook es la red más activa». Las compara con las tablas,
cuando dan la cifra de todos los meses o de todas las redes.

## Por qué importa

Es la conclusión que se recuerda. Si la tabla cambió y la frase no, el informe concluye lo contrario de lo que muestra.

## Ejemplo

> **Noviembre** fue el mes con más visitas.

«Dice «Noviembre fue el mes con más visitas» y noviembre tiene 34.326: octubre tiene más, 34.811.»

## Qué no juzga

- Empates, y cifras redondeadas que podrían ser iguales.
- Meses o redes de los que ninguna tabla da la cifra.
- Lo que se dice de otro periodo, y medidas que cada red cuenta a su modo (alcance, visualizaciones).
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import name_entity, name_place
from pregon.claims.greatest import Greatest, find_greatest


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every month or network that is said to have the most or the least."""
    for greatest in find_greatest(reading.passages, reading.index):
        figure = greatest.figures[greatest.said]
        if not greatest.holds:
            yield _contradict(greatest)
            continue
        yield Holding(
            code=RULE.code,
            what=_name(greatest.said).capitalize(),
            account=f"{figure.text}: {'el menor' if greatest.is_least else 'el mayor'} de {len(greatest.figures)}",
            agreement=Agreement.EXACT,
            locations=(greatest.location, *(claim.location for claim in greatest.figures.values())),
        )


def _name(key: str) -> str:
    return name_entity(key) or key


def _contradict(greatest: Greatest) -> Finding:
    said, first = greatest.figures[greatest.said], greatest.figures[greatest.first]
    right = _name(greatest.first)
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=(
            f"Dice «{greatest.text}» y {_name(greatest.said)} tiene {said.text}: {right} tiene "
            f"{'menos' if greatest.is_least else 'más'}, {first.text}."
        ),
        locations=(greatest.location, first.location, said.location),
        stated=greatest.text,
        expected=f"{right}, con {first.text}",
        cause="La conclusión puede venir de otro informe, o de cifras que después cambiaron.",
        remedy=f"Revise {name_place(greatest.location)}: según la tabla es {right}, con {first.text}.",
    )


RULE = Rule(code="REF002", name="greatest-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
