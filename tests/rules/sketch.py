"""A small document written as text, so that a case can be read at a glance.

`#` heads the document and `##` a section, `-` begins a point of a list, `|` a row of a table (a row of dashes marks the
one above as its header), `Tabla:` before a table is its caption, `![alt](caption)` is a picture. Any other line is a
paragraph. In a cell, « / » parts its lines.
"""

import re

from pregon.document.model import Block, Cell, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose

_PICTURE = re.compile(r"!\[(?P<alt>.*)\]\((?P<caption>.*)\)")
_RULE = re.compile(r"\|[\s|:-]+\|")


def read_sketch(text: str) -> Document:
    """The document that a sketch draws."""
    blocks: list[Block] = []
    caption = ""
    rows: list[tuple[Cell, ...]] = []
    headers = 0
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if line.startswith("|"):
            if _RULE.fullmatch(line):
                headers = len(rows)
            else:
                rows.append(_row(line))
            continue
        if rows:
            blocks.append(Table(tuple(rows), header_rows=headers, caption=caption))
            rows, headers, caption = [], 0, ""
        if line.startswith("Tabla:"):
            caption = line.removeprefix("Tabla:").strip()
        elif line:
            blocks.append(_block(line))
    return Document(tuple(blocks))


def _row(line: str) -> tuple[Cell, ...]:
    return tuple(Cell(Prose(part.strip().replace(" / ", "\n"))) for part in line.strip("|").split("|"))


def _block(line: str) -> Block:
    if line.startswith("#"):
        marks = len(line) - len(line.lstrip("#"))
        return Heading(marks - 1, Prose(line.lstrip("# ")))
    picture = _PICTURE.fullmatch(line)
    if picture is not None:
        return Picture(picture.group("alt"), picture.group("caption"))
    if line.startswith("- "):
        return Paragraph(Prose(line.removeprefix("- ")), Role.ITEM)
    return Paragraph(Prose(line))
