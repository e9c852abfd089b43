"""Whole files of every kind, and files spoilt at random in the ways in which strangers' files are, from a seed.

`make_seeds` makes small sound files with the library itself; `mutate` spoils one: its bytes, the members of its zip,
the tags, attributes and numbers of its XML. The same seed gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import random
import re
import struct
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pregon.document.model import Cell, Document, Heading, Paragraph, Role, Table
from pregon.document.prose import Prose

_EXTREMES: Final = (
    "0", "-1", "1", "2", "255", "65536", "99999", "1048576", "2147483648", "99999999999999999999", "1e400",
    "9E999999999", "NaN", "", " ", "x", "٣", "²", "true", "A1", "XFD1048576", "A1:XFD1048576", "../../../etc/passwd", "http://127.0.0.1:9/",
)  # fmt: skip
_TAG: Final = re.compile(rb"<[^<>]{1,300}>")
_ATTRIBUTE: Final = re.compile(rb'="([^"<>]{0,80})"')
_NUMBER: Final = re.compile(rb"\d+")
_LETTERS: Final = ("\u00ad", "\u200b", "\u202e", "\ufb01", "\u00a0", "\u2009", "\ufeff", "\ufffd", "￾", "𝟛", "①", "½")
_DOCTYPE: Final = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


def sample_report() -> Document:
    """A small report: headings, points, notes, a table with merged cells and another inside a cell."""

    def cell(text: str, down: int = 1, across: int = 1, tables: tuple[Table, ...] = ()) -> Cell:
        return Cell(Prose(text), down, across, tables)

    inner = Table(((cell("Notas"), cell("3")),))
    rows = (
        (cell("Red", 2), cell("Publicaciones", 1, 3)),
        (cell("Octubre"), cell("Noviembre"), cell("Total")),
        (cell("Facebook"), cell("44"), cell("24"), cell("68")),
        (cell("X"), cell("1.046"), cell("19,5"), cell("", tables=(inner,))),
    )
    return Document(
        (
            Heading(0, Prose("Informe de comunicaciones")),
            Heading(1, Prose("Redes")),
            Paragraph(Prose("Hubo 273 publicaciones del 1 de octubre al 31 de diciembre de 2025: 49,1 % en Facebook.")),
            Paragraph(Prose("Facebook: 94 publicaciones"), Role.ITEM),
            Table(rows, 2, 1, "Publicaciones por red", 1),
            Paragraph(Prose("Fuente: exportación."), Role.SOURCE),
        )
    )


def make_seeds() -> dict[str, bytes]:
    """A sound file of each kind, by a name with its ending."""
    from pregon.writers import write_document

    report = sample_report()
    seeds: dict[str, bytes] = {}
    with TemporaryDirectory() as folder:
        for suffix in ("docx", "xlsx", "html", "pdf"):
            path = Path(folder) / f"informe.{suffix}"
            write_document(report, path)
            seeds[path.name] = path.read_bytes()
    seeds["informe.odt"] = _make_opendocument("text", _ODT)
    seeds["informe.ods"] = _make_opendocument("spreadsheet", _ODS)
    seeds["informe.xls"] = make_xls()
    seeds["informe.txt"] = "INFORME\n· uno\n\tRed\n\tOct\n\n\tX\n\t46\nTabla 1. Visitas\nRed\tOct\nX\t1.046\n".encode()
    seeds["informe.md"] = b"# Informe\n\n- **44** [redes](x)\n\n| Red | Oct |\n|---|---|\n| X | 46 |\n\nFin\n===\n"
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows([["Red", "Oct"], ["X", "1.046,5"], ["Face;book", 'dos\n"líneas"']])
    seeds["informe.csv"] = table.getvalue().encode("cp1252")
    seeds["suelto.pdf"] = _make_plain_pdf()
    return seeds


def mutate(seed: bytes, chance: random.Random) -> bytes:
    """The file, spoilt in one to four ways."""
    content = seed
    for _ in range(chance.choice((1, 1, 2, 4))):
        if content.startswith(b"PK\x03\x04") and chance.random() < 0.85:
            content = _mutate_zip(content, chance)
        elif content[:200].lstrip().startswith((b"<", b"\xef\xbb\xbf<")) and chance.random() < 0.8:
            content = _mutate_xml(content, chance)
        else:
            content = _mutate_bytes(content, chance)
    return content


def _mutate_zip(content: bytes, chance: random.Random) -> bytes:
    """Spoil one member and pack all anew, so that its sums are right and its content reaches the reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 -- it is spoilt already
        return _mutate_bytes(content, chance)
    if not members:
        return content
    texts = [name for name in members if name.endswith((".xml", ".rels"))] or list(members)
    name = chance.choice(texts)
    kind = chance.random()
    if kind > 0.5:
        members[name] = _mutate_tree(members[name], chance)
    elif kind < 0.05:
        del members[name]
    elif kind < 0.1:
        members[name], other = members[chance.choice(texts)], chance.choice(texts)
        members[other] = members[name]
    elif kind < 0.15:
        members[chance.choice(("word/media/x.bin", "../fuera.xml", "content.xml", "xl/x.xml"))] = members.pop(name)
    elif kind < 0.2:
        members[name] = _mutate_bytes(members[name], chance)
    else:
        members[name] = _mutate_xml(members[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for each, held in members.items():
            archive.writestr(zipfile.ZipInfo(each), held)
    return packed.getvalue()


def _mutate_tree(text: bytes, chance: random.Random) -> bytes:  # noqa: C901, PLR0912 -- a branch for each way of spoiling
    """Take elements out, repeat, move, nest or empty them: the XML stays sound, and says what no program would."""
    from lxml import etree

    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return _mutate_xml(text, chance)
    for _ in range(chance.choice((1, 2, 6))):
        inner = [node for node in root.iter("*") if node.getparent() is not None]
        if not inner:
            break
        node, other = chance.choice(inner), chance.choice(inner)
        above = node.getparent()
        assert above is not None
        match chance.randrange(6):
            case 0:
                above.remove(node)
            case 1:
                copies = chance.choice((1, 2, 40, 400)) if len(node) < 20 else 1
                for _ in range(copies):
                    above.insert(above.index(node), etree.fromstring(etree.tostring(node, with_tail=False)))
            case 2:
                if node not in list(other.iterancestors()) and node is not other:
                    other.append(node)
            case 3:
                for _ in range(chance.choice((3, 60, 120))):
                    outer = etree.SubElement(above, node.tag, dict(node.attrib))
                    above = outer
                above.append(node)
            case 4:
                for key in list(node.attrib):
                    if chance.random() < 0.5:
                        node.set(key, chance.choice(_EXTREMES))
            case _:
                node.text = chance.choice((None, *_EXTREMES, *_LETTERS[:8]))
    return etree.tostring(root)


def _mutate_xml(text: bytes, chance: random.Random) -> bytes:  # noqa: C901 -- a branch for each way of spoiling
    tags = [found.span() for found in _TAG.finditer(text[:400_000])]
    if not tags:
        return _mutate_bytes(text, chance)
    start, end = chance.choice(tags)
    tag = text[start:end]
    match chance.randrange(9):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + tag * chance.choice((1, 3, 300, 2000)) + text[end:]
        case 2:
            other, stop = chance.choice(tags)
            return text[:start] + text[other:stop] + text[end:]
        case 3:
            last = chance.choice(tags)[1]
            left, right = min(start, last), max(end, last)
            return text[:left] + text[left:right] * chance.choice((2, 3, 50)) + text[right:]
        case 4:
            return text[:start] + _DOCTYPE + text[start:]
        case 5 | 6:
            values = list(_ATTRIBUTE.finditer(text[:400_000]))
            if values:
                found = chance.choice(values)
                return text[: found.start(1)] + chance.choice(_EXTREMES).encode() + text[found.end(1) :]
            return text
        case 7:
            numbers = list(_NUMBER.finditer(text[:400_000]))
            if numbers:
                found = chance.choice(numbers)
                return text[: found.start()] + chance.choice(_EXTREMES).encode() + text[found.end() :]
            return text
        case _:
            return text[:end] + chance.choice(_LETTERS).encode() + text[end:]


def _mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    length = min(chance.choice((1, 1, 4, 64, 1024)), len(content) - at)
    match chance.randrange(8):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[at + length :]
        case 2:
            return content[:at] + content[at : at + length] * chance.choice((2, 9, 200)) + content[at + length :]
        case 3:
            return content[:at] + chance.randbytes(length) + content[at + length :]
        case 4:
            value = struct.pack("<I", chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFF)))
            return content[:at] + value + content[at + 4 :]
        case 5:
            numbers = list(_NUMBER.finditer(content))
            if numbers:
                found = chance.choice(numbers)
                return content[: found.start()] + chance.choice(_EXTREMES).encode() + content[found.end() :]
            return content
        case 6:
            return content[:at] + chance.choice(_LETTERS).encode() + content[at:]
        case _:
            flipped = content[at] ^ (1 << chance.randrange(8))
            return content[:at] + bytes((flipped,)) + content[at + 1 :]


_ODT: Final = (
    '<text:h text:outline-level="1">Redes</text:h><text:p>Hubo <text:span>273</text:span> notas<text:note>'
    "<text:note-body>"
    '<text:p>Nota</text:p></text:note-body></text:note>.<text:s text:c="2"/></text:p><text:list><text:list-item>'
    "<text:p>uno</text:p></text:list-item></text:list><text:p>Tabla 1. Visitas</text:p><table:table>"
    '<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Red</text:p>'
    "</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-rows-spanned="1"><text:p>X</text:p>'
    '</table:table-cell><table:table-cell table:number-columns-repeated="1"><text:p>46</text:p></table:table-cell>'
    "</table:table-row></table:table><text:p><draw:frame><draw:text-box><text:p>Caja</text:p></draw:text-box>"
    "</draw:frame></text:p>"
)
_ODS: Final = (
    '<table:table table:name="Redes"><table:table-row><table:table-cell><text:p>Red</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="2"><text:p>Oct</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-rows-spanned="2"><text:p>X</text:p>'
    '</table:table-cell><table:table-cell office:value-type="float" office:value="46"><text:p>46</text:p>'
    '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row></table:table>'
)


def _make_opendocument(kind: str, body: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
    )
    drawing = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    styles = (
        '<office:automatic-styles><style:style style:name="P1" style:family="paragraph" '
        'style:parent-style-name="Title"/></office:automatic-styles>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            zipfile.ZipInfo("content.xml"),
            f"<office:document-content {spaces} {drawing}>{styles}<office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
        )
    return packed.getvalue()


