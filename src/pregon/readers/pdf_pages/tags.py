"""A tagged PDF → blocks: what the file itself says is a heading, a table, a cell, a figure.

Tags are worth more than ruling lines: they know which cells are merged, where a paragraph ends and which row is the
head, and a table that goes over pages is one table. A file whose tags leave out part of its text is read without them
(`find_tags` says None).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pikepdf

from pregon.document.model import Cell, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.figures.words import fold
from pregon.readers.pdf_pages.letters import Letter, Page, by_mark
from pregon.readers.pdf_pages.words import join_letters, part_bullet, tidy
from pregon.readers.word_captions import Caption, Item, part_caption

_DEEPEST: Final = 200
"""More elements inside one another than any report has: a tree that bites its tail."""
_COVERED: Final = 0.9
"""The share of a file's letters that its tags must hold, to be believed."""
_SPAN_LIMIT: Final = 1000
_HEADINGS: Final = {"Title": 0, "H": 1, **{f"H{level}": level for level in range(1, 7)}}
_SKIPPED: Final = frozenset({"TOC", "TOCI", "Artifact"})
_TEXT_BLOCKS: Final = frozenset({"P", "LBody", "BibEntry", "Note", "FENote", "Caption"})
_BLOCKS: Final = frozenset(_HEADINGS) | _TEXT_BLOCKS | {"Table", "Figure", "L", "LI"}


@dataclass(slots=True)
class Element:
    """A structure element: its standard kind, what it says beside its content, and its children in order.

    A child that is no element is the page number and mark of a stretch of content.
    """

    kind: str
    alt: str = ""
    actual_text: str | None = None
    row_span: int = 1
    column_span: int = 1
    scope: str = ""
    children: list[Element | tuple[int, int]] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))


class Tags:
    """The structure of one file and the letters that it holds.

    `by_typst` says that typst made it: it keeps every space, and its bullets have a tag of their own.
    """

    def __init__(self, root: Element, pages: Sequence[Page], *, by_typst: bool = False) -> None:
        self.root = root
        self._letters = {(page.number, mark): letters for page in pages for mark, letters in by_mark(page)}
        self.by_typst = by_typst

    def covered(self) -> float:
        """The share of the file's letters that stand in marked content which the tags name."""
        named = {child for element in _walk(self.root) for child in element.children if isinstance(child, tuple)}
        total = sum(len(letters) for letters in self._letters.values())
        return sum(len(self._letters.get(mark, ())) for mark in named) / total if total else 1.0

    def text(self, element: Element) -> str:
        """All the text inside an element, on one line, without that of tables, figures and captions in it."""
        return join_letters(self._held(element), spaces_kept=self.by_typst)

    def page(self, element: Element) -> int | None:
        """The page on which an element begins."""
        for inner in _walk(element):
            for child in inner.children:
                if isinstance(child, tuple):
                    return child[0]
        return None

    def _held(self, element: Element) -> list[Letter]:
        held: list[Letter] = []
        for child in element.children:
            if isinstance(child, tuple):
                held.extend(self._letters.get(child, ()))
            elif child.kind not in {"Table", "Figure", "Caption", "L"}:
                inner = self._held(child)
                if child.actual_text is not None and inner:
                    inner = [inner[0]._replace(text=child.actual_text)]
                held.extend(inner)
        return held


def find_tags(pdf: pikepdf.Pdf, pages: Sequence[Page]) -> Tags | None:
    """The tags of a file that says it has them and whose text they hold; None for any other."""
    if "/StructTreeRoot" not in pdf.Root:
        return None
    tree = pdf.Root.StructTreeRoot
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    names = {str(key)[1:]: str(value)[1:] for key, value in tree.get("/RoleMap", pikepdf.Dictionary()).items()}
    root = Element("Document")
    _TreeReader(numbers, names).fill(root, tree.get("/K"), 0, 0)
    tags = Tags(root, pages, by_typst=str(pdf.docinfo.get("/Creator", "")).startswith("Typst"))
    loose = sum(not letter.artifact and letter.mark is None for page in pages for letter in page.letters)
    letters = sum(not letter.artifact for page in pages for letter in page.letters)
    share = tags.covered() * (1 - loose / letters) if letters else 1.0
    return tags if share >= _COVERED else None


class _TreeReader:
    """Copies a file's structure tree into elements of ours."""

    def __init__(self, numbers: dict[tuple[int, int], int], names: dict[str, str]) -> None:
        self._numbers = numbers
        self._names = names

    def fill(self, parent: Element, content: pikepdf.Object | None, page: int, depth: int) -> None:
        """Add what stands under an element; `page` is the number of the page it stands on (0: not told)."""
        if content is None or depth > _DEEPEST:
            return
        children: list[object] = list(content) if isinstance(content, pikepdf.Array) else [content]
        for child in children:
            if isinstance(child, int):
                parent.children.append((page, int(child)))
            elif not isinstance(child, pikepdf.Dictionary):
                continue
            elif "/S" in child:
                parent.children.append(self._read_element(child, page, depth))
            elif "/MCID" in child and "/Stm" not in child:
                parent.children.append((self._page(child, page), int(child.MCID)))

    def _read_element(self, found: pikepdf.Object, page: int, depth: int) -> Element:
        element = Element(self._kind(str(found.S)[1:]), alt=_words(found, "/Alt"))
        if "/ActualText" in found:
            element.actual_text = _words(found, "/ActualText")
        for attributes in _attribute_sets(found):
            element.row_span = _span(attributes.get("/RowSpan"), element.row_span)
            element.column_span = _span(attributes.get("/ColSpan"), element.column_span)
            element.scope = str(attributes.get("/Scope", "/" + element.scope))[1:]
        self.fill(element, found.get("/K"), self._page(found, page), depth + 1)
        return element

    def _kind(self, name: str) -> str:
        for _ in range(8):
            if name in _HEADINGS or name not in self._names:
                return name
            name = self._names[name]
        return name

    def _page(self, found: pikepdf.Object, inherited: int) -> int:
        page = found.get("/Pg")
        return inherited if page is None else self._numbers.get(page.objgen, inherited)


def read_items(tags: Tags) -> list[Item]:
    """The blocks of a tagged file, captions among them not yet bound."""
    return list(_read_group(tags.root, tags))


def _read_group(group: Element, tags: Tags) -> Iterator[Item]:
    """The blocks under a grouping element; words that stand in it loose, or in spans, make a paragraph."""
    loose = Element("P")
    for child in group.children:
        if isinstance(child, Element) and (child.kind in _SKIPPED or _holds_blocks(child)):
            yield from _read_paragraph(loose, tags)
            loose = Element("P")
            yield from _read_block(child, tags)
        else:
            loose.children.append(child)
    yield from _read_paragraph(loose, tags)


def _read_block(element: Element, tags: Tags) -> Iterator[Item]:
    kind, page = element.kind, tags.page(element)
    if kind in _SKIPPED:
        return
    if kind == "Table":
        yield from _read_table_items(element, tags)
    elif kind == "Figure":
        yield Picture(tidy(element.alt) or tags.text(element), page=page)
    elif kind == "L":
        yield from _read_list(element, tags)
    elif kind in _HEADINGS:
        if text := tags.text(element):
            yield Heading(_HEADINGS[kind], Prose(text), page=page)
        yield from _read_inner(element, tags)
    elif kind == "Caption":
        yield from _read_caption(tags.text(element), page)
    elif kind in {"Note", "FENote"}:
        yield from _read_paragraph(element, tags, Role.FOOTNOTE)
    elif kind in _TEXT_BLOCKS:
        yield from _read_paragraph(element, tags)
    else:
        yield from _read_group(element, tags)


def _holds_blocks(element: Element) -> bool:
    """Whether an element is a block or has one inside it."""
    return element.kind in _BLOCKS or any(_holds_blocks(child) for child in element.elements())


def _read_paragraph(element: Element, tags: Tags, role: Role = Role.BODY) -> Iterator[Item]:
    """A paragraph, then the figures and tables that stand inside it. One that reads as a caption is one."""
    if text := tags.text(element):
        page = tags.page(element)
        caption = part_caption(text, is_styled=False) if role is Role.BODY else None
        point = part_bullet(text) if role is Role.BODY and not tags.by_typst else None
        if caption is not None:
            yield replace(caption, paragraph=replace(caption.paragraph, page=page))
        elif point is not None:
            yield Paragraph(Prose(point), Role.ITEM, page=page)
        else:
            yield Paragraph(Prose(text), _role_of(text) if role is Role.BODY else role, page=page)
    yield from _read_inner(element, tags)


def _read_inner(element: Element, tags: Tags) -> Iterator[Item]:
    for child in element.elements():
        if child.kind in {"Table", "Figure", "Caption", "L"}:
            yield from _read_block(child, tags)
        else:
            yield from _read_inner(child, tags)


def _role_of(text: str) -> Role:
    return Role.SOURCE if fold(text).startswith(("fuente:", "fuentes:")) else Role.BODY


