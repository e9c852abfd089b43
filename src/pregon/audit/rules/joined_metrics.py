"""Un rótulo que junta dos medidas distintas.

## Qué revisa

Los nombres de filas y columnas con cifras que nombran dos medidas de audiencia a la vez: vistas y personas alcanzadas,
«me gusta» y seguidores, visitas y visualizaciones.

## Por qué importa

Vistas son veces; alcance son personas. Si el rótulo dice las dos, nadie sabe qué se contó, y la cifra no se puede
comparar con la de otra red ni con la del trimestre pasado.

## Ejemplo

| X | Octubre |
|---|---|
| **Cuántas veces fue visto el post (alcance)** | 2.106 |

«Cuántas veces fue visto el post (alcance)» junta dos medidas distintas: vistas y personas alcanzadas.

## Qué no juzga

- Cuentas que sí se suman: «Publicaciones y noticias».
- Títulos de tablas y secciones, que pueden abarcar varias medidas.
- Sinónimos: «Visualizaciones (vistas)», «Alcance (personas alcanzadas)».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import find_measures, flatten

_AUDIENCE: Final = {
    "views": "vistas",
    "reach": "personas alcanzadas",
    "viewers": "espectadores",
    "visits": "visitas",
    "profile_visits": "visitas al perfil",
    "likes": "«me gusta»",
    "followers_gained": "seguidores",
    "followers_total": "seguidores",
    "interactions": "interacciones",
}
_JOINED: Final = {"likes_and_followers": ("«me gusta»", "seguidores")}
_JOINS: Final = re.compile(r"\b(?:y|e|o|u)\b|[/(&+–-]")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each label of figures that names two measures of an audience."""
    told: set[str] = set()
    for tabulation in reading.tabulations:
        for label, spot in _labels(tabulation):
            named = _two_measures(label)
            if named is None or label in told:
                continue
            told.add(label)
            place = tabulation.locate(spot)
            shown = " ".join(label.split())
            yield Finding(
                code=RULE.code,
                name=RULE.name,
                severity=RULE.severity,
                message=f"«{shown}» junta dos medidas distintas: {named[0]} y {named[1]}.",
                locations=(place,),
                stated=shown,
                cause="No se puede saber qué cuentan sus cifras.",
                remedy="Ponga cada medida en su fila, o deje el nombre de la que se contó.",
            )


def _labels(tabulation: Tabulation) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names of the lines that hold some figure, and their cells."""
    for row in tabulation.body:
        if tabulation.has_label_column and Face.FIGURE in tabulation.faces[row][1:]:
            yield tabulation.row_labels[row], (row, 0)
    if tabulation.head is None:
        return
    for column in range(1, tabulation.width):
        if any(tabulation.faces[row][column] is Face.FIGURE for row in tabulation.body):
            yield tabulation.column_labels[column], (tabulation.head, column)


def _two_measures(label: str) -> tuple[str, str] | None:
    flat = flatten(label)
    found = find_measures(flat)
    for term in found:
        if term.code in _JOINED:
            return _JOINED[term.code]
    audience = [term for term in found if term.code in _AUDIENCE]
    for first, second in pairwise(audience):
        names = _AUDIENCE[first.code], _AUDIENCE[second.code]
        if names[0] != names[1] and _JOINS.search(flat[first.end : second.start]):
            return names
    return None


RULE = Rule(code="LBL001", name="joined-metrics", severity=Severity.ADVICE, since="0.1", check=check)
