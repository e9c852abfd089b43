"""What the workbook of a report calls its parts: the words its writer prints and its reader looks for."""

from __future__ import annotations

from typing import Final

from pregon.document.model import Role

MARK: Final = "Pregon"
"""The custom property by which a workbook of ours is known."""

INDEX_SHEET: Final = "Índice"
TEXT_SHEET: Final = "Texto"
TABLE_ROW: Final = 4
"""The sheet row where a table begins: above it stand its caption and the way back."""

TITLE: Final = "Título"
SECTION: Final = "Sección"
SUBSECTION: Final = "Subsección"
TABLE: Final = "Tabla"
INNER_TABLE: Final = "Tabla interior"
CHART: Final = "Gráfica"
IMAGE: Final = "Imagen"
ALTERNATIVE: Final = "Descripción"
HEADER: Final = "Encabezado"
FOOTER: Final = "Pie de página"

ROLE_NAMES: Final = {
    Role.BODY: "Párrafo",
    Role.ITEM: "Punto",
    Role.SOURCE: "Fuente",
    Role.NOTE: "Nota",
    Role.SUBTITLE: "Subtítulo",
    Role.FOOTNOTE: "Nota al pie",
    Role.TEXT_BOX: "Recuadro",
}


def name_heading(level: int) -> str:
    """What a heading of that level is called: «Título», «Sección», «Subsección», «Subsección 3»."""
    if level < 2:
        return TITLE if level == 0 else SECTION
    return SUBSECTION if level == 2 else f"{SUBSECTION} {level}"


def level_of(name: str) -> int | None:
    """The level of the heading that is called so; None where it is no heading."""
    if name in {TITLE, SECTION, SUBSECTION}:
        return (TITLE, SECTION, SUBSECTION).index(name)
    head, _, level = name.rpartition(" ")
    return int(level) if head == SUBSECTION and level.isdecimal() and len(level) < 3 else None
