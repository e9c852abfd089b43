"""What the styles of an OpenDocument text mean: headings, roles, captions, hidden text, frames of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pregon.document.model import Role
from pregon.figures.words import fold
from pregon.readers.opendocument_package import FO, STYLE, TABLE, TEXT
from pregon.readers.word_styles import Meaning, Part

_NAMED: Final = (
    dict.fromkeys(("title", "titulo"), Meaning(level=0))
    | dict.fromkeys(("subtitle", "subtitulo"), Meaning(role=Role.SUBTITLE))
    | dict.fromkeys(
        ("caption", "table", "illustration", "figure", "drawing", "leyenda", "descripcion", "epigrafe", "tabla"),
        Meaning(part=Part.CAPTION),
    )
    | dict.fromkeys(("footnote", "endnote", "footnote text", "endnote text"), Meaning(role=Role.FOOTNOTE))
    | {
        "pregon fuente": Meaning(role=Role.SOURCE),
        "pregon nota": Meaning(role=Role.NOTE),
        "pregon recuadro": Meaning(role=Role.TEXT_BOX),
    }
)
_BORDERS: Final = tuple(f"{FO}border{side}" for side in ("", "-top", "-bottom", "-left", "-right"))
_LONGEST_CHAIN: Final = 64


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    is_hidden: bool
    has_border: bool
    is_shown: bool
    master: str


@dataclass(slots=True)
class StyleSheet:
    """The styles of a file by family and name, each resolved along the chain of those it is based on."""

    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _meanings: dict[str, Meaning] = field(default_factory=dict)

    @classmethod
    def read(cls, roots: Iterable[etree._Element]) -> StyleSheet:
        """The styles of several parts; those of a later one stand over those of an earlier one."""
        sheet = cls()
        for root in roots:
            for node in root.iter(f"{STYLE}style"):
                family, name = node.get(f"{STYLE}family", ""), node.get(f"{STYLE}name", "")
                sheet._styles[family, name] = _read_style(node, name)
        return sheet

    def meaning(self, name: str) -> Meaning:
        """What a paragraph's style means: the nearest word along the chain decides."""
        if name not in self._meanings:
            named = (_NAMED[fold(style.name)] for style in self._chain("paragraph", name) if fold(style.name) in _NAMED)
            self._meanings[name] = next(named, Meaning())
        return self._meanings[name]

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether text of this style is not shown."""
        return any(style.is_hidden for style in self._chain(family, name))

    def has_border(self, name: str) -> bool:
        """Whether a cell of this style has a frame."""
        return any(style.has_border for style in self._chain("table-cell", name))

    def is_table_shown(self, name: str) -> bool:
        """Whether a table or sheet of this style is seen."""
        return all(style.is_shown for style in self._chain("table", name))

    def master_of(self, node: etree._Element) -> str:
        """The page layout that a block's style asks for."""
        family = "table" if node.tag == f"{TABLE}table" else "paragraph"
        space = TABLE if family == "table" else TEXT
        chain = self._chain(family, node.get(f"{space}style-name", ""))
        return next((style.master for style in chain if style.master), "")

    def masters(self) -> set[str]:
        """The page layouts that some style asks for."""
        return {style.master for style in self._styles.values() if style.master}

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        """A style, the one it is based on, and so on; a file may go round in a circle, we do not."""
        for _ in range(_LONGEST_CHAIN):
            if not name:
                return
            style = self._styles.get((family, name)) or _Style(_plain(name), "", False, False, True, "")
            yield style
            name = style.parent


def _read_style(node: etree._Element, name: str) -> _Style:
    letters, cell, table = (node.find(f"{STYLE}{kind}-properties") for kind in ("text", "table-cell", "table"))
    return _Style(
        # An automatic style («P12») says nothing by its name; its parent does.
        name=node.get(f"{STYLE}display-name") or _plain(name),
        parent=node.get(f"{STYLE}parent-style-name", ""),
        is_hidden=letters is not None and letters.get(f"{TEXT}display") == "none",
        has_border=cell is not None and any(cell.get(side, "none") != "none" for side in _BORDERS),
        is_shown=table is None or table.get(f"{TABLE}display", "true") != "false",
        master=node.get(f"{STYLE}master-page-name", ""),
    )


def _plain(name: str) -> str:
    """A style's name as people see it: LibreOffice writes «Text body» as «Text_20_body»."""
    return name.replace("_20_", " ").replace("_c3_b3_", "ó")
