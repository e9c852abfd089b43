"""La misma cosa con varios nombres.

## Qué revisa

Los nombres de las redes y de los campos que se repiten: «X», «X(Twitter)» y «Twitter» en un mismo informe;
«Coordinación con», «Coordinado con» y «Coordinada con» en las fichas de las campañas.

## Por qué importa

Quien busca una palabra en el documento no encuentra todo, y quien lo compara con el anterior cree que son dos cosas.

## Ejemplo

| Red | Octubre |
|---|---|
| X | 46 |

> X(Twitter): 179 publicaciones

«El documento nombra lo mismo de varias maneras: «X» y «X(Twitter)».»

## Qué no juzga

- Mayúsculas, acentos y espacios.
- La primera vez que se aclara un nombre: «X (antes Twitter)».
- Dependencias y personas.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.vocabulary import SOCIAL, entity_of, find_entities, flatten
from pregon.document.location import Location, LocationKind
from pregon.figures.spanish import join_words

_LONGEST_LABEL: Final = 45
_FIELD: Final = re.compile(r"^\W*(?P<label>[^\W\d_][^:\n]{2,40}):\s*\S")
_STEM: Final = 7

Forms = dict[str, dict[str, list[tuple[str, Location]]]]
"""For each thing, its names as compared, and each as printed with its place."""


def check(reading: Reading) -> Iterator[Finding]:
    """Tell once every thing that goes by more than one name."""
    drifting = [*_drifting(_networks(reading), ignores_first=True), *_drifting(_fields(reading), ignores_first=False)]
    if not drifting:
        return
    told = [join_words([f"«{shown}»" for shown, _ in names]) for names in drifting]
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"El documento nombra lo mismo de varias maneras: {told[0]}.",
        locations=tuple(place for names in drifting for _, place in names),
        stated=told[0],
        cause="Son partes escritas en momentos distintos.",
        remedy="Elija un nombre y úselo en todo el informe.",
        consequences=tuple(f"También: {names}." for names in told[1:]),
    )


def _drifting(forms: Forms, *, ignores_first: bool) -> Iterator[list[tuple[str, Location]]]:
    for names in forms.values():
        if len(names) < 2:
            continue
        longest = max(names, key=len)
        if ignores_first and len(names) == 2 and next(iter(names)) == longest and len(names[longest]) == 1:
            continue  # «X (antes Twitter)», once, at the first mention
        yield [places[0] for places in names.values()]


def _networks(reading: Reading) -> Forms:
    """The names of each network in titles, in labels, and before a colon."""
    forms: Forms = defaultdict(lambda: defaultdict(list))
    for _, passage in reading.passages.saying(_may_name_one):
        text = passage.prose.text.strip()
        flat = flatten(text)
        label = flat.partition(":")[0] if passage.location.kind is LocationKind.PARAGRAPH else flat
        is_label = passage.location.kind in (LocationKind.HEADING, LocationKind.CELL) or ":" in flat or len(flat) < 30
        if not is_label or len(label) > _LONGEST_LABEL:
            continue
        if entity_of(label) == "x" and label.strip(" .*") == "x":
            forms["x"]["x"].append((text, passage.location))
            continue
        for term in find_entities(label):
            if term.code in SOCIAL:
                shown = text[term.start : term.end].strip()
                key = re.sub(r"^(?:la )?(?:red|plataforma)|[ ()]", "", flatten(shown))
                forms[term.code][key].append((shown, passage.location))
    return forms


def _may_name_one(text: str) -> bool:
    flat = flatten(text.strip())
    label = flat.partition(":")[0]
    return bool(find_entities(flat) or find_entities(label) or entity_of(label))


def _fields(reading: Reading) -> Forms:
    """The names of fields that begin alike and go on the same: «Coordinado con», «Coordinada con»."""
    forms: Forms = defaultdict(lambda: defaultdict(list))
    for _, passage in reading.passages.outside_tables:
        match = _FIELD.match(passage.prose.text)
        if match is None or passage.location.kind is not LocationKind.PARAGRAPH:
            continue
        shown = match.group("label").strip()
        words = flatten(shown).split()
        if len(words) > 1 and len(words[0]) > _STEM:
            forms[" ".join((words[0][:_STEM], *words[1:]))][" ".join(words)].append((shown, passage.location))
    return forms


RULE = Rule(code="LBL002", name="drifting-name", severity=Severity.ADVICE, since="0.1", check=check)
