"""Plain text → Document: paragraphs a line each, and tables whose cells are lines that open with a tab.

That is how Word files look once turned into text: a row is a run of such lines, a lone tab is a blank cell, an empty
line parts two rows and several part two tables. A line that follows a cell without a tab is that cell's next paragraph.
Rows typed in one line, with tabs between their cells, are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pregon.document.model import Cell, Document, Heading, Paragraph, Role, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.bounds import check_lines
from pregon.readers.signatures import Content, decode_text, recognise
from pregon.readers.word_captions import Item, as_paragraph, bind_captions, part_caption

NAME: Final = "texto"
SUFFIXES: Final = (".txt", ".text")

MAXIMUM_CELLS: Final = 200_000
_OTHERS: Final = (".csv", ".tsv", ".md", ".markdown", ".json", ".xml", ".css", ".js", ".py", ".sql")
"""Text of another purpose: no report is written so."""
_BULLET: Final = re.compile(r"(?:[·•▪◦‣●○■➢✓]\s*|[-*–]\s+)(?=\S)")
_MARKED_HEADING: Final = re.compile(r"(#{1,6})\s+(\S.*)")
_EMPTY_IMAGE: Final = re.compile(r"\[image:\s*\]")
_LONGEST_HEADING: Final = 160


@dataclass(slots=True)
class _Run:
    """Cells that follow one another, each a list of paragraphs, and how many empty lines stand before them."""

    blanks: int
    cells: list[list[str]] = field(default_factory=list)
    is_typed: bool = False
    """Whether its cells stand in one line with tabs between them."""


def identify(content: bytes, name: str) -> bool:
    """Whether the bytes are plain text, and the name does not say that they are something other than a report."""
    return recognise(content) is Content.TEXT and not name.casefold().endswith(_OTHERS)


def read(content: bytes, name: str) -> Document:
    """The document that a text file holds. Lines in capitals are headings, as people write them.

    Raises:
        UnreadableFile: there are no words in it, or its tables are too large.
    """
    text = decode_text(content)
    check_lines(text, name)
    items = list(_read_items(text, name))
    if not items:
        raise refusals.empty(name)
    return Document(tuple(as_paragraph(item) for item in bind_captions(items)), source=name)


def _read_items(text: str, name: str) -> Iterator[Item]:
    runs: list[_Run] = []
    blanks = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
        is_led = line.lstrip(" ").startswith("\t")
        words = _EMPTY_IMAGE.sub("", line).strip()
        if is_led:
            if not runs or blanks or runs[-1].is_typed:
                runs.append(_Run(blanks))
            runs[-1].cells += [[cell.strip()] for cell in line.lstrip(" ")[1:].split("\t")]
            blanks = 0
        elif "\t" in line.strip(" \t"):
            runs.append(_Run(max(blanks, 1) if runs and not blanks else blanks, _split_cells(line), is_typed=True))
            blanks = 0
        elif not words:
            # A line with a picture alone is no empty line, and says nothing.
            blanks += not line.strip()
        elif runs and not runs[-1].is_typed and not blanks and not line.startswith(" "):
            runs[-1].cells[-1].append(words)
        else:
            yield from _close_tables(runs, name)
            runs.clear()
            blanks = 0
            yield _read_line(words)
    yield from _close_tables(runs, name)


def _split_cells(line: str) -> list[list[str]]:
    return [[cell.strip()] for cell in line.strip(" ").split("\t")]


def _close_tables(runs: Sequence[_Run], name: str) -> Iterator[Item]:
    """The tables that some runs of cells make. Several empty lines part two, unless they stand inside a cell."""
    if sum(len(run.cells) for run in runs) > MAXIMUM_CELLS:
        raise refusals.too_many(name, "más de 200.000 celdas")
    rows: list[list[list[str]]] = []
    for run in runs:
        if run.blanks > 1 and rows:
            if run.blanks == 2 and _completes(rows, run):
                rows[-1] = rows[-1] + run.cells
                continue
            yield _make_table(rows)
            rows = []
        rows.append(run.cells)
    if rows:
        yield _make_table(rows)


def _completes(rows: Sequence[Sequence[object]], run: _Run) -> bool:
    """Whether the last row lacks exactly these cells: its last paragraph was an empty one."""
    width = max((len(row) for row in rows[:-1]), default=0)
    return len(rows[-1]) + len(run.cells) == width


def _make_table(rows: Sequence[Sequence[Sequence[str]]]) -> Table:
    """A short row is one whose last cell was merged: text keeps no trace of it but the cells that lack."""
    width = max(len(row) for row in rows)
    made = []
    for row in rows:
        cells = [Cell(Prose("\n".join(line for line in lines if line))) for lines in row]
        if len(cells) < width:
            cells[-1] = Cell(cells[-1].prose, 1, width - len(cells) + 1)
        made.append(tuple(cells))
    return Table(tuple(made))


def _read_line(words: str) -> Item:
    marked = _MARKED_HEADING.fullmatch(words)
    if marked is not None:
        return Heading(len(marked[1]) - 1, Prose(marked[2].rstrip("# ")))
    bullet = _BULLET.match(words)
    if bullet is not None:
        return Paragraph(Prose(words[bullet.end() :]), Role.ITEM)
    caption = part_caption(words, is_styled=False)
    if caption is not None:
        return caption
    return Heading(1, Prose(words)) if _is_heading(words) else Paragraph(Prose(words))


def _is_heading(words: str) -> bool:
    """Whether a line is a heading by being all in capitals: at least four letters, and none of them small."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(words) <= _LONGEST_HEADING and len(letters) > 3 and all(not letter.islower() for letter in letters)
