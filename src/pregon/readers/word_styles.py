"""What the styles of a Word file mean: which are headings and of what level, captions, lists, our own roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from lxml import etree

from pregon.document.model import Role
from pregon.figures.words import fold
from pregon.readers.word_package import W

_HEADING: Final = re.compile(r"(?:heading|titulo|encabezado) ?(\d)")
_CONTENTS: Final = re.compile(r"(?:toc|tdc|indice) ?\d|table of figures|tabla de ilustraciones|table of authorities")
_BODY_LEVEL: Final = 9
"""The outline level by which Word says «not a heading»."""


class Part(StrEnum):
    """What a style makes of a paragraph, apart from headings and roles."""

    PLAIN = "plain"
    CAPTION = "caption"
    CONTENTS = "contents"
    ROW_HEADER = "row_header"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a paragraph style says: heading level (0 the title, None no heading), role and part."""

    level: int | None = None
    role: Role = Role.BODY
    part: Part = Part.PLAIN


_NAMED: Final = (
    dict.fromkeys(("title", "titulo", "puesto"), Meaning(level=0))
    | dict.fromkeys(("caption", "descripcion", "epigrafe", "leyenda"), Meaning(part=Part.CAPTION))
    | dict.fromkeys(("subtitle", "subtitulo"), Meaning(role=Role.SUBTITLE))
    | dict.fromkeys(("footnote text", "endnote text", "texto nota pie"), Meaning(role=Role.FOOTNOTE))
    | dict.fromkeys(("pregon fila", "pregon esquina"), Meaning(part=Part.ROW_HEADER))
    | {
        "pregon fuente": Meaning(role=Role.SOURCE),
        "pregon nota": Meaning(role=Role.NOTE),
        "pregon recuadro": Meaning(role=Role.TEXT_BOX),
    }
)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: int | None
    list_number: str | None


@dataclass
class StyleSheet:
    """The styles of a file, each resolved along the chain of those it is based on."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _default: str = ""
    _meanings: dict[str, Meaning] = field(default_factory=dict)
    language: str = ""

    @classmethod
    def read(cls, root: etree._Element | None) -> StyleSheet:
        """The style sheet of a styles part; an empty one where the file has none."""
        sheet = cls()
        if root is None:
            return sheet
        language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        sheet.language = "" if language is None else language.get(f"{W}val", "")
        for style in root.iterchildren(f"{W}style"):
            if style.get(f"{W}type") != "paragraph":
                continue
            code = style.get(f"{W}styleId", "")
            sheet._styles[code] = _read_style(style, code)
            if style.get(f"{W}default") in {"1", "true", "on"}:
                sheet._default = code
        return sheet

    @cached_property
    def has_row_headers(self) -> bool:
        """Whether any style of the file is that of a row's header: only our own reports have one."""
        return any(self.meaning(code).part is Part.ROW_HEADER for code in self._styles)

    def meaning(self, code: str | None) -> Meaning:
        """What a style means, by the id that a paragraph gives; of the default style where it gives none."""
        code = code or self._default
        if code not in self._meanings:
            self._meanings[code] = self._resolve(code)
        return self._meanings[code]

    def _resolve(self, code: str) -> Meaning:
        """The nearest word along the chain decides: a style may undo what the one it is based on says."""
        outline: int | None = None
        list_number: str | None = None
        for style in self._chain(code):
            name = fold(style.name)
            if name in _NAMED:
                return _NAMED[name]
            if _CONTENTS.fullmatch(name):
                return Meaning(part=Part.CONTENTS)
            if list_number is None:
                list_number = style.list_number
            heading = _HEADING.fullmatch(name)
            if outline is None:
                # A style's own outline level says more than its name.
                outline = int(heading[1]) - 1 if heading and style.outline is None else style.outline
        if outline is not None and outline < _BODY_LEVEL:
            return Meaning(level=outline + 1)
        return Meaning(role=Role.BODY if list_number in {None, "0"} else Role.ITEM)

    def _chain(self, code: str) -> Iterator[_Style]:
        """A style, the one it is based on, and so on; a file may go round in a circle, we do not."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            style = self._styles.get(code) or _Style(code, "", None, None)
            yield style
            code = style.based_on


def _read_style(style: etree._Element, code: str) -> _Style:
    name = style.find(f"{W}name")
    base = style.find(f"{W}basedOn")
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    number = style.find(f"{W}pPr/{W}numPr/{W}numId")
    return _Style(
        name=code if name is None else name.get(f"{W}val", code),
        based_on="" if base is None else base.get(f"{W}val", ""),
        outline=outline_level(outline),
        list_number=None if number is None else number.get(f"{W}val", "0"),
    )


def outline_level(outline: etree._Element | None) -> int | None:
    """The outline level an element gives, from 0; 9 is body text, None says nothing."""
    text = "" if outline is None else outline.get(f"{W}val", "")
    return int(text) if text.isdecimal() else None
