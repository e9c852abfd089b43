"""Understanding a table: where its headers end, which axis is time, what is a figure, a blank, a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import flatten, is_declared_gap
from pregon.document.model import Cell, Document, Heading, Paragraph, Picture, Table
from pregon.figures.amount import Amount, widen_column
from pregon.figures.spanish import find_dates, month_name, parse_amount
from pregon.relations.labels import level_of

_LONGEST_FIGURE: Final = 40
_LONGEST_HEADER: Final = 60
_SHORT_TEXT: Final = 80
_NOTHING: Final = (Face.ABSENT, None)
_MOST_ROWS_ABOVE: Final = 6
"""How many rows of titles, remarks and names may stand above the first figure."""
_MOST_ROWS_BETWEEN: Final = 3
_NARROW: Final = 2
_ROUNDED_FROM: Final = 1000
_REMARK: Final = re.compile(r"^(?:fuentes?|notas?|elabor|corte|source|note)\b|[:@]|\.$")
_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"^(?:19|20)\d\d$")
_NUMBER_WORD: Final = re.compile(r"^(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)$")
_NOTE_MARK: Final = re.compile(r"(?:\s*\*+|\s*\((?:estimado|e|est\.)\))$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _read_short_figure(stripped: str) -> Amount | None:
    if not _DIGIT.search(stripped) and not _NUMBER_WORD.match(flatten(stripped)):
        return None
    try:
        return parse_amount(stripped)
    except ValueError:
        return None


def read_figure(text: str) -> Amount | None:
    """The amount a cell prints and nothing else, or None: «34.811», «≈ 2.106», «45*»."""
    stripped = _NOTE_MARK.sub("", text.strip())
    if not stripped or len(stripped) > _LONGEST_FIGURE:
        return None
    return _read_short_figure(stripped)


def understand_tables(document: Document) -> tuple[Tabulation, ...]:
    """Every table of a document, those inside others after them, each with the section and the text that it follows."""
    trusts_marks = any(table.header_rows for table in document.tables)
    found: list[Tabulation] = []
    section = ""
    before = next((line.strip() for line in reversed(document.header) if line.strip()), "")
    for block in document.blocks:
        match block:
            case Table():
                for table in block.with_inner():
                    number = len(found) + 1
                    found.append(
                        understand_table(table, number, section=section, before=before, trusts_marks=trusts_marks)
                    )
                continue
            case Heading():
                section = block.text
                said = section
            case Picture():
                said = block.alt
            case Paragraph():
                said = block.text
        before = said.strip() or before
    return tuple(found)


def understand_table(
    table: Table, number: int, *, section: str = "", before: str = "", trusts_marks: bool
) -> Tabulation:
    """Tell headers from figures in a table.

    `before` is the text right above it; `trusts_marks` says that this document marks its header rows, so that a table
    of two columns without a mark has none: each row is a name and its value.
    """
    spread = table.spread
    faces, amounts = _look(table)
    row_mentions = [_months_of(line[0].text if line and line[0] is not None else "") for line in spread]
    titles, first = _find_titles(table, faces)
    head, body_start = _find_head(table, faces, first, trusts_marks=trusts_marks)
    if head is None and not table.header_rows and table.width > _NARROW:
        first, head, body_start = _find_late_head(table, faces, first)
    elif head is not None and not table.header_rows:
        head = _extend_head(faces, head)
        body_start = head + 1
    notes = tuple(
        (row, text) for row in range(body_start, len(spread)) if (text := _single_text(table, faces, row)) is not None
    )
    notes += _notes_below(table, faces, body_start)
    noted = {row for row, _ in notes}
    body = tuple(row for row in range(body_start, len(spread)) if row not in noted and _has_something(faces[row]))
    column_labels = _name_columns(table, head, body_start, first)
    months = tuple(_months_of(label) for label in column_labels)
    tabulation = Tabulation(
        table=table,
        number=number,
        section=section,
        before=before,
        faces=faces,
        amounts=amounts,
        titles=titles,
        notes=notes,
        head=head,
        body=body,
        column_labels=column_labels,
        row_labels=tuple(_name_row(table, row, faces[row]) for row in range(len(spread))),
        months=months,
        row_months=tuple(row_mentions),
    )
    return _widen_lines(_infer_months(tabulation))


def _look(table: Table) -> tuple[tuple[tuple[Face, ...], ...], tuple[tuple[Amount | None, ...], ...]]:
    looks = [[_look_at(cell) if cell is not None else _NOTHING for cell in line] for line in table.grid]
    faces = tuple([tuple([face for face, _ in line]) for line in looks])
    return faces, tuple([tuple([amount for _, amount in line]) for line in looks])


def _look_at(cell: Cell) -> tuple[Face, Amount | None]:
    text = cell.prose.text
    if cell.tables and not text.strip():
        return Face.WORDS, None
    return _look_at_short(text) if len(text) <= _SHORT_TEXT else _look_at_text(text)


def _look_at_text(text: str) -> tuple[Face, Amount | None]:
    text = text.strip()
    if not text:
        return Face.BLANK, None
    amount = read_figure(text)
    if amount is not None:
        return Face.FIGURE, amount
    if is_declared_gap(text):
        return Face.DECLARED, None
    return (Face.WORDS if _LETTER.search(text) or find_dates(text) else Face.FIGURES), None


_look_at_short = lru_cache(maxsize=4096)(_look_at_text)


def is_figure(text: str) -> bool:
    """Whether a cell of this text holds a figure and nothing else."""
    return read_figure(text) is not None


def _has_something(faces: tuple[Face, ...]) -> bool:
    return any(face not in (Face.BLANK, Face.ABSENT) for face in faces)


def _single_text(table: Table, faces: tuple[tuple[Face, ...], ...], row: int) -> str | None:
    """The words of a row that holds one cell of words and no place for figures; None for any other row."""
    line = faces[row]
    if len(line) < 2 or line[0] is not Face.WORDS or any(face is not Face.ABSENT for face in line[1:]):
        return None
    cell = table.spread[row][0]
    return None if cell is None else cell.text.strip()


def _notes_below(table: Table, faces: tuple[tuple[Face, ...], ...], body_start: int) -> tuple[tuple[int, str], ...]:
    """The sources and remarks under the last figure: rows with nothing but a sentence in their first cell."""
    figured = [row for row in range(body_start, len(faces)) if Face.FIGURE in faces[row]]
    found = []
    for row in range(figured[-1] + 1 if figured else len(faces), len(faces)):
        cell = table.spread[row][0]
        is_lone = faces[row][0] is Face.WORDS and not set(faces[row][1:]) - {Face.BLANK, Face.ABSENT}
        if cell is not None and is_lone and len(faces[row]) > 1:
            text = " ".join(cell.text.split())
            if len(text) > _LONGEST_HEADER or _REMARK.search(flatten(text)):
                found.append((row, text))
    known = {row for row, line in enumerate(faces) if len(line) > 1 and all(f is Face.ABSENT for f in line[1:])}
    return tuple(note for note in found if note[0] not in known)


def _find_titles(table: Table, faces: tuple[tuple[Face, ...], ...]) -> tuple[tuple[str, ...], int]:
    """The rows of one name that head a table, and the first row after them."""
    titles: list[str] = []
    row = 0
    while row < len(faces) - 1 and row < 3:
        words = [column for column, face in enumerate(faces[row]) if face not in (Face.BLANK, Face.ABSENT)]
        if not words and titles == []:
            row += 1
            continue
        cell = table.spread[row][words[0]] if len(words) == 1 else None
        wide = cell is not None and (cell.column_span >= table.width or table.width > 2)
        if cell is None or not wide or faces[row][words[0]] is not Face.WORDS or _months_of(cell.text):
            break
        if len(words) == 1 and words[0] > 0 and not titles and table.header_rows > row:
            break
        titles.append(" ".join(cell.text.split()))
        row += 1
    return tuple(titles), row


def _find_head(
    table: Table, faces: tuple[tuple[Face, ...], ...], first: int, *, trusts_marks: bool
) -> tuple[int | None, int]:
    """The row that names the columns (the last of several) and the first row of the body."""
    if table.header_rows > first:
        return table.header_rows - 1, table.header_rows
    if first >= len(faces):
        return None, first
    texts = _texts_of(table, first)
    if sum(bool(_months_of(text)) for text in texts[1:]) > 1:
        return first, first + 1
    if (trusts_marks and not first and table.width == 2) or len(faces) - first < 2:
        return None, first
    is_head = _is_head(texts, faces[first]) or _names_years(texts)
    has_figures_below = any(Face.FIGURE in line for line in faces[first + 1 :])
    return (first, first + 1) if is_head and (has_figures_below or table.width > 2) else (None, first)


def _is_head(texts: Sequence[str], faces: Sequence[Face]) -> bool:
    """Whether a row may name columns: words in two of them, none too long, and no figures."""
    named = [text for text in texts if text]
    return len(named) > 1 and Face.FIGURE not in faces[1:] and all(len(text) <= _LONGEST_HEADER for text in named)


def _names_years(texts: Sequence[str]) -> bool:
    """Whether a row names years, one after another, and words at most: «Indicador | 2023 | 2024 | Variación»."""
    named = [text for text in texts[1:] if text]
    years = [int(text) for text in named if _YEAR.match(text)]
    others = [text for text in named if not _YEAR.match(text)]
    in_order = len(years) > 1 and all(abs(one - other) == 1 for one, other in pairwise(years))
    is_worded = all(_LETTER.search(text) and len(text) <= _LONGEST_HEADER for text in others)
    return in_order and is_worded and not _YEAR.match(texts[0]) and read_figure(texts[0]) is None


def _texts_of(table: Table, row: int) -> list[str]:
    return [cell.text.strip() if cell is not None else "" for cell in table.spread[row]]


def _find_late_head(table: Table, faces: tuple[tuple[Face, ...], ...], first: int) -> tuple[int, int | None, int]:
    """The row that names the columns under remarks and blank rows: where naming begins, its row, the first figures."""
    for row in range(first, min(first + _MOST_ROWS_ABOVE, len(faces) - 1)):
        texts = _texts_of(table, row)
        names_years = _names_years(texts)
        if Face.FIGURE in faces[row][1:] and not names_years:
            break
        if names_years or _is_head(texts, faces[row]):
            head = _extend_head(faces, row)
            has_figures = any(Face.FIGURE in line[1:] for line in faces[head + 1 : head + 1 + _MOST_ROWS_BETWEEN])
            return (row, head, head + 1) if has_figures else (first, None, first)
    return first, None, first


def _extend_head(faces: tuple[tuple[Face, ...], ...], head: int) -> int:
    """The last of several rows of names: those that follow, words too, with nothing where the rows have theirs."""
    while head + 2 < len(faces):
        line = faces[head + 1]
        if line[0] is not Face.BLANK or Face.FIGURE in line or line.count(Face.WORDS) + line.count(Face.FIGURES) < 2:
            break
        head += 1
    return head


def _name_columns(table: Table, head: int | None, body_start: int, first: int) -> tuple[str, ...]:
    if head is None:
        return ("",) * table.width
    labels = []
    for column in range(table.width):
        cells = (line[column] for line in table.spread[first:body_start])
        named = (" ".join(cell.text.split()) for cell in cells if cell is not None)
        labels.append(" ".join(dict.fromkeys(name for name in named if name)))
    return tuple(labels)


def _name_row(table: Table, row: int, faces: Sequence[Face]) -> str:
    """The words of a row's header cells; where they are blank, the first words before its figures."""
    width = max(1, table.header_columns)
    cells = table.spread[row][:width]
    named = (" ".join(cell.text.split()) for cell in cells if cell is not None)
    name = " ".join(dict.fromkeys(name for name in named if name))
    if name:
        return name
    for column in range(width, len(faces)):
        cell = table.spread[row][column]
        if faces[column] not in (Face.BLANK, Face.ABSENT):
            return " ".join(cell.text.split()) if cell is not None and faces[column] is Face.WORDS else ""
    return ""


def _months_of(label: str) -> tuple[int, ...]:
    """The months that a header is: «OCTUBRE», «Oct.», «octubre 2025»; none where it says anything else besides."""
    if not label or len(label) > _LONGEST_FIGURE:
        return ()
    mentions = periods_in(label)
    if len(mentions) != 1:
        return ()
    rest = (label[: mentions[0].start] + label[mentions[0].end :]).strip(" .:()")
    return months_said(mentions[0]) if not rest or rest.isdigit() else ()


def _infer_months(tabulation: Tabulation) -> Tabulation:
    """Name the blank header that continues a run of months up to a total: «octubre, noviembre, _, total»."""
    if not tabulation.has_time_columns:
        return tabulation
    labels = list(tabulation.column_labels)
    months = list(tabulation.months)
    inferred = []
    for column in range(1, tabulation.width - 1):
        follows = len(months[column - 1]) == 1 and column > 1
        ends = level_of(labels[column + 1]) or len(months[column + 1]) == 1
        if labels[column] or not follows or not ends:
            continue
        month = months[column - 1][0] % 12 + 1
        if len(months[column + 1]) == 1 and months[column + 1][0] != month % 12 + 1:
            continue
        inferred.append((column, month))
        labels[column] = month_name(month)
        months[column] = (month,)
    if not inferred:
        return tabulation
    return replace(tabulation, column_labels=tuple(labels), months=tuple(months), inferred=tuple(inferred))


def _widen_lines(tabulation: Tabulation) -> Tabulation:
    """Widen each line of months whose figures were all rounded by the platform (73.300, 26.700)."""
    if not tabulation.has_time_columns:
        return tabulation
    columns = [column for column, months in enumerate(tabulation.months) if len(months) == 1]
    lines = [list(line) for line in tabulation.amounts]
    for row in tabulation.body:
        printed = [(column, amount) for column in columns if (amount := lines[row][column]) is not None]
        if any(0 < abs(amount.value) < _ROUNDED_FROM for _, amount in printed):
            continue
        for (column, _), wide in zip(printed, widen_column([amount for _, amount in printed]), strict=True):
            lines[row][column] = wide
    return replace(tabulation, amounts=tuple(tuple(line) for line in lines))
