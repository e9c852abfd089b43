"""A place in a document, in words that its reader understands."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class LocationKind(StrEnum):
    """What stands at a place."""

    DOCUMENT = "document"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    TABLE = "table"
    PICTURE = "picture"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"


class Location(NamedTuple):
    """Where something stands. Counts start at one; None where the format does not tell (a Word file has no pages).

    `text` quotes what stands there; `start` and `end` are the stretch of that text which is meant (the whole of it
    where `end` is None).
    A named tuple, as `Passage`, `Claim` and `Subject` are: an audit makes tens of thousands of them, and a frozen
    dataclass takes three times as long to make.
    """

    kind: LocationKind
    section: str = ""
    paragraph: int | None = None
    table: int | None = None
    table_caption: str = ""
    row: int | None = None
    column: int | None = None
    row_label: str = ""
    column_label: str = ""
    page: int | None = None
    text: str = ""
    start: int = 0
    end: int | None = None

    @property
    def quoted(self) -> str:
        """The words meant, exactly as printed."""
        return self.text[self.start : self.end]

    def describe(self) -> str:
        """The place in Spanish: «tabla 2, fila «WhatsApp», columna «TOTAL»», «sección «Resumen», párrafo 12, p. 3»."""
        parts: list[str] = []
        if self.kind is LocationKind.DOCUMENT:
            parts.append("todo el documento")
        elif self.table is not None:
            parts += self._describe_cell()
        else:
            if self.section and self.kind is not LocationKind.HEADING:
                parts.append(f"sección «{self.section}»")
            parts.append(self._describe_paragraph())
        if self.page is not None:
            parts.append(f"p. {self.page}")
        return ", ".join(part for part in parts if part)

    def _describe_cell(self) -> list[str]:
        caption = f" («{self.table_caption}»)" if self.table_caption else ""
        parts = [f"tabla {self.table}{caption}"]
        if self.row is not None:
            parts.append(f"fila «{self.row_label}»" if self.row_label else f"fila {self.row}")
        if self.column is not None:
            parts.append(f"columna «{self.column_label}»" if self.column_label else f"columna {self.column}")
        return parts

    def _describe_paragraph(self) -> str:
        number = "" if self.paragraph is None else f" {self.paragraph}"
        match self.kind:
            case LocationKind.HEADING:
                return f"título «{self.text}»"
            case LocationKind.PICTURE:
                return "imagen"
            case LocationKind.HEADER:
                return "encabezado de página"
            case LocationKind.FOOTER:
                return "pie de página"
            case LocationKind.FOOTNOTE:
                return f"nota al pie{number}"
            case _:
                return f"párrafo{number}"
