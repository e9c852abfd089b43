"""A document as plain JSON values, and back: how a child process hands over what it read.

The provenance of figures and the drawings do not travel: what is read from a file has neither.
"""

from __future__ import annotations

from typing import Any, Final

from pregon.document.model import Block, Cell, Document, Heading, Paragraph, Picture, Properties, Role, Table
from pregon.document.prose import Prose

_PROPERTIES: Final = ("title", "institution", "code", "version", "period", "language")


def document_to_values(document: Document) -> dict[str, Any]:
    """The document as dictionaries, lists, strings and whole numbers, ready for `json.dumps`."""
    return {
        "properties": {name: getattr(document.properties, name) for name in _PROPERTIES},
        "blocks": [_block_to_values(block) for block in document.blocks],
        "header": list(document.header),
        "footer": list(document.footer),
        "source": document.source,
        "remarks": list(document.remarks),
        "issued": None if document.issued is None else list(document.issued),
    }


def document_from_values(values: dict[str, Any]) -> Document:
    """The document that `document_to_values` wrote.

    Raises:
        KeyError, TypeError, ValueError: the values are not such a document.
    """
    return Document(
        blocks=tuple(_block_from_values(block) for block in values["blocks"]),
        properties=Properties(**{name: str(values["properties"][name]) for name in _PROPERTIES}),
        header=tuple(str(line) for line in values["header"]),
        footer=tuple(str(line) for line in values["footer"]),
        source=str(values["source"]),
        remarks=tuple(str(line) for line in values["remarks"]),
        issued=None if values["issued"] is None else tuple(str(text) for text in values["issued"]),
    )


def _block_to_values(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text, "page": block.page}
        case Paragraph():
            return {"kind": "paragraph", "role": block.role.value, "text": block.text, "page": block.page}
        case Picture():
            return {
                "kind": "picture",
                "alt": block.alt,
                "caption": block.caption,
                "number": block.number,
                "page": block.page,
            }
        case Table():
            return {
                "kind": "table",
                "rows": [[_cell_to_values(cell) for cell in row] for row in block.rows],
                "header_rows": block.header_rows,
                "header_columns": block.header_columns,
                "caption": block.caption,
                "number": block.number,
                "page": block.page,
            }


def _cell_to_values(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "tables": [_block_to_values(table) for table in cell.tables],
    }


def _block_from_values(values: dict[str, Any]) -> Block:
    page = _whole_or_none(values["page"])
    match values["kind"]:
        case "heading":
            return Heading(int(values["level"]), Prose(str(values["text"])), page=page)
        case "paragraph":
            return Paragraph(Prose(str(values["text"])), Role(values["role"]), page=page)
        case "picture":
            number = _whole_or_none(values["number"])
            return Picture(str(values["alt"]), str(values["caption"]), number, page=page)
        case "table":
            return Table(
                rows=tuple(tuple(_cell_from_values(cell) for cell in row) for row in values["rows"]),
                header_rows=int(values["header_rows"]),
                header_columns=int(values["header_columns"]),
                caption=str(values["caption"]),
                number=_whole_or_none(values["number"]),
                page=page,
            )
        case kind:
            raise ValueError(f"«{kind}» no es un bloque de documento.")


def _cell_from_values(values: dict[str, Any]) -> Cell:
    tables = tuple(block for block in map(_block_from_values, values["tables"]) if isinstance(block, Table))
    return Cell(Prose(str(values["text"])), int(values["row_span"]), int(values["column_span"]), tables)


def _whole_or_none(value: object) -> int | None:
    return value if isinstance(value, int) else None
