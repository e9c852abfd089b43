"""The styles, numbering, fonts and settings of our Word files: the look of the printed report, as Word says it.

Every paragraph, character and table style that the writer uses is declared here once, by name. In an office's own
template a style of the same name is used as it stands, and those that are missing are added without our typefaces, so
that the report speaks with the office's own face.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
NAMESPACES: Final = f'xmlns:w="{MAIN}" xmlns:w14="{W14}"'

SERIF: Final = "Source Serif 4"
SANS: Final = "Public Sans"
INK: Final = "16211F"
SOFT: Final = "4A5653"
RULE: Final = "D5DBD9"
ACCENT: Final = "0B5560"
GAP: Final = "7A4B00"

# What an office's computer shows where it lacks our faces: name, the face Word puts in its place, family, kind.
_FACES: Final = ((SERIF, "Georgia", "roman"), (SANS, "Segoe UI", "swiss"))


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its id and name, what it is based on, its paragraph and run properties as Word's XML."""

    code: str
    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    kind: str = "paragraph"
    following: str = ""
    table: str = ""
    is_builtin: bool = False

    def xml(self, bases: dict[str, str]) -> str:
        """The style element; `bases` gives the ids that the styles it names go by in this file."""
        custom = "" if self.is_builtin else ' w:customStyle="1"'
        parts = [f"<w:name w:val={quoteattr(self.name)}/>"]
        if self.based_on and bases.get(self.based_on, self.based_on):
            parts.append(f'<w:basedOn w:val="{bases.get(self.based_on, self.based_on)}"/>')
        if self.following:
            parts.append(f'<w:next w:val="{bases.get(self.following, self.following)}"/>')
        parts.append('<w:uiPriority w:val="1"/><w:qFormat/>')
        parts.append(f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
        parts.append(f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
        parts.append(self.table)
        return f'<w:style w:type="{self.kind}"{custom} w:styleId="{self.code}" {NAMESPACES}>{"".join(parts)}</w:style>'


def _face(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _letter(half_points: int, color: str = "", *, face: str = "", bold: bool = False, figures: str = "") -> str:
    """Run properties in the order that the format asks for; `figures` is Word's word for how digits are spaced."""
    return (
        (_face(face) if face else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else "")
        + (f'<w14:numForm w14:val="lining"/><w14:numSpacing w14:val="{figures}"/>' if figures else "")
    )


def _space(before: int = 0, after: int = 0, line: int = 0, rule: str = "atLeast") -> str:
    """Space around a paragraph in twentieths of a point, and the pitch of its lines."""
    pitch = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{pitch}/>'


_KEEP: Final = "<w:keepNext/><w:keepLines/>"
_UNDERLINED: Final = f'<w:pBdr><w:bottom w:val="single" w:sz="10" w:space="5" w:color="{INK}"/></w:pBdr>'
_BAR: Final = f'<w:pBdr><w:left w:val="single" w:sz="20" w:space="9" w:color="{ACCENT}"/></w:pBdr>'
_BOX: Final = (
    "<w:pBdr>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    + "</w:pBdr>"
)
_FOOT_RULE: Final = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{INK}"/></w:pBdr>'
_SNUG: Final = "<w:contextualSpacing/>"


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def _cells(*, ruled: bool, top: bool = False) -> str:
    """Table properties: hairlines under each row where `ruled`, a strong rule on top where `top`."""
    hair = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    borders = (
        (f'<w:top w:val="single" w:sz="10" w:space="0" w:color="{INK}"/>' if top else "")
        + (f"<w:bottom {hair}/><w:insideH {hair}/>" if ruled else "")
    )  # fmt: skip
    above = 50 if ruled else 0
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", above), ("left", 0), ("bottom", above), ("right", 100))
    )
    return (
        f"<w:tblPr>{f'<w:tblBorders>{borders}</w:tblBorders>' if borders else ''}"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    )


def _build_styles() -> tuple[Style, ...]:
    def builtin(code: str, name: str, paragraph: str, run: str, **more: str) -> Style:
        return Style(code, name, paragraph, run, is_builtin=True, **more)

    def text(code: str, name: str, paragraph: str, run: str, based_on: str = "Normal") -> Style:
        return Style(code, name, paragraph, run, based_on)

    small = _letter(16, SOFT, face=SANS)
    headings = (
        builtin("Heading1", "heading 1", _KEEP + _UNDERLINED + _space(480, 200, 400) + _outline(0),
                _letter(32, INK, face=SERIF, bold=True), following="Normal"),
        builtin("Heading2", "heading 2", _KEEP + _space(300, 120, 300) + _outline(1),
                _letter(24, INK, face=SERIF, bold=True), following="Normal"),
        builtin("Heading3", "heading 3", _KEEP + _space(240, 100) + _outline(2),
                _letter(21, INK, face=SERIF, bold=True), following="Normal"),
        *(builtin(f"Heading{level}", f"heading {level}", _KEEP + _space(200, 80) + _outline(level - 1),
                  _letter(21, SOFT, face=SERIF, bold=level == 4), following="Normal") for level in range(4, 10)),
    )  # fmt: skip
    return (
        builtin("Title", "Title", _KEEP + _space(1300, 60, 720, "exact") + '<w:ind w:right="3000"/>',
                _letter(60, INK, face=SERIF, bold=True), following="Subtitle"),
        builtin("Subtitle", "Subtitle", _space(0, 760, 400), _letter(34, ACCENT, face=SERIF), following="Normal"),
        *headings,
        builtin("Caption", "caption", _KEEP + _space(260, 90, 240), _letter(18, INK, face=SANS, bold=True)),
        builtin("ListBullet", "List Bullet", '<w:numPr><w:numId w:val="{list}"/></w:numPr>' + _space(0, 70, 290), ""),
        builtin("FootnoteText", "footnote text", _space(60, 60, 220), _letter(17, SOFT, face=SERIF)),
        builtin("Header", "header", _space(0, 0), small),
        builtin("Footer", "footer", _FOOT_RULE + _space(0, 0), small),
        builtin("TOCHeading", "TOC Heading", _KEEP + _UNDERLINED + _space(0, 240, 400),
                _letter(32, INK, face=SERIF, bold=True)),
        builtin("TOC1", "toc 1", _space(80, 40, 280), _letter(21, INK, face=SERIF)),
        builtin("TOC2", "toc 2", _space(0, 20, 250) + '<w:ind w:left="340"/>', _letter(18, SOFT, face=SANS)),
        text("PregonPortada", "Pregón portada", _space(0, 0, 250), _letter(18, SOFT, face=SANS)),
        text("PregonFuente", "Pregón fuente", "<w:keepLines/>" + _space(110, 220, 220), small),
        text("PregonNota", "Pregón nota", "<w:keepLines/>" + _BAR + _space(160, 240, 260) + '<w:ind w:left="230"/>',
             _letter(18, INK, face=SANS)),
        text("PregonRecuadro", "Pregón recuadro", _BOX + _space(160, 240, 260) + '<w:ind w:left="140" w:right="140"/>',
             _letter(18, INK, face=SANS)),
        text("PregonGrafica", "Pregón gráfica", "<w:keepLines/>" + _space(40, 240), ""),
        text("PregonSeparador", "Pregón separador", _space(0, 0, 120, "exact"), _letter(8)),
        text("PregonCelda", "Pregón celda", _space(0, 0, 228), _letter(18, "", face=SANS)),
        text("PregonNumero", "Pregón número", '<w:jc w:val="right"/>', _letter(0, figures="tabular"), "PregonCelda"),
        text("PregonFila", "Pregón fila", "", "", "PregonCelda"),
        text("PregonEncabezado", "Pregón encabezado", "<w:keepNext/>", _letter(16, SOFT, bold=True), "PregonCelda"),
        text("PregonEncabezadoNumero", "Pregón encabezado de número", '<w:jc w:val="right"/>', "", "PregonEncabezado"),
        text("PregonEsquina", "Pregón esquina", "", "", "PregonEncabezado"),
        text("PregonCifra", "Pregón cifra", _KEEP + _space(0, 0, 480), _letter(44, INK, face=SERIF, bold=True),
             "PregonCelda"),
        text("PregonRotulo", "Pregón rótulo de cifra", "", _letter(17, SOFT), "PregonCelda"),
        Style("PregonFuerte", "Pregón fuerte", run="<w:b/><w:bCs/>", based_on="", kind="character"),
        Style("PregonSinDato", "Pregón sin dato", run=_letter(16, GAP, bold=True), based_on="", kind="character"),
        Style("PregonEstado", "Pregón estado", run=_letter(16, SOFT), based_on="", kind="character"),
        Style("PregonTabla", "Pregón tabla", based_on="TableNormal", kind="table", table=_cells(ruled=True)),
        Style("PregonFicha", "Pregón ficha", based_on="TableNormal", kind="table", table=_cells(ruled=True, top=True)),
        Style("PregonCifras", "Pregón cifras", based_on="TableNormal", kind="table", table=_cells(ruled=False)),
    )  # fmt: skip


STYLES: Final = _build_styles()

_OUR_FACES: Final = re.compile(r"<w:rFonts [^>]*/>")


def style_xml(style: Style, bases: dict[str, str], list_number: str, *, keep_face: bool) -> str:
    """A style as XML for a file where lists have `list_number`; without our typeface unless `keep_face`."""
    xml = style.xml(bases).replace("{list}", list_number)
    return xml if keep_face else _OUR_FACES.sub("", xml)


def stylesheet_xml(language: str, list_number: str) -> str:
    """The whole styles part of a file of ours."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:rPr><w:color w:val="{INK}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_face(SERIF)}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val={quoteattr(language)} w:eastAsia={quoteattr(language)} w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_space(0, 160, 290)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    styles = "".join(style_xml(style, {}, list_number, keep_face=True) for style in STYLES)
    return f"<w:styles {NAMESPACES}>{defaults}{normal}{styles}</w:styles>"


def bullets_xml(abstract: str) -> str:
    """The one list of a file of ours: a bullet that hangs before its item."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr><w:rPr><w:color w:val="{ACCENT}"/></w:rPr></w:lvl>'
    )
    return (
        f'<w:abstractNum {NAMESPACES} w:abstractNumId="{abstract}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{level}</w:abstractNum>'
    )


def number_xml(number: str, abstract: str) -> str:
    """A list that may be used, of an abstract one."""
    return f'<w:num {NAMESPACES} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def fonts_xml() -> str:
    """The font table: our two faces and what stands in for each where it is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="00"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other, family in _FACES
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {NAMESPACES}>{fonts}</w:fonts>'


def settings_xml(language: str) -> str:
    """The settings part: today's layout rules, no hyphenation, Colombian numbers and language."""
    uri = "http://schemas.microsoft.com/office/word"
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in (("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1"),
                            ("enableOpenTypeFeatures", "1"), ("doNotFlipMirrorIndents", "1"))
    )  # fmt: skip
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        f'<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compatibility}</w:compat><w:themeFontLang w:val={quoteattr(language)}/>"
        f'<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )
