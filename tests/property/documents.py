"""Hypothesis strategies for documents that a report of ours could be: what the writers are held to.

`documents()` makes well-formed ones: headings that skip no level, tables that are whole rectangles, texts without
spaces at their ends. A merged cell never crosses from the header rows into the rest.
"""

from __future__ import annotations

import struct
import zlib
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from pregon.document.model import (
    Block,
    Cell,
    CellState,
    Chart,
    Document,
    Heading,
    Image,
    Layout,
    Paragraph,
    Picture,
    Properties,
    Role,
    Series,
    Table,
)
from pregon.document.prose import Figure, FigureKind, Operator, Printed, Prose
from pregon.figures.amount import Amount

# Letters, Spanish typography, and everything that a format may take for its own syntax.
_LETTERS: Final = "abcdeñáéíóúüÑÁxyzABC0123456789«»“”’–—−·≠≈…ªº€%°<>&\"'#@*_$\\/{}[]()+=~`^|;:,.!?¿¡\u00a0шΩ中😀-"
_FIGURES: Final = ("273", "94", "34.811", "48,5 %", "−3", "1.234.567,89", "0")
_STATES: Final = {
    CellState.NO_DATA: "sin dato",
    CellState.NOT_APPLICABLE: "no aplica",
    CellState.NOT_ADDABLE: "no sumable",
    CellState.NOT_MEASURABLE: "no medible",
}


def draw_png(red: int = 0, green: int = 110, blue: int = 120) -> bytes:
    """A whole PNG of 2 × 2 points of one colour."""
    row = b"\x00" + bytes((red, green, blue)) * 2

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 2)) + chunk(b"IEND", b"")


_WORDS: Final = (
    st.text(_LETTERS, min_size=1, max_size=8).map(lambda word: word.strip()).filter(bool)
)  # NBSP at the ends


def texts(max_words: int = 5) -> st.SearchStrategy[str]:
    """A line of words with one space between them."""
    return st.lists(_WORDS, min_size=1, max_size=max_words).map(" ".join)


@st.composite
def proses(draw: st.DrawFn) -> Prose:
    """A line in which some figures may be marked."""
    parts: list[str | Printed] = [draw(texts())]
    for text in draw(st.lists(st.sampled_from(_FIGURES), max_size=2)):
        key = f"figure.{draw(st.integers(0, 99))}"
        operator = draw(st.sampled_from(list(Operator)))
        figure = Figure(key, FigureKind.NUMBER, Amount(Decimal(7)), operator, formula="4 + 3 = 7")
        parts += [" ", Printed(text, figure), " ", draw(texts())]
    return Prose.of(*parts)


@st.composite
def cells(draw: st.DrawFn, row_span: int, column_span: int, *, nested: bool) -> Cell:
    """A cell: empty, a figure, an absence said, or one to three paragraphs; now and then with a table inside."""
    kind = draw(st.sampled_from(("empty", "figure", "state", "lines", "lines", "tables")))
    inner = (draw(tables(nested=False)),) if nested and kind == "tables" else ()
    if kind == "figure":
        text = draw(st.sampled_from(_FIGURES))
        prose = Prose.of(Printed(text, Figure(f"cell.{draw(st.integers(0, 999))}", amount=Amount(Decimal(3)))))
    elif kind == "state":
        state = draw(st.sampled_from(list(_STATES)))
        return Cell(Prose(_STATES[state]), row_span, column_span, state=state)
    elif kind == "empty":
        prose = Prose()
    else:
        prose = Prose("\n".join(draw(st.lists(texts(), min_size=1, max_size=3))))
    return Cell(prose, row_span, column_span, inner)


@st.composite
def tables(draw: st.DrawFn, *, nested: bool = True) -> Table:
    """A rectangle of one to four rows and columns, cut into cells some of which are merged."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    header_rows = draw(st.integers(0, height - 1))
    header_columns = draw(st.integers(0, min(1, width - 1)))
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[Cell, ...]] = []
    for row in range(height):
        line: list[Cell] = []
        last = header_rows if row < header_rows else height
        for column in range(width):
            if (row, column) in taken:
                continue
            free = next((c for c in range(column, width) if (row, c) in taken), width) - column
            across = draw(st.integers(1, free)) if draw(st.integers(0, 4)) == 0 else 1
            down = draw(st.integers(1, last - row)) if draw(st.integers(0, 4)) == 0 else 1
            taken |= {(row + d, column + a) for d in range(down) for a in range(across)}
            line.append(draw(cells(down, across, nested=nested)))
        rows.append(tuple(line))
    captioned = nested and draw(st.booleans())
    return Table(
        rows=tuple(rows),
        header_rows=header_rows,
        header_columns=header_columns,
        caption=draw(captions()) if captioned else "",
        number=draw(st.one_of(st.none(), st.integers(1, 40))) if captioned else None,
        layout=draw(st.sampled_from(list(Layout))),
    )


def captions() -> st.SearchStrategy[str]:
    """What follows «Tabla 3. »: opens with a letter, so that it is never taken for a number of its own."""
    return texts().map(lambda text: f"Publicaciones {text}")


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """A chart of three months."""
    names = draw(st.lists(st.sampled_from(("Facebook", "Instagram", "X")), min_size=1, max_size=3, unique=True))
    series = tuple(
        Series(name, tuple(Figure(f"chart.{name}.{month}", amount=Amount(Decimal(month * 3))) for month in range(3)))
        for name in names
    )
    return Chart(
        f"chart.{draw(st.integers(0, 9))}",
        draw(captions()),
        draw(texts()),
        ("oct", "nov", "dic"),
        series,
        "publicaciones",
    )


@st.composite
def pictures(draw: st.DrawFn, *, with_charts: bool) -> Picture:
    """A picture with its words; drawn, or its words alone."""
    drawings = [st.none(), st.just(Image(draw_png()))] + ([charts()] if with_charts else [])
    caption = draw(st.one_of(st.just(""), captions()))
    number = draw(st.one_of(st.none(), st.integers(1, 40))) if caption else None
    return Picture(draw(captions()), caption, number, draw(st.one_of(drawings)))


@st.composite
def documents(draw: st.DrawFn, *, max_blocks: int = 8, with_charts: bool = False) -> Document:
    """A document. Charts are left out unless asked for: drawing one takes some 80 ms."""
    blocks: list[Block] = []
    level = -1
    for _ in range(draw(st.integers(1, max_blocks))):
        kind = draw(st.sampled_from(("heading", "paragraph", "paragraph", "table", "picture")))
        if kind == "heading":
            level = draw(st.integers(0 if level < 0 else 1, min(level + 1, 4)))
            blocks.append(Heading(level, draw(proses())))
        elif kind == "paragraph":
            blocks.append(Paragraph(draw(proses()), draw(st.sampled_from(list(Role)))))
        elif kind == "table":
            blocks.append(draw(tables()))
        else:
            blocks.append(draw(pictures(with_charts=with_charts)))
    words = st.one_of(st.just(""), texts())
    properties = Properties(
        title=draw(texts()),  # an accessible document has one
        institution=draw(words),
        code=draw(words),
        version=draw(words),
        period=draw(st.sampled_from(("", "2025-T4"))),
    )
    lines = st.lists(texts(), max_size=2).map(tuple)
    return Document(tuple(blocks), properties, header=draw(lines), footer=draw(lines))