def _read_caption(text: str, page: int | None) -> Iterator[Item]:
    """A caption that its tag names: parted in label, number and words, or whole."""
    if not text:
        return
    caption = part_caption(text, is_styled=True) or Caption("", None, text, Paragraph(Prose(text)), is_styled=True)
    yield replace(caption, paragraph=replace(caption.paragraph, page=page))


def _read_list(element: Element, tags: Tags) -> Iterator[Item]:
    """The points of a list, those of lists inside it after the point that holds them; a bullet is not text."""
    for point in element.elements():
        if point.kind in {"L", "Caption"}:
            yield from _read_block(point, tags)
            continue
        words: list[str] = []
        for part in point.elements():
            text = tags.text(part)
            if part.kind != "Lbl" or any(character.isalnum() for character in text):
                words.append(text)
        loose = Element("P", children=[child for child in point.children if isinstance(child, tuple)])
        text = " ".join(word for word in [*words, tags.text(loose)] if word)
        point_text = text if tags.by_typst else part_bullet(text) or text
        if point_text:
            yield Paragraph(Prose(point_text), Role.ITEM, page=tags.page(point))
        yield from _read_inner(point, tags)


def _read_table_items(element: Element, tags: Tags) -> Iterator[Item]:
    """A table and, before it, the caption inside it."""
    for child in element.elements():
        if child.kind == "Caption":
            yield from _read_caption(tags.text(child), tags.page(child))
    table = _read_table(element, tags)
    if table.rows:
        yield table


def _read_table(element: Element, tags: Tags) -> Table:
    rows = list(_find_rows(element, is_head=False))
    cells = [[cell for cell in row.elements() if cell.kind in {"TH", "TD"}] for row, _ in rows]
    header_rows = 0
    for (_, is_head), line in zip(rows, cells, strict=True):
        heads = is_head or (len(line) > 0 and all(cell.kind == "TH" and cell.scope != "Row" for cell in line))
        if not heads:
            break
        header_rows += 1
    if header_rows == len(rows):
        header_rows = 0 if not any(is_head for _, is_head in rows) else header_rows
    table = Table(
        tuple(tuple(_read_cell(cell, tags) for cell in line) for line in cells),
        header_rows,
        page=tags.page(element),
    )
    return replace(table, header_columns=_count_header_columns(table, cells))


def _find_rows(element: Element, *, is_head: bool) -> Iterator[tuple[Element, bool]]:
    """A table's own rows, and whether each stands in its head."""
    for child in element.elements():
        if child.kind == "TR":
            yield child, is_head
        elif child.kind not in {"Caption", "Table", "TD", "TH"}:
            yield from _find_rows(child, is_head=is_head or child.kind == "THead")


def _count_header_columns(table: Table, cells: list[list[Element]]) -> int:
    """How many first columns hold nothing but row headers, below the head."""
    heads = {
        (row, column): cell.kind == "TH"
        for row, line in enumerate(cells)
        for column, cell in _columns_of(table, row, line)
    }
    columns = 0
    while columns < table.width:
        below = [is_head for (row, column), is_head in heads.items() if column == columns and row >= table.header_rows]
        if not below or not all(below):
            break
        columns += 1
    return columns if columns < table.width else 0


def _columns_of(table: Table, row: int, line: list[Element]) -> Iterator[tuple[int, Element]]:
    """Each cell's element with the column at which it stands."""
    waiting = list(zip(table.rows[row], line, strict=True))
    for column, cell in enumerate(table.grid[row]):
        if cell is not None and waiting:
            yield column, waiting.pop(0)[1]


def _read_cell(element: Element, tags: Tags) -> Cell:
    """A cell: its paragraphs parted by a line feed, the tables inside it apart."""
    lines: list[str] = []
    tables: list[Table] = []
    for item in _read_group(element, tags):
        match item:
            case Table():
                tables.append(item)
            case Caption():
                lines.append(item.paragraph.text)
            case Picture():
                continue
            case _:
                lines.append(item.text)
    return Cell(Prose("\n".join(lines)), element.row_span, element.column_span, tuple(tables))


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.elements():
        yield from _walk(child)


def _words(found: pikepdf.Object, key: str) -> str:
    value = found.get(key)
    return str(value) if isinstance(value, pikepdf.String) else ""


def _attribute_sets(found: pikepdf.Object) -> list[pikepdf.Object]:
    attributes = found.get("/A")
    inside = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return [one for one in inside if isinstance(one, pikepdf.Dictionary)]


def _span(value: object, otherwise: int) -> int:
    return min(max(int(value), 1), _SPAN_LIMIT) if isinstance(value, int) else otherwise
