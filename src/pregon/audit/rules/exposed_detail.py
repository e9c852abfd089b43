r"""Un dato que no debe publicarse.

## Qué revisa

Busca en todo el documento, también en encabezados y pies de página, lo que un informe público no debe mostrar:
direcciones de servidores internos, carpetas de un computador, números de cédula o de documento, correos personales y
teléfonos celulares de personas.

## Por qué importa

La dirección de un servidor interno le ahorra trabajo a quien quiera entrar, y no le sirve al ciudadano: fuera de la red
no abre. Una cédula, un correo o un celular son datos personales, que la Ley 1581 de 2012 protege.

## Ejemplo

> EVIDENCIA: \\•••.•••.•.•\••••••••••••••

«El documento muestra la dirección de un servidor interno 2 veces.» Ponga el enlace público de la evidencia. El
dato sale cubierto en todas las respuestas de la auditoría: ninguna lo repite.

## Qué no juzga

- Correos y líneas de la entidad, conmutadores y teléfonos de atención: están para que los llamen.
- Números sueltos que no dicen ser de una persona, y el NIT de una entidad.
- Lo que solo se ve en una imagen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.exposure import Kind, cover
from pregon.document.location import Location

_WORDS: Final = {
    Kind.SERVER: ("la dirección de un servidor interno", "Ponga el enlace público de la evidencia."),
    Kind.FOLDER: ("la carpeta de un computador", "Ponga el enlace público del archivo."),
    Kind.IDENTITY: ("un número de documento de identidad", "Quítelo: es un dato personal."),
    Kind.EMAIL: ("un correo personal", "Ponga el correo institucional."),
    Kind.PHONE: ("el celular de una persona", "Ponga la línea de atención de la entidad."),
}


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each kind of exposure, with all its places; what is exposed is quoted covered."""
    found: dict[Kind, list[tuple[Location, str]]] = {}
    for passage, one in reading.exposures:
        text = passage.prose.text
        place = passage.location._replace(start=one.start, end=one.end)
        found.setdefault(one.kind, []).append((place, cover(text[one.start : one.end], one.kind)))
    for kind, shown in found.items():
        named, remedy = _WORDS[kind]
        times = "una vez" if len(shown) == 1 else f"{len(shown)} veces"
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=f"El documento muestra {named} {times}.",
            locations=tuple(place for place, _ in shown),
            stated=shown[0][1],
            cause="Está escrito en el texto. Aquí se muestra cubierto.",
            remedy=remedy,
        )


RULE = Rule(code="EXP001", name="exposed-detail", severity=Severity.EXPOSURE, since="0.1", check=check)