def make_xls() -> bytes:
    """A small workbook of Excel 97."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def text(words: str) -> bytes:
        return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")

    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + record(0x41E, b"\xa4\x00" + text("#,##0"))
    head += b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 164, 14))
    head += record(0xFC, struct.pack("<II", 2, 2) + text("Red") + text("Itagüí"))
    place = len(head) + 4 + 18 + 4
    head += record(0x85, struct.pack("<IBBBB", place, 0, 0, 5, 1) + "Redes".encode("utf-16-le")) + record(0xA, b"")
    cells = record(0xFD, struct.pack("<3HI", 0, 0, 0, 0)) + record(0xFD, struct.pack("<3HI", 0, 1, 0, 1))
    cells += record(0x203, struct.pack("<3Hd", 1, 0, 1, 34811.0)) + record(
        0x27E, struct.pack("<3HI", 1, 1, 2, 45936 << 2 | 2)
    )
    cells += record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 30, 1, 6, 1)) + record(
        0xE5, struct.pack("<5H", 1, 3, 3, 0, 1)
    )
    cells += record(0x06, struct.pack("<3HB5xHHI", 3, 0, 0, 0, 0xFFFF, 0, 0)) + record(0x207, text("total"))
    book = head + record(0x809, struct.pack("<HH12x", 0x600, 16)) + cells + record(0xA, b"")
    parts = [book.ljust(4096, b"\x00")[at : at + 512] for at in range(0, 4096, 512)]
    directory = b""
    for name, kind, start, size in (("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 0, 4096)):
        raw = name.encode("utf-16-le") + b"\x00\x00"
        directory += raw.ljust(64, b"\x00")
        directory += struct.pack("<HB13x36xIII", len(raw), kind, start, size, 0)
    chains = [*range(1, 8), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I", 0, 1, 8, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 9)
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    return header.ljust(512, b"\xff") + b"".join(parts) + directory.ljust(512, b"\x00") + fat


def _make_plain_pdf() -> bytes:
    """A page without tags, its content not packed: what is spoilt in it reaches the reader."""
    content = (
        "BT /F1 18 Tf 72 720 Td (Informe de redes) Tj ET BT /F1 11 Tf 72 690 Td (Hubo 273 publicaciones.) Tj ET "
        "72 600 200 60 re S 72 630 m 272 630 l S 172 600 m 172 660 l S "
        "BT /F1 10 Tf 80 640 Td (Red) Tj 100 0 Td (Octubre) Tj -100 -30 Td (X) Tj 100 0 Td (46) Tj ET"
    )
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode()
