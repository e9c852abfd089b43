"""Some hundred spoilt documents of every kind, from a seed: each is a Document or one sentence. See bench/fuzz.py.

What is made to harm, not spoilt by chance, has tests of its own below.
"""

from __future__ import annotations

import io
import json
import logging
import random
import time
import warnings
import zipfile
import zlib

import pytest

from pregon.document.model import Document
from pregon.document.serial import document_from_values, document_to_values
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content
from tests.property.mutations import make_seeds, mutate, sample_report

_SEED = 20251231
_EACH = 40
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


@pytest.fixture(scope="module")
def seeds() -> dict[str, bytes]:
    return make_seeds()


KINDS = ("csv", "docx", "html", "md", "ods", "odt", "pdf", "txt", "xls", "xlsx")


def read_or_refuse(content: bytes, name: str) -> Document | None:
    try:
        document = read_content(content, name)
    except UnreadableFile as error:
        sentence = str(error)
        assert "«" in sentence
        assert sentence.endswith((".", "!"))
        return None
    assert document_from_values(json.loads(json.dumps(document_to_values(document)))) == document
    assert document.text.encode() is not None
    return document


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_file_is_read(seeds: dict[str, bytes], kind: str) -> None:
    assert read_content(seeds[f"informe.{kind}"], f"informe.{kind}").blocks


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_a_document_or_a_sentence(seeds: dict[str, bytes], kind: str) -> None:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    read = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # libraries warn of what is broken
        for number in range(_EACH):
            content = mutate(seeds[f"informe.{kind}"], random.Random(f"{_SEED}:{kind}:{number}"))  # noqa: S311 -- to be had again
            read += read_or_refuse(content, f"informe.{kind}") is not None
    assert read  # not everything is refused: the spoilt content does reach the reader


def pack(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def word(body: str) -> bytes:
    return pack(**{"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})


def excel(rows: str, more: str = "", styles: str = "") -> bytes:
    target = f'<Relationship Id="a" Type="{R}/worksheet" Target="sheet1.xml"/>'
    styled = f'<Relationship Id="b" Type="{R}/styles" Target="styles.xml"/>'
    sheet = '<sheet name="H" r:id="a"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return pack(
        **{
            "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{R}"><sheets>{sheet}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{target}{styled}</Relationships>',
            "xl/sheet1.xml": f'<worksheet xmlns="{X}"><sheetData>{rows}</sheetData>{more}</worksheet>',
            "xl/styles.xml": f'<styleSheet xmlns="{X}">{styles}</styleSheet>',
        }
    )


def opendocument(kind: str, body: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "text", "table"))
    return pack(
        mimetype=f"application/vnd.oasis.opendocument.{kind}",
        **{
            "content.xml": f"<office:document-content {spaces}><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>"
        },
    )


def pdf_of(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    stream = b"<</Filter /FlateDecode /Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream"
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        stream,
    )
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(bodies, 1))
        + (b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
    )


CELL = "<w:tc><w:tcPr><w:gridSpan w:val='1000'/></w:tcPr><w:p/></w:tc>"
ATTACKS = {
    "a span of every column, in every row": ("a.docx", word(f"<w:tbl>{f'<w:tr>{CELL}</w:tr>' * 3000}</w:tbl>")),
    "tables inside tables": ("b.docx", word("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80)),
    "deeper than any XML": ("c.docx", word("<w:ins>" * 5000 + "</w:ins>" * 5000)),
    "a million tags": ("d.docx", word("<w:p/>" * 7_000_000)),
    "a rowspan of 99999": (
        "e.html",
        f"<html><table>{'<tr><td rowspan=99999 colspan=99999>7</td></tr>' * 4000}</table>".encode(),
    ),
    "comments that could be parted in endless ways": ("f.txt", b"<!---->" * 1100 + b"<nada"),
    "unclosed tags": ("g.html", b"<html><body>" + b"<table><tr><td>" * 50_000),
    "a number that no memory holds": ("h.xlsx", excel("<row r='1'><c r='A1'><v>9E999999999</v></c></row>")),
    "a number format as long as a book": (
        "i.xlsx",
        excel(
            "<row r='1'>" + "<c s='0'><v>7</v></c>" * 500 + "</row>",
            styles=f"<numFmts><numFmt numFmtId='200' formatCode='{'0' * 500_000}'/></numFmts>"
            "<cellXfs><xf numFmtId='200'/></cellXfs>",
        ),
    ),
    "merged cells over the whole sheet": (
        "j.xlsx",
        excel(
            "<row r='1'><c r='A1'><v>7</v></c></row><row r='1000'><c r='ZZ1000'><v>7</v></c></row>",
            "<mergeCells>" + "<mergeCell ref='A1:XFD1048576'/>" * 2000 + "</mergeCells>",
        ),
    ),
    "a row repeated a million times": (
        "k.ods",
        opendocument(
            "spreadsheet",
            '<table:table table:name="H"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384"><text:p>7</text:p></table:table-cell></table:table-row></table:table>',
        ),
    ),
    "a table that is all header": (
        "r.odt",
        opendocument(
            "text",
            "<table:table><table:table-header-rows>"
            + "<table:table-row><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>" * 6000
            + "</table:table-header-rows><table:table-row><table:table-cell/></table:table-row></table:table>",
        ),
    ),
    "spaces without end": ("l.odt", opendocument("text", '<text:p>a<text:s text:c="999999999"/>b</text:p>' * 50)),
    "lines without end": ("m.txt", b"\na" * 4_000_000),
    "commas without end": ("n.csv", b"," * 8_000_000),
    "bars without end": ("o.md", b"|" * 3_000_000 + b"\n" + b"-|" * 1_500_000),
    "a page that unpacks to a gigabyte": ("p.pdf", pdf_of(b"0 0 m " * 60_000_000)),
    "names of members without end": ("q.docx", pack(**{f"word/{n}.xml": "" for n in range(11_000)})),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_what_is_made_to_harm_ends_soon(what: str) -> None:
    name, content = ATTACKS[what]
    started = time.process_time()
    read_or_refuse(content, name)
    assert time.process_time() - started < 8


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt"])
def test_a_document_type_is_refused_in_any_zipped_kind(kind: str, encoding: str) -> None:
    parts = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        if kind == "odt":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        text = f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPE}<x>&a;&b;</x>'
        archive.writestr(parts[kind], text.encode(encoding))
    with pytest.raises(UnreadableFile) as caught:
        read_content(packed.getvalue(), f"a.{kind}")
    assert caught.value.kind is Why.DAMAGED


def test_the_same_seed_spoils_the_same_bytes(seeds: dict[str, bytes]) -> None:
    one, other = (mutate(seeds["informe.odt"], random.Random("7")) for _ in range(2))  # noqa: S311 -- to be had again
    assert one == other
    assert sample_report().tables
