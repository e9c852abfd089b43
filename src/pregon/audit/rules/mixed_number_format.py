"""Cifras escritas de dos maneras.

## Qué revisa

Que las cifras de mil en adelante lleven todas el punto de miles, o ninguna. Si el documento mezcla «2.106» y «1830»,
señala las que no lo llevan y dice cómo escribirlas.

## Por qué importa

Quien lee deprisa compara por el largo: 1830 parece más que 2.106. Y al copiar a una hoja de cálculo, una de las dos se
lee mal.

## Ejemplo

| X | Octubre | Noviembre |
|---|---|---|
| Visualizaciones | 2.106 | **1830** |

«2.106» y «1830» están escritos de dos maneras. Sugerencia: 1.830.

## Qué no juzga

- Años, códigos, leyes, teléfonos y números de documento.
- Documentos que no usan el punto de miles en ninguna cifra.
- Si la coma es de miles o de decimales: eso lo deciden las cuentas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.figures.spanish import print_number

_DOTTED: Final = re.compile(r"[≈+−-]?\s?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_BARE: Final = re.compile(r"\d{4,}")


def check(reading: Reading) -> Iterator[Finding]:
    """Tell once the figures without the point that others of the document have."""
    figures = [claim for claim in reading.claims if abs(claim.amount.value) >= 1000]
    dotted = [claim for claim in figures if _DOTTED.fullmatch(claim.text)]
    bare = [claim for claim in figures if _BARE.fullmatch(claim.text)]
    if not dotted or not bare:
        return
    first = bare[0]
    same_table = [claim for claim in dotted if claim.location.table == first.location.table]
    other = (same_table or dotted)[0]
    suggested = print_number(first.amount.value)
    rest = [claim.text for claim in bare[1:]]
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"«{other.text}» y «{first.text}» están escritos de dos maneras. Sugerencia: {suggested}.",
        locations=tuple(dict.fromkeys([*(claim.location for claim in bare), other.location])),
        stated=first.text,
        expected=suggested,
        cause=f"También sin punto: {', '.join(rest)}." if rest else "Las demás cifras llevan el punto de miles.",
        remedy="Escriba todas las cifras de mil en adelante con punto de miles.",
    )


RULE = Rule(code="FMT001", name="mixed-number-format", severity=Severity.ADVICE, since="0.1", check=check)
