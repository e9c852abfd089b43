"""Restos de edición.

## Qué revisa

Lo que queda de escribir y convertir un documento y nadie quiso publicar: marcadores («[bookmark: …]»), imágenes vacías
(«[image: ]»), «¡Error! Marcador no definido», textos de plantilla sin llenar («[completar]», «XXX») y paréntesis que
cierran sin abrir.

## Por qué importa

Son pequeños, pero dicen que nadie leyó el documento final.

## Ejemplo

> Como consta en la carpeta de informes**)**.

«Quedaron restos de edición: «)» sin abrir.»

## Qué no juzga

- Listas con letra o número y paréntesis: «a)», «1)».
- Paréntesis que abren en un párrafo y cierran en el siguiente.
- Faltas de ortografía.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.document.location import Location
from pregon.figures.spanish import join_words

_REMAINS: Final = re.compile(
    r"\[bookmark:[^\]\n]*\]|\[image:\s*\]|¡?error!\s*(?:marcador|bookmark|reference|no se encuentra)[^.\n]{0,40}"
    r"|\blorem ipsum\b|\bX{3,}\b|\[(?:completar|insertar|escribir|poner|nombre|fecha|xx+)[^\]\n]*\]|\{\{[^}\n]*\}\}",
    re.IGNORECASE,
)
_POINT: Final = re.compile(r"(?:^|(?<=[\s(;,:.]))(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\)", re.MULTILINE)


def check(reading: Reading) -> Iterator[Finding]:
    """Tell once everything that was left over."""
    found: list[tuple[str, Location]] = []
    open_before = last = 0
    for number, passage in reading.passages.saying(_may_hold_some):
        text = passage.prose.text
        if any(between.prose.text.strip() for between in reading.passages[last:number]):
            open_before = 0
        last = number + 1
        found += [
            (f"«{match.group()}»", passage.location._replace(start=match.start(), end=match.end()))
            for match in _REMAINS.finditer(text)
        ]
        closing, open_after = _unmatched(text)
        if closing is not None and not open_before:
            found.append(("«)» sin abrir", passage.location._replace(start=closing, end=closing + 1)))
        open_before = open_after
    if not found:
        return
    told = list(dict.fromkeys(shown for shown, _ in found))
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"Quedaron restos de edición: {join_words(told[:4])}{' y otros' if len(told) > 4 else ''}.",
        locations=tuple(place for _, place in found),
        stated=told[0],
        cause="Se quedaron al escribir o al convertir el documento.",
        remedy="Quítelos y lea el documento final una vez más.",
    )


def _may_hold_some(text: str) -> bool:
    return "(" in text or ")" in text or _REMAINS.search(text) is not None


def _unmatched(text: str) -> tuple[int | None, int]:
    """Where the first bracket closes that none opened, and how many are still open at the end."""
    if "(" not in text and ")" not in text:
        return None, 0
    points = {match.end() - 1 for match in _POINT.finditer(text)}
    level = 0
    first: int | None = None
    for place, character in enumerate(text):
        if character == "(":
            level += 1
        elif character == ")":
            if level:
                level -= 1
            elif place not in points and first is None:
                first = place
    return first, level


RULE = Rule(code="FMT002", name="editing-remains", severity=Severity.ADVICE, since="0.1", check=check)
