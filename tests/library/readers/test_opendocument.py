"""OpenDocument: texts and sheets as LibreOffice keeps them, made here by hand and by LibreOffice itself."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pregon.document.model import Block, Cell, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content, read_document
from pregon.writers import write_document

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
        ("config", "config"),
    )
)
KIND = "application/vnd.oasis.opendocument."
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")


def pack(kind: str, body: str, automatic: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", KIND + kind)
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return packed.getvalue()


def read_text(body: str, automatic: str = "", parts: Mapping[str, str] | None = None) -> Document:
    return read_content(pack("text", body, automatic, parts), "informe.odt")


def read_sheets(body: str, automatic: str = "", parts: Mapping[str, str] | None = None) -> Document:
    return read_content(pack("spreadsheet", body, automatic, parts), "cifras.ods")


def refuse(content: bytes, name: str) -> tuple[Why, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_content(content, name)
    return caught.value.kind, str(caught.value)


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def td(words: str = "", more: str = "") -> str:
    return f"<table:table-cell {more}>{p(words) if words else ''}</table:table-cell>"


def tr(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


class TestText:
    def test_headings_paragraphs_and_lists(self) -> None:
        body = (
            p("Informe", "P1")
            + '<text:h text:outline-level="2">Redes</text:h>'
            + p("Hubo 273 <text:span>publicaciones</text:span>.")
            + "<text:list><text:list-item>"
            + p("Facebook: 94")
            + "<text:list><text:list-item>"
            + p("octubre")
            + "</text:list-item></text:list></text:list-item></text:list>"
        )
        automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        assert read_text(body, automatic).blocks == (
            Heading(0, Prose("Informe")),
            Heading(2, Prose("Redes")),
            Paragraph(Prose("Hubo 273 publicaciones.")),
            Paragraph(Prose("Facebook: 94"), Role.ITEM),
            Paragraph(Prose("octubre"), Role.ITEM),
        )

    def test_blanks_are_as_the_format_says(self) -> None:
        body = p("  uno \n dos<text:s text:c='3'/>tres<text:tab/>cuatro<text:line-break/> cinco ")
        assert read_text(body).text == "uno dos   tres\tcuatro\ncinco"

    def test_deleted_and_hidden_text_and_comments_are_left_out(self) -> None:
        body = (
            "<text:tracked-changes><text:changed-region><text:deletion>"
            + p("179")
            + "</text:deletion></text:changed-region></text:tracked-changes>"
            + p(
                "Hubo <text:change/>273<office:annotation>"
                + p("¿seguro?")
                + '</office:annotation><text:span text:style-name="T1"> ocultas</text:span>.'
            )
        )
        hidden = '<style:text-properties text:display="none"/>'
        automatic = f'<style:style style:name="T1" style:family="text">{hidden}</style:style>'
        document = read_text(body, automatic)
        assert document.text == "Hubo 273."
        assert document.remarks == (
            "El documento tiene texto oculto; no se leyó.",
            "El documento tiene cambios sin aceptar; se leyó como si ya estuvieran aceptados.",
        )

    def test_notes_boxes_pictures_and_indexes(self) -> None:
        note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
        body = (
            "<text:table-of-content><text:index-body>"
            + p("Redes … 3")
            + "</text:index-body></text:table-of-content>"
            + p("273" + note.format(p("Sin repetidos")) + " en total")
            + p("<draw:frame><draw:text-box>" + p("Recuadro") + "</draw:text-box></draw:frame>")
            + p("<draw:frame><draw:image/><svg:desc>La sede</svg:desc></draw:frame>")
            + p("Figura 1. Fachada")
        )
        assert read_text(body).blocks == (
            Paragraph(Prose("273 en total")),
            Paragraph(Prose("Sin repetidos"), Role.FOOTNOTE),
            Paragraph(Prose("Recuadro"), Role.TEXT_BOX),
            Picture("La sede", "Fachada", 1),
        )

    def test_tables_with_merged_repeated_and_nested_cells(self) -> None:
        inner = "<table:table>" + tr(td("dentro")) + "</table:table>"
        body = (
            p("Tabla 4. Visitas")
            + "<table:table><table:table-header-rows>"
            + tr(td("Red", 'table:number-rows-spanned="2"'), td("Alcance", 'table:number-columns-spanned="2"'))
            + "</table:table-header-rows>"
            + tr("<table:covered-table-cell/>", td("0", 'table:number-columns-repeated="2"'))
            + tr(td("X"), td("46", ""), f"<table:table-cell>{p('19')}{p('más')}{inner}</table:table-cell>")
            + "</table:table>"
        )
        table = read_text(body).blocks[0]
        assert table == Table(
            (
                (Cell(Prose("Red"), 2), Cell(Prose("Alcance"), 1, 2)),
                (Cell(Prose("0")), Cell(Prose("0"))),
                (
                    Cell(Prose("X")),
                    Cell(Prose("46")),
                    Cell(Prose("19\nmás"), tables=(Table(((Cell(Prose("dentro")),),)),)),
                ),
            ),
            header_rows=1,
            caption="Visitas",
            number=4,
        )

    def test_header_and_footer_without_page_numbers(self) -> None:
        margin = "<style:{0}>{1}</style:{0}>"
        styles = (
            f"<office:document-styles {SPACES}><office:master-styles><style:master-page style:name='Standard'>"
            + margin.format("header", p("Secretaría<text:tab/>GC-INF-02"))
            + margin.format("footer", p("Página <text:page-number>1</text:page-number> de <text:page-count/>"))
            + "</style:master-page><style:master-page style:name='Otra'>"
            + margin.format("header", p("No se usa"))
            + "</style:master-page></office:master-styles></office:document-styles>"
        )
        document = read_text(p("Texto"), parts={"styles.xml": styles})
        assert (document.header, document.footer) == (("Secretaría", "GC-INF-02"), ())


class TestSheets:
    def test_cells_show_what_they_print(self) -> None:
        number = 'office:value-type="float" office:value="34811"'
        body = (
            '<table:table table:name="Redes">'
            + tr(td("Red"), td("Octubre"))
            + tr(td("X"), td("34.811", number))
            + tr(td("Facebook"), td("", 'office:value-type="float" office:value="44.5"'))
            + tr(td("", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048000"')
            + "</table:table>"
        )
        document = read_sheets(body)
        assert document.blocks[0] == Heading(1, Prose("Redes"))
        assert texts(only_table(document)) == [["Red", "Octubre"], ["X", "34.811"], ["Facebook", "44,5"]]

    def test_repeated_rows_and_cells_and_merged_ones(self) -> None:
        body = (
            '<table:table table:name="H">'
            + tr(td("A", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
            + tr(td("1"), td("2"), more='table:number-rows-repeated="2"')
            + "</table:table>"
        )
        table = only_table(read_sheets(body))
        assert texts(table) == [["A"], ["1", "2"], ["1", "2"]]
        assert table.rows[0][0].column_span == 2

    def test_hidden_sheets_and_lines_are_said(self) -> None:
        automatic = (
            '<style:style style:name="ta2" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>'
        )
        body = (
            '<table:table table:name="Uno">'
            + tr(td("a"), td("1"), more='table:visibility="collapse"')
            + tr(td("b"), td("2"))
            + '</table:table><table:table table:name="Dos" table:style-name="ta2">'
            + tr(td("secreto"))
            + "</table:table>"
        )
        document = read_sheets(body, automatic)
        assert "secreto" not in document.text
        assert document.remarks == (
            "La hoja «Dos» está oculta y no se leyó.",
            "La hoja «Uno» tiene filas o columnas ocultas; también se leyeron.",
        )

    def test_an_empty_one(self) -> None:
        assert refuse(pack("spreadsheet", '<table:table table:name="H"/>'), "cifras.ods")[0] is Why.EMPTY


class TestBounds:
    @pytest.mark.parametrize(
        "row",
        [
            tr(td("7", 'table:number-columns-repeated="16000"'), more='table:number-rows-repeated="1048576"'),
            tr(td("7"), more='table:number-rows-repeated="999999999999"'),
            tr(td("7", 'table:number-columns-spanned="1000000"')) * 300,
        ],
    )
    @pytest.mark.parametrize("kind", ["text", "spreadsheet"])
    def test_what_asks_for_too_many_cells_is_refused_or_bounded(self, kind: str, row: str) -> None:
        content = pack(kind, f'<table:table table:name="H">{row}</table:table>')
        try:
            document = read_content(content, "grande.odt")
        except UnreadableFile as error:
            assert error.kind is Why.TOO_LARGE  # noqa: PT017 -- either answer is right
        else:
            assert sum(len(line) for table in document.tables for line in table.spread) <= 400_000

    def test_a_document_type_is_refused(self) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("mimetype", KIND + "text")
            archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>')
        assert refuse(packed.getvalue(), "informe.odt") == (
            Why.DAMAGED,
            (
                "No pudimos leer «informe.odt»: está dañado o incompleto. "
                "Ábralo en LibreOffice, guárdelo otra vez y súbalo."
            ),
        )

    @pytest.mark.parametrize(
        "parts",
        [
            {"META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"},
            {"encrypted-package": "…"},
        ],
    )
    def test_a_password(self, parts: Mapping[str, str]) -> None:
        assert refuse(pack("text", p("x"), parts=parts), "informe.odt") == (
            Why.PASSWORD,
            "«informe.odt» tiene contraseña. Quítela en LibreOffice (Archivo, Propiedades) y súbalo de nuevo.",
        )


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory, sample_document: Document) -> Path:
    """Our own report in Word and Excel, saved by LibreOffice in its formats and in the old ones of Office."""
    folder = tmp_path_factory.mktemp("converted")
    for suffix, kinds in ((".docx", ("odt", "doc")), (".xlsx", ("ods", "xls"))):
        write_document(sample_document, folder / f"informe{suffix}")
        for kind in kinds:
            command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", kind, "--outdir", str(folder), str(folder / f"informe{suffix}")]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def figures(document: Document) -> list[list[list[str]]]:
    return [texts(table) for table in document.tables]


@needs_office
class TestFilesOfLibreOffice:
    @pytest.mark.parametrize("kind", ["odt", "doc"])
    def test_a_report_has_the_same_words_and_tables(
        self, converted: Path, sample_document: Document, kind: str
    ) -> None:
        document = read_document(converted / f"informe.{kind}")
        assert figures(document) == figures(sample_document)
        said = {block.text for block in document.blocks if isinstance(block, Heading | Paragraph)}
        assert {block.text for block in sample_document.blocks if isinstance(block, Heading | Paragraph)} <= said

    def test_headings_keep_their_levels(self, converted: Path, sample_document: Document) -> None:
        def levels(blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
            return [(block.level, block.text) for block in blocks if isinstance(block, Heading)]

        document = read_document(converted / "informe.odt")
        assert levels(document.blocks) == levels(sample_document.blocks)

    @pytest.mark.parametrize("kind", ["ods", "xls"])
    def test_a_workbook_has_the_same_cells(self, converted: Path, kind: str) -> None:
        shown = read_document(converted / f"informe.{kind}").text
        for words in ("Facebook", "Instagram", "Total por mes", "94"):
            assert words in shown
