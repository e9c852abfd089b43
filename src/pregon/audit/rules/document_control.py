"""Falta el control del documento.

## Qué revisa

Que un informe diga quién lo elaboró, quién lo revisó y quién lo aprobó, y que tenga código y versión. Los busca en todo
el documento: portada, tablas, encabezados y pies de página.

## Por qué importa

Sin versión no se sabe cuál de dos copias vale, y sin firmas no se sabe quién responde por las cifras. Lo piden los
sistemas de gestión de la calidad (ISO 9001, 7.5) y el archivo.

## Ejemplo

> INFORME TRIMESTRAL DE COMUNICACIONES

«Falta quién elaboró, revisó y aprobó, el código y la versión.»

## Qué no juzga

- Si las personas y las fechas son las correctas.
- Textos cortos, cartas y documentos que no se presentan como un informe.
- Lo que está en una imagen, como una firma escaneada.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location, LocationKind
from pregon.figures.spanish import join_words

_LEAST_TEXTS: Final = 60
_OPENING: Final = 12
_REPORT: Final = re.compile(r"\binformes?\b|\bplan de accion\b|\bseguimiento\b|\btrimestre\b")
_SIGNATURES: Final = (
    (
        "elaboró",
        re.compile(r"\belabor(?:o|ado|aron)\b|\bproyect(?:o|ado) ?(?::|por)|\bprepar(?:o|ado)\b|\brealizado por\b"),
    ),
    ("revisó", re.compile(r"\brevis(?:o|ado|aron)\b|\bvisto bueno\b")),
    ("aprobó", re.compile(r"\baprob(?:o|ado|aron)\b|\bautoriz(?:o|ado)\b")),
)
_CODE: Final = re.compile(r"^\W*codigo\W*$|\bcodigo ?:|\b[a-z]{1,4}-[a-z]{1,4}-\d{1,3}\b")
_VERSION: Final = re.compile(r"\bversion\b ?:? ?\d|\bv\. ?\d")


def check(reading: Reading) -> Iterator[Finding]:
    """Tell once what a report's control block lacks."""
    said = [text for passage in reading.passages if (text := passage.prose.text).strip()]
    if len(said) < _LEAST_TEXTS or not any(_REPORT.search(flatten(text)) for text in said[:_OPENING]):
        return
    texts = [flatten(text) for text in dict.fromkeys(said)]
    unsigned = [word for word, pattern in _SIGNATURES if not any(pattern.search(text) for text in texts)]
    properties = reading.document.properties
    lacking = [f"quién {join_words(unsigned)}"] if unsigned else []
    if not properties.code and not any(_CODE.search(text) for text in texts):
        lacking.append("el código")
    if not properties.version and not any(_VERSION.search(text) for text in texts):
        lacking.append("la versión")
    if not lacking:
        return
    one = len(lacking) == 1
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"Falta {_join(lacking)}.",
        locations=(Location(LocationKind.DOCUMENT),),
        cause="Puede estar en un encabezado, un pie o una imagen que no llegó en este archivo.",
        remedy="Escríbalo en la portada o en el encabezado." if one else "Escríbalos en la portada o en el encabezado.",
    )


def _join(lacking: list[str]) -> str:
    """What lacks; the signatures hold an «y» of their own, so that a comma follows them."""
    if len(lacking) == 2 and " y " in lacking[0]:
        return f"{lacking[0]}, y {lacking[1]}"
    if len(lacking) > 2:
        return f"{lacking[0]}, {join_words(lacking[1:])}"
    return join_words(lacking)


RULE = Rule(code="CTL002", name="document-control", severity=Severity.ADVICE, since="0.1", check=check)
