"""The Word writer, looked at through python-docx and the raw XML: neither is the reader of ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from docx.shared import Cm
from lxml import etree

from pregon.document.model import (
    Cell,
    CellState,
    Chart,
    Document,
    Heading,
    Image,
    Paragraph,
    Picture,
    Properties,
    Role,
    Table,
)
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import word as word_reader
from pregon.writers import word
from pregon.writers.charts import ChartShelf
from pregon.writers.word_tables import column_widths
from tests.property.documents import draw_png

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHELF = ChartShelf()
_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>'

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a document, or blocks, as a Word file."""

    def write_it(content: Document | list[object], template: Path | None = None) -> Path:
        document = content if isinstance(content, Document) else Document(tuple(content))  # type: ignore[arg-type]  # blocks of any kind
        path = tmp_path / "informe.docx"
        word.write(document, path, charts=SHELF, template=template)
        return path

    return write_it


@pytest.fixture(scope="module")
def sample(sample_document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "muestra.docx"
    word.write(sample_document, path, charts=SHELF)
    return path


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def body(path: Path) -> etree._Element:
    return part(path, "word/document.xml")


def shown(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def style_names(path: Path) -> list[str]:
    return [each.style.name or "" for each in docx.Document(str(path)).paragraphs if each.style]


def words(*rows: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(Prose(text)) for text in row.split("|")) for row in rows)


def cell_styles(table: etree._Element) -> list[list[str]]:
    return [
        [next(cell.iter(f"{W}pStyle")).get(f"{W}val", "") for cell in row.iterchildren(f"{W}tc")]
        for row in table.iterchildren(f"{W}tr")
    ]


def test_the_sample_is_read_back_equal(sample: Path, sample_document: Document) -> None:
    assert word_reader.read(sample.read_bytes(), sample.name) == sample_document


def test_the_same_document_gives_the_same_bytes(write: Write, sample: Path, sample_document: Document) -> None:
    assert write(sample_document).read_bytes() == sample.read_bytes()
    with zipfile.ZipFile(sample) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


class TestStyles:
    def test_every_block_has_a_real_style(self, write: Write) -> None:
        roles = [Paragraph(Prose(role.value), role) for role in Role]
        path = write([Heading(0, Prose("Informe")), Heading(1, Prose("Uno")), Heading(2, Prose("Dos")), *roles])
        assert style_names(path) == [
            "Title", "Heading 1", "Heading 2", "Normal", "List Bullet", "Pregón fuente", "Pregón nota", "Subtitle",
            "footnote text", "Pregón recuadro",
        ]  # fmt: skip

    def test_no_style_is_named_that_the_file_lacks(self, sample: Path) -> None:
        known = {style.get(f"{W}styleId") for style in part(sample, "word/styles.xml").iter(f"{W}style")}
        used = set()
        for name in ("document", "header1", "footer1", "header2", "footer2"):
            for tag in ("pStyle", "rStyle", "tblStyle"):
                used |= {node.get(f"{W}val") for node in part(sample, f"word/{name}.xml").iter(f"{W}{tag}")}
        assert used - known == set()
        bases = {node.get(f"{W}val") for node in part(sample, "word/styles.xml").iter(f"{W}basedOn", f"{W}next")}
        assert bases - known == set()

    def test_the_language_is_that_of_colombia(self, sample: Path) -> None:
        (default,) = part(sample, "word/styles.xml").findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        assert default.get(f"{W}val") == "es-CO"
        theme = part(sample, "word/settings.xml").find(f"{W}themeFontLang")
        assert theme is not None
        assert theme.get(f"{W}val") == "es-CO"

    def test_our_faces_have_stand_ins(self, sample: Path) -> None:
        fonts = part(sample, "word/fontTable.xml")
        other = {font.get(f"{W}name"): font.find(f"{W}altName") for font in fonts}
        assert {name: None if node is None else node.get(f"{W}val") for name, node in other.items()} == {
            "Source Serif 4": "Georgia",
            "Public Sans": "Segoe UI",
        }

    def test_letter_page_with_the_margins_of_the_printed_report(self, sample: Path) -> None:
        section = docx.Document(str(sample)).sections[0]
        assert (section.page_width, section.page_height) == (12240 * 635, 15840 * 635)
        assert section.left_margin is not None
        assert abs(section.left_margin - Cm(2.4)) < 1000


class TestTables:
    def test_headers_repeat_and_rows_stay_whole(self, write: Write) -> None:
        table = Table(words("Red|Octubre", "X|46", "Facebook|44"), header_rows=1, header_columns=1)
        rows = list(body(write([table])).iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)

    def test_figures_at_the_right_and_words_at_the_left(self, write: Write) -> None:
        table = Table(
            words("Red|Octubre|Nota|Fecha", "X|34.811|buena|6 oct 2025", "Y|sin dato|mala|7 oct 2025"),
            header_rows=1,
            header_columns=1,
        )
        path = write([table])
        assert cell_styles(next(body(path).iter(f"{W}tbl"))) == [
            ["PregonEsquina", "PregonEncabezadoNumero", "PregonEncabezado", "PregonEncabezado"],
            ["PregonFila", "PregonNumero", "PregonCelda", "PregonCelda"],
            ["PregonFila", "PregonNumero", "PregonCelda", "PregonCelda"],
        ]
        for code in ("PregonNumero", "PregonEncabezadoNumero"):
            (style,) = [each for each in part(path, "word/styles.xml") if each.get(f"{W}styleId") == code]
            side = style.find(f"{W}pPr/{W}jc")
            assert side is not None
            assert side.get(f"{W}val") == "right"

    def test_what_is_absent_has_its_own_style(self, write: Write) -> None:
        states = [
            Cell(Prose("sin dato"), state=CellState.NO_DATA),
            Cell(Prose("no sumable"), state=CellState.NOT_ADDABLE),
        ]
        table = Table(((Cell(Prose("7")), *states),))
        runs = [node.get(f"{W}val") for node in body(write([table])).iter(f"{W}rStyle")]
        assert runs == ["PregonSinDato", "PregonEstado"]

    def test_totals_stand_out(self, write: Write) -> None:
        table = Table(words("Red|Octubre|Total", "X|4|4", "Total|4|4"), 1, 1, total_rows=1, total_columns=1)
        rows = list(body(write([table])).iter(f"{W}tr"))
        strong = [[cell.find(f".//{W}rStyle") is not None for cell in row.iter(f"{W}tc")] for row in rows]
        assert strong == [[False, False, False], [False, False, True], [True, True, True]]

    def test_merged_cells_as_word_says_them(self, write: Write) -> None:
        table = Table(((Cell(Prose("a"), 2, 2), Cell(Prose("b"))), (Cell(Prose("c")),)))
        first, second = body(write([table])).iter(f"{W}tr")
        merges = [[cell.find(f"{W}tcPr/{W}vMerge") for cell in row.iter(f"{W}tc")] for row in (first, second)]
        assert [[None if node is None else node.get(f"{W}val", "") for node in row] for row in merges] == [
            ["restart", None],
            ["", None],
        ]
        assert [node.get(f"{W}val") for node in body(write([table])).iter(f"{W}gridSpan")] == ["2", "2"]

    def test_two_tables_that_touch_stay_two(self, write: Write) -> None:
        read = docx.Document(str(write([Table(words("1")), Table(words("2"))])))
        assert [table.cell(0, 0).text for table in read.tables] == ["1", "2"]
        following = read.tables[0]._tbl.getnext()
        assert following is not None
        assert following.tag == f"{W}p"

    def test_a_cell_ends_in_a_paragraph_after_its_table(self, write: Write) -> None:
        table = Table(((Cell(Prose("Detalle"), tables=(Table(words("8")),)),),))
        cell = next(body(write([table])).iter(f"{W}tc"))
        assert [node.tag.removeprefix(W) for node in cell] == ["tcPr", "p", "tbl", "p"]

    @pytest.mark.parametrize(
        "rows",
        [
            ("a",),
            ("Red|Octubre|Total", "Facebook|44|94"),
            ("N.º|Qué falta|Fecha", "1|" + "una frase larga " * 20 + "|15 ene 2026"),
            ("|".join(["columna larga"] * 12), "|".join(["34.811"] * 12)),
            ("huella|" + "a" * 64, "x|" + "b" * 64),
        ],
    )
    def test_columns_fill_the_page_exactly(self, rows: tuple[str, ...]) -> None:
        widths = column_widths(Table(words(*rows), header_rows=len(rows) - 1), 9518)
        assert sum(widths) == 9518
        assert min(widths) > 300

    def test_a_date_keeps_to_one_line(self) -> None:
        table = Table(
            words("Qué|Quién|Fecha", "una frase muy larga que pide mucho sitio " * 3 + "|Andrés Tobón|20 ene 2026")
        )
        assert column_widths(table, 9518)[2] >= 11 * 98


class TestCaptionsAndContents:
    def test_numbers_are_fields_with_their_result(self, write: Write) -> None:
        path = write([Table(words("1"), caption="Uno", number=1), Table(words("2"), caption="Dos", number=2)])
        fields = [(node.get(f"{W}instr"), shown(node)) for node in body(path).iter(f"{W}fldSimple")]
        assert fields == [(" SEQ Tabla \\* ARABIC ", "1"), (" SEQ Tabla \\* ARABIC ", "2")]
        captions = [node.getparent() for node in body(path).iter(f"{W}fldSimple")]
        assert [shown(node) for node in captions if node is not None] == ["Tabla 1. Uno", "Tabla 2. Dos"]

    def test_a_number_out_of_turn_is_kept(self, write: Write) -> None:
        blocks = [Table(words("1"), caption="Uno", number=7), Table(words("2"), caption="Dos", number=8)]
        fields = [node.get(f"{W}instr") for node in body(write(blocks)).iter(f"{W}fldSimple")]
        assert fields == [" SEQ Tabla \\* ARABIC \\r 7 ", " SEQ Tabla \\* ARABIC "]

    def test_contents_link_to_every_section(self, sample: Path) -> None:
        root = body(sample)
        (contents,) = root.iter(f"{W}sdt")
        gallery = contents.find(f".//{W}docPartGallery")
        assert gallery is not None
        assert gallery.get(f"{W}val") == "Table of Contents"
        assert ' TOC \\o "1-2" \\h \\z \\u ' in [node.text for node in contents.iter(f"{W}instrText")]
        marks = {node.get(f"{W}name"): node.getparent() for node in root.iter(f"{W}bookmarkStart")}
        links = list(contents.iter(f"{W}hyperlink"))
        assert [shown(link) for link in links] == [
            "Resumen", "Redes sociales", "Audiencia", "Evidencias",
        ]  # fmt: skip
        for link in links:
            heading = marks[link.get(f"{W}anchor")]
            assert heading is not None
            assert shown(heading) == shown(link)

    def test_every_field_that_opens_closes(self, sample: Path) -> None:
        kinds = [node.get(f"{W}fldCharType") for node in body(sample).iter(f"{W}fldChar")]
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 5

    def test_the_note_of_the_cover_sinks_to_its_foot_and_is_read_in_its_place(self, write: Write) -> None:
        blocks = (
            Heading(0, Prose("Informe")),
            Paragraph(Prose("Aparte"), Role.NOTE),
            Paragraph(Prose("Periodo"), Role.SUBTITLE),
            Paragraph(Prose("Este informe se revisó a sí mismo."), Role.NOTE),
            Heading(1, Prose("Uno")),
            Paragraph(Prose("Otra nota"), Role.NOTE),
        )
        path = write(Document(blocks))
        framed = [shown(each) for each in body(path).iter(f"{W}p") if each.find(f"{W}pPr/{W}framePr") is not None]
        assert framed == ["Este informe se revisó a sí mismo."]
        assert word_reader.read(path.read_bytes(), path.name).blocks == blocks

    def test_no_contents_without_a_cover(self, write: Write) -> None:
        path = write([Heading(1, Prose("Uno")), Heading(1, Prose("Dos"))])
        assert list(body(path).iter(f"{W}sdt")) == []
        assert list(body(path).iter(f"{W}pageBreakBefore")) == []


class TestMargins:
    def test_the_documents_lines_and_the_page_of_how_many(self, sample: Path) -> None:
        file = docx.Document(str(sample))
        section = file.sections[0]
        assert section.different_first_page_header_footer
        assert section.header.paragraphs[0].text == "Personería de Peñaclara\tFO-COM-012 · versión 3"
        assert section.first_page_header.paragraphs[0].text == ""
        for story in (section.footer, section.first_page_footer):
            (line,) = story.paragraphs
            assert line.text.startswith("Informe de comunicaciones, cuarto trimestre de 2025\tPágina ")
            assert [node.get(f"{W}instr") for node in line._p.iter(f"{W}fldSimple")] == [" PAGE ", " NUMPAGES "]

    def test_properties_and_no_date_of_the_machine(self, sample: Path) -> None:
        core = docx.Document(str(sample)).core_properties
        assert (core.title, core.author, core.identifier, core.version, core.subject, core.language) == (
            "Informe de comunicaciones", "Personería de Peñaclara", "FO-COM-012", "3", "2025-T4", "es-CO",
        )  # fmt: skip
        assert (core.created, core.modified, core.last_modified_by) == (None, None, "")

    def test_a_property_longer_than_python_docx_takes(self, write: Write) -> None:
        document = Document((), Properties(title="título " * 60))
        assert word_reader.read(write(document).read_bytes(), "x").properties.title == "título " * 60


class TestPictures:
    def test_a_chart_is_its_svg_with_a_png_of_it(self, sample: Path, sample_document: Document) -> None:
        (chart,) = (
            block.drawing
            for block in sample_document.blocks
            if isinstance(block, Picture) and isinstance(block.drawing, Chart)
        )
        inline = next(body(sample).iter(f"{PLACE}inline"))
        relations = {node.get("Id"): node.get("Target") for node in part(sample, "word/_rels/document.xml.rels")}
        blip = next(inline.iter(f"{DRAWING}blip"))
        vector = next(node for node in blip.iter() if str(node.tag).endswith("svgBlip"))
        with zipfile.ZipFile(sample) as archive:
            assert archive.read(f"word/{relations[blip.get(f'{OFFICE}embed')]}").startswith(b"\x89PNG")
            assert archive.read(f"word/{relations[vector.get(f'{OFFICE}embed')]}").decode() == SHELF.svg(chart)
        named = next(inline.iter(f"{PLACE}docPr"))
        assert named.get("descr") == "Facebook: 44, 24 y 26. Instagram: 44, 22 y 23. X: 46, 19 y 25."

    def test_a_picture_is_never_wider_than_the_text_nor_larger_than_itself(self, write: Write) -> None:
        import PIL.Image

        blocks: list[object] = []
        for size in ((4000, 100), (40, 20)):
            buffer = io.BytesIO()
            PIL.Image.new("RGB", size).save(buffer, "PNG", dpi=(96, 96))
            blocks.append(Picture("Captura", drawing=Image(buffer.getvalue())))
        sizes = [(node.get("cx"), node.get("cy")) for node in body(write(blocks)).iter(f"{PLACE}extent")]
        assert sizes == [(str(9518 * 635), str(round(9518 * 635 / 40))), (str(40 * 9525), str(20 * 9525))]

    @pytest.mark.parametrize(
        "image",
        [
            None,
            Image(b"no es una imagen"),
            Image(draw_png()[:30]),
            Image(b"<svg", "image/svg+xml"),
            Image(_DRAWING.replace(b"<rect", b'<image href="file:///etc/hostname"/><rect'), "image/svg+xml"),
        ],
    )
    def test_one_that_cannot_be_drawn_keeps_its_words(self, write: Write, image: Image | None) -> None:
        picture = Picture("Captura de octubre", "La sede", 1, image)
        assert word_reader.read(write([picture]).read_bytes(), "x").blocks == (picture,)

    def test_a_drawing_in_svg_comes_with_its_png(self, write: Write) -> None:
        path = write([Picture("Escudo", drawing=Image(_DRAWING, "image/svg+xml"))])
        with zipfile.ZipFile(path) as archive:
            content = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
        assert [name for name in content if name.endswith(".svg")] == ["word/media/vector9001.svg"]
        assert content["word/media/vector9001.svg"] == _DRAWING
        assert [(node.get("cx"), node.get("cy")) for node in body(path).iter(f"{PLACE}extent")] == [
            (str(30 * 9525), str(20 * 9525))
        ]

    def test_kinds_that_word_does_not_know_are_converted(self, write: Write) -> None:
        import PIL.Image

        buffer = io.BytesIO()
        PIL.Image.new("RGB", (30, 20), "teal").save(buffer, "WEBP")
        path = write([Picture("Captura", drawing=Image(buffer.getvalue(), "image/webp"))])
        with zipfile.ZipFile(path) as archive:
            (name,) = [each for each in archive.namelist() if each.startswith("word/media/")]
            assert PIL.Image.open(io.BytesIO(archive.read(name))).size == (30, 20)


class TestOddText:
    def test_what_no_file_can_hold_is_left_out(self, write: Write) -> None:
        path = write([Paragraph(Prose("Hubo\x00 273\x0b publicaciones\ud800."))])
        assert docx.Document(str(path)).paragraphs[0].text == "Hubo 273 publicaciones."

    def test_breaks_and_tabs_in_a_paragraph(self, write: Write) -> None:
        path = write([Paragraph(Prose("Uno\ndos\ttres"))])
        assert docx.Document(str(path)).paragraphs[0].text == "Uno\ndos\ttres"

    def test_syntax_is_text(self, write: Write) -> None:
        text = "<w:p> & \"'> «&amp;» {{informe}}"
        assert docx.Document(str(write([Paragraph(Prose(text))]))).paragraphs[0].text == text


class TestTemplate:
    @pytest.fixture
    def office(self, tmp_path: Path) -> Callable[[list[str]], Path]:
        """An office's file with its own heading style, header, page and text."""

        def make(lines: list[str]) -> Path:
            file: WordFile = docx.Document()
            file.styles["Heading 1"].font.name = "Arial"
            file.sections[0].left_margin = file.sections[0].right_margin = Cm(4)
            file.sections[0].header.paragraphs[0].text = "Alcaldía de Peñaclara"
            for line in lines:
                file.add_paragraph(line)
            path = tmp_path / "oficina.docx"
            file.save(str(path))
            return path

        return make

    def test_the_report_goes_where_the_marker_stands(
        self, write: Write, office: Callable[[list[str]], Path], sample_document: Document
    ) -> None:
        path = write(sample_document, office(["Señores", "{{informe}}", "Atentamente"]))
        read = word_reader.read(path.read_bytes(), path.name)
        first, *middle, last = read.blocks
        assert (first, tuple(middle), last) == (
            Paragraph(Prose("Señores")),
            sample_document.blocks,
            Paragraph(Prose("Atentamente")),
        )
        assert read.header == ("Alcaldía de Peñaclara",)
        assert read.properties == sample_document.properties

    def test_without_a_marker_it_follows_what_is_there(self, write: Write, office: Callable[[list[str]], Path]) -> None:
        path = write([Heading(1, Prose("Eventos"))], office(["Señores"]))
        assert [each.text for each in docx.Document(str(path)).paragraphs] == ["Señores", "Eventos"]

    def test_the_offices_styles_and_page_stay_and_ours_come_without_their_face(
        self, write: Write, office: Callable[[list[str]], Path]
    ) -> None:
        path = write([Heading(1, Prose("Eventos")), Table(words("a|1"))], office([]))
        file = docx.Document(str(path))
        assert file.paragraphs[0].style is not None
        assert file.paragraphs[0].style.font.name == "Arial"
        assert "Pregón celda" in [style.name for style in file.styles]
        assert b"Public Sans" not in etree.tostring(part(path, "word/styles.xml"))
        widths = [int(node.get(f"{W}w", "0")) for node in body(path).iter(f"{W}gridCol")]
        assert sum(widths) == 12240 - 2 * 2268

    def test_a_template_without_lists_gets_one(self, write: Write, tmp_path: Path) -> None:
        plain = tmp_path / "llana.docx"
        main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
        )
        with zipfile.ZipFile(plain, "w") as archive:
            archive.writestr(
                "[Content_Types].xml",
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{kind}.template.main+xml"/></Types>',
            )
            archive.writestr(
                "_rels/.rels",
                relations.format(f'<Relationship Id="a" Type="{office}/officeDocument" Target="word/document.xml"/>'),
            )
            archive.writestr("word/document.xml", f"<w:document {main}><w:body><w:p/></w:body></w:document>")
        item = Paragraph(Prose("Facebook: 94 publicaciones"), Role.ITEM)
        path = write([item], plain.rename(tmp_path / "llana.dotx"))
        assert word_reader.read(path.read_bytes(), path.name).blocks == (item,)
        number = part(path, "word/numbering.xml").find(f"{W}num")
        listed = part(path, "word/styles.xml").find(f".//{W}numId")
        assert number is not None
        assert listed is not None
        assert number.get(f"{W}numId") == listed.get(f"{W}val")

    def refuse(self, write: Write, template: Path) -> UnreadableFile:
        with pytest.raises(UnreadableFile) as caught:
            write([Heading(1, Prose("Eventos"))], template)
        return caught.value

    def test_macros_are_refused(self, write: Write, office: Callable[[list[str]], Path]) -> None:
        path = office([])
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"...")
        error = self.refuse(write, path)
        assert error.kind is Why.WRONG_KIND
        assert str(error) == (
            "«oficina.docx» tiene macros y no puede ser la plantilla. Guárdela en Word como .docx y elija ese archivo."
        )

    def test_what_is_no_whole_word_file_is_refused(
        self, write: Write, office: Callable[[list[str]], Path], tmp_path: Path
    ) -> None:
        path = office(["texto"])
        path.write_bytes(path.read_bytes()[:2000])
        assert self.refuse(write, path).kind is Why.DAMAGED
        with zipfile.ZipFile(tmp_path / "otra.docx", "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
        assert str(self.refuse(write, tmp_path / "otra.docx")) == (
            "«otra.docx» no es un archivo de Word. Elija como plantilla un .docx."
        )
        assert self.refuse(write, tmp_path / "no-está.docx").kind is Why.MISSING


def test_a_document_that_was_read_can_be_written(write: Write, sample: Path, sample_document: Document) -> None:
    read = word_reader.read(sample.read_bytes(), sample.name)
    again = word_reader.read(write(replace(read, source="")).read_bytes(), "otra.docx")
    assert replace(again, properties=sample_document.properties) == sample_document
