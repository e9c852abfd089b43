"""Una afirmación que el informe no sostiene.

## Qué revisa

Dos maneras de afirmar sin mostrar. Las negaciones de todo: «no se han registrado retrasos», «no se ha utilizado de
manera indebida», sin decir cómo se miró. Y la eficacia, la eficiencia o la efectividad que se dan por logradas en un
informe que no tiene ningún indicador.

## Por qué importa

Que no se sepa de retrasos no quiere decir que no los hubo: hacen falta las fechas pedidas y las entregadas. Un
organismo de control pregunta primero por el indicador y su fórmula.

## Ejemplo

> Durante el trimestre **no se han registrado retrasos** en la publicación de la información solicitada.

«No se han registrado retrasos» no tiene fechas pedidas ni entregadas con qué comprobarlo.

## Qué no juzga

- Si la afirmación es cierta.
- Las que dicen su método: «según la revisión diaria de las redes», «con 68 entregados a tiempo de 70».
- «No se materializó», que es la respuesta de un mapa de riesgos.
- Actividades del plan o del procedimiento que nombran la eficacia en su título.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.stretches import quote_stretch, sentences_of
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location, LocationKind

_HAVE: Final = r"\bno (?:se )?(?:ha(?:n)? )?"
_DENIALS: Final = (
    (
        re.compile(
            rf"{_HAVE}(?:registr|present|repor|evidenci|tuv|hub|hay)[a-z]*(?: [a-z]+){{0,2}}?"
            r" (?:retrasos?|demoras?|atrasos?)"
        ),
        "fechas pedidas ni entregadas con qué comprobarlo",
        "Muestre cuántas solicitudes se entregaron a tiempo, de cuántas con fecha pactada.",
    ),
    (
        re.compile(
            rf"{_HAVE}(?:utiliz|us|manipul|alter|adulter)[a-z]*(?: de (?:manera|forma))?"
            r" (?:indebid|inadecuad|incorrect)[a-z]*"
        ),
        "un método de seguimiento ni una evidencia con qué comprobarlo",
        "Diga cómo se vigiló, con qué frecuencia y dónde quedó registrado.",
    ),
    (
        re.compile(
            rf"{_HAVE}(?:registr|present|evidenci|hub|recib)[a-z]*(?: [a-z]+){{0,2}}?"
            r" (?:errores|quejas|reclamos|incidentes|novedades|inconvenientes|incumplimientos)"
        ),
        "un registro con qué comprobarlo",
        "Diga dónde se lleva el registro y cuántos casos se revisaron.",
    ),
)
_METHOD: Final = re.compile(
    r"\bsegun\b|\bde acuerdo con\b|\brevis|\bmonitoreo|\bverific|\bseguimiento\b|\bregistro de\b|\bev-\d|\bmatriz\b"
    r"|\bsolicitudes\b"
)
_EFFECT: Final = r"(?:eficacia|eficiencia|efectividad)"
_ACHIEVED: Final = re.compile(
    r"\b(?:reflej|demuestr|demostr|evidenci|muestr|garantiz|ratific|confirm)[a-z]*"
    rf" (?:de la |de |el |la |su |sus |una )?(?:alta |gran |buena )?{_EFFECT}(?: y (?:de )?(?:la )?{_EFFECT})?"
)
_PROMISED: Final = re.compile(rf"^\W*(?:[a-z]+ y )?{_EFFECT} de l[ao]s?\b[^.;:\n]{{0,60}}\b")
_INDICATOR: Final = re.compile(r"\d\s?%|\bpor ciento\b|÷")


def check(reading: Reading) -> Iterator[Finding]:
    """Tell the denials without a method, then what is claimed as achieved without an indicator."""
    yield from _denials(reading)
    yield from _achievements(reading)


def _denials(reading: Reading) -> Iterator[Finding]:
    for _, passage in reading.passages.saying(lambda text: "no " in flatten(text)):
        for start, sentence in sentences_of(passage):
            for pattern, lacking, remedy in _DENIALS:
                match = pattern.search(sentence)
                if match is None or _METHOD.search(sentence) or re.search(r"\d", sentence[match.end() :]):
                    continue
                place = quote_stretch(passage.location, start + match.start(), start + match.end())
                quoted = " ".join(place.quoted.split())
                yield Finding(
                    code=RULE.code,
                    name=RULE.name,
                    severity=RULE.severity,
                    message=f"«{quoted[:1].upper()}{quoted[1:]}» no tiene {lacking}.",
                    locations=(place,),
                    stated=quoted,
                    cause="Puede ser cierto: el documento no muestra cómo se supo.",
                    remedy=remedy,
                )


def _may_praise(text: str) -> bool:
    flat = flatten(text)
    return "efi" in flat or "efe" in flat


def _achievements(reading: Reading) -> Iterator[Finding]:
    if any(_INDICATOR.search(flatten(text)) for text in reading.passages.texts):
        return
    found: list[Location] = []
    for _, passage in reading.passages.saying(_may_praise):
        flat = flatten(passage.prose.text)
        matches = list(_ACHIEVED.finditer(flat))
        if passage.location.kind in (LocationKind.HEADING, LocationKind.PARAGRAPH) and not matches:
            matches = list(_PROMISED.finditer(flat))
        found += [quote_stretch(passage.location, match.start(), match.end()) for match in matches]
    if not found:
        return
    quoted = " ".join(found[0].quoted.split())
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"«{quoted[:1].upper()}{quoted[1:]}» no tiene un indicador con qué comprobarlo.",
        locations=tuple(found),
        stated="; ".join(" ".join(place.quoted.split()) for place in found),
        cause="El documento no muestra ningún indicador: ni fórmula, ni meta, ni resultado.",
        remedy="Agregue el indicador con su fórmula y su meta, o diga solo lo que se hizo.",
    )


RULE = Rule(code="UNS001", name="unsupported-statement", severity=Severity.ADVICE, since="0.1", check=check)
