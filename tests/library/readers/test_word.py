"""The Word reader on files written by hand, one strange thing at a time, and on the reference report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pregon.document.model import Document, Heading, Paragraph, Picture, Properties, Role, Table
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content, word

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "informe-2025-T4.docx"

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="Ttulo"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Propio"><w:name w:val="Mi título"/><w:basedOn w:val="Ttulo1"/></w:style>
<w:style w:type="paragraph" w:styleId="SinNivel"><w:name w:val="Portada"/><w:basedOn w:val="Ttulo1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T3"><w:name w:val="Título 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Vietas"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Descripcin"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TDC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Fuente"><w:name w:val="Pregón fuente"/></w:style>
<w:style w:type="paragraph" w:styleId="Rueda"><w:name w:val="Rueda"/><w:basedOn w:val="Rueda"/></w:style>
"""


def make_docx(body: str, parts: Mapping[str, str] | None = None, section: str = "", styles: str = STYLES) -> bytes:
    """A Word file with that body; `parts` are further ones by name («footnotes»), as the inside of their root."""
    parts = parts or {}
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name.rstrip("123")}" Target="{name}.xml"/>'
        for name in ("styles", *parts)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f"<w:document {SPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>",
        )
        archive.writestr("word/styles.xml", f"<w:styles {SPACES}>{styles}</w:styles>")
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        )
        for name, inside in parts.items():
            root = roots.get(name.rstrip("123"), name)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {SPACES}>{inside}</w:{root}>")
    return stream.getvalue()


def read(body: str, parts: Mapping[str, str] | None = None, section: str = "") -> Document:
    return word.read(make_docx(body, parts, section), "informe.docx")


def p(inside: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text)) if text else '<w:p/>'}</w:tc>"


def tbl(*rows: str, look: str = "") -> str:
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(alt: str) -> str:
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Imagen 1" descr="{alt}"/></wp:inline></w:drawing></w:r>'


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]


def rows(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    return [[cell.text for cell in row] for row in table.rows]


class TestHeadingsAndRoles:
    def test_plain_paragraphs_stay_paragraphs(self) -> None:
        document = read(p(r("Uno")) + p("") + p(r("  ")) + p(r("Dos")))
        assert [block for block in document.blocks if not isinstance(block, Paragraph)] == []
        assert texts(document) == ["Uno", "Dos"]

    @pytest.mark.parametrize(
        ("style", "level"), [("Ttulo", 0), ("Ttulo1", 1), ("Propio", 1), ("T3", 3), ("Heading 2", 2)]
    )
    def test_a_heading_is_told_by_its_name_its_outline_or_what_it_is_based_on(self, style: str, level: int) -> None:
        (block,) = read(p(r("Eventos"), style)).blocks
        assert isinstance(block, Heading)
        assert block.level == level

    def test_a_style_may_undo_the_level_of_its_base(self) -> None:
        (block,) = read(p(r("Portada"), "SinNivel")).blocks
        assert isinstance(block, Paragraph)

    def test_a_paragraph_may_set_its_own_level(self) -> None:
        (block,) = read(p(r("Anexos"), more='<w:outlineLvl w:val="1"/>')).blocks
        assert isinstance(block, Heading)
        assert block.level == 2

    def test_styles_based_on_each_other_end(self) -> None:
        assert texts(read(p(r("Vuelta"), "Rueda"))) == ["Vuelta"]

    def test_lists_by_style_or_by_number_and_one_taken_out_of_the_list(self) -> None:
        listed = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
        body = p(r("a"), "Vietas") + p(r("b"), more=listed.format(7)) + p(r("c"), "Vietas", listed.format(0))
        roles = [block.role for block in read(body).blocks if isinstance(block, Paragraph)]
        assert roles == [Role.ITEM, Role.ITEM, Role.BODY]

    def test_our_own_roles(self) -> None:
        (block,) = read(p(r("Fuente: registro."), "Fuente")).blocks
        assert isinstance(block, Paragraph)
        assert block.role is Role.SOURCE


class TestText:
    def test_plain_text_as_it_stands(self) -> None:
        assert texts(read(p(r("Hubo 273 publicaciones. ") + r("94 en Facebook.")))) == [
            "Hubo 273 publicaciones. 94 en Facebook."
        ]

    def test_inserted_counts_and_deleted_does_not(self) -> None:
        deleted = "<w:del><w:r><w:delText>36</w:delText></w:r></w:del>"
        moved = f"<w:moveFrom>{r('lejos')}</w:moveFrom><w:moveTo>{r(' aquí')}</w:moveTo>"
        document = read(p(r("Total: ") + deleted + f"<w:ins>{r('37')}</w:ins>" + moved))
        assert texts(document) == ["Total: 37 aquí"]
        assert document.remarks == ("El documento tiene cambios sin aceptar; se leyó como si ya estuvieran aceptados.",)

    def test_breaks_tabs_hyphens_and_symbols(self) -> None:
        inside = (
            "<w:r><w:t>Uno</w:t><w:br/><w:t>dos</w:t><w:tab/><w:t>tres</w:t><w:br w:type='page'/>"
            "<w:t>cua</w:t><w:softHyphen/><w:t>tro</w:t><w:noBreakHyphen/><w:t>cinco</w:t>"
            "<w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='F0B1'/></w:r>"
        )
        assert texts(read(p(inside))) == ["Uno\ndos\ttrescuatro-cinco✓±"]

    def test_an_unknown_symbol_leaves_its_trace(self) -> None:
        assert texts(read(p("<w:r><w:t>a</w:t><w:sym w:font='Wingdings' w:char='F021'/></w:r>"))) == [
            "a\N{REPLACEMENT CHARACTER}"
        ]

    def test_links_controls_equations_and_the_fallback_counted_once(self) -> None:
        inside = (
            f'<w:hyperlink r:id="x">{r("enlace ")}</w:hyperlink>'
            f"<w:sdt><w:sdtContent>{r('control ')}</w:sdtContent></w:sdt>"
            "<m:oMath><m:r><m:t>n=3 </m:t></m:r></m:oMath>"
            f'<mc:AlternateContent><mc:Choice Requires="wps">{r("una vez")}</mc:Choice>'
            f"<mc:Fallback>{r('dos veces')}</mc:Fallback></mc:AlternateContent>"
        )
        assert texts(read(p(inside))) == ["enlace control n=3 una vez"]

    def test_hidden_text_is_left_out_and_said(self) -> None:
        document = read(p(r("Se ve") + r(" y esto no", "<w:vanish/>") + r(".", '<w:vanish w:val="0"/>')))
        assert texts(document) == ["Se ve."]
        assert document.remarks == ("El documento tiene texto oculto; no se leyó.",)

    def test_field_results_are_text_and_page_numbers_are_not(self) -> None:
        simple = f'<w:fldSimple w:instr=" REF marca ">{r("tabla 2")}</w:fldSimple>'
        body = p(r("Vea la ") + simple + r(" y ") + field("HYPERLINK x", r("el sitio"))) + p(
            r("Página ") + field("PAGE", r("4")) + r(" de ") + field("NUMPAGES", r("9"))
        )
        assert texts(read(body)) == ["Vea la tabla 2 y el sitio"]

    def test_a_field_inside_the_instruction_of_another_prints_nothing(self) -> None:
        nested = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> = </w:instrText></w:r>'
            + field("NUMPAGES", r("9"))
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + r("8")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        assert texts(read(p(r("Son ") + nested))) == ["Son 8"]


class TestContents:
    def test_the_table_of_contents_is_not_read_twice_over(self) -> None:
        control = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p(r('Contenido'))}{p(r('1. Eventos 3'))}</w:sdtContent></w:sdt>"
        )
        by_style = p(r("1. Eventos 3"), "TDC1")
        assert texts(read(control + by_style + p(r("1. Eventos"), "Ttulo1"))) == ["1. Eventos"]

    def test_a_contents_field_over_several_paragraphs(self) -> None:
        opening = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        body = p(opening + r("1. Eventos 3")) + p(r("2. Riesgos 5"))
        body += p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p(r("Después"))
        assert texts(read(body)) == ["Después"]

    def test_another_control_is_read(self) -> None:
        assert texts(read(f"<w:sdt><w:sdtContent>{p(r('Elaboró'))}</w:sdtContent></w:sdt>")) == ["Elaboró"]


class TestTables:
    def test_a_plain_table(self) -> None:
        (table,) = read(tbl(tr(tc("Red"), tc("Total")), tr(tc("X"), tc("90")))).blocks
        assert rows(table) == [["Red", "Total"], ["X", "90"]]
        assert isinstance(table, Table)
        assert (table.header_rows, table.header_columns) == (0, 0)

    def test_merged_cells_stand_once(self) -> None:
        down = '<w:vMerge w:val="restart"/>'
        (table,) = read(
            tbl(
                tr(tc("Red", down), tc("Alcance", '<w:gridSpan w:val="2"/>')),
                tr(tc("", "<w:vMerge/>"), tc("Octubre"), tc("Noviembre")),
                tr(tc("X"), tc("2.106"), tc("1.830")),
            )
        ).blocks
        assert isinstance(table, Table)
        assert rows(table) == [["Red", "Alcance"], ["Octubre", "Noviembre"], ["X", "2.106", "1.830"]]
        assert table.rows[0][0].row_span == 2
        assert table.rows[0][1].column_span == 2
        assert table.column_label(2) == "Alcance"

    def test_two_merges_one_above_the_other(self) -> None:
        begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        lines = [("a", begin), ("", go_on), ("b", begin), ("", go_on)]
        (table,) = read(tbl(*(tr(tc(text, mark), tc("1")) for text, mark in lines))).blocks
        assert rows(table) == [["a", "1"], ["1"], ["b", "1"], ["1"]]

    def test_a_row_that_begins_further_right_keeps_its_columns(self) -> None:
        (table,) = read(tbl(tr(tc("Red"), tc("Octubre")), tr(tc("44"), properties='<w:gridBefore w:val="1"/>'))).blocks
        assert rows(table) == [["Red", "Octubre"], ["", "44"]]
        assert isinstance(table, Table)
        assert table.column_label(1) == "Octubre"

    def test_a_short_row_stays_short(self) -> None:
        (table,) = read(tbl(tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridAfter w:val="1"/>'))).blocks
        assert rows(table) == [["a", "b"], ["c"]]

    def test_headers_as_the_format_marks_them(self) -> None:
        look = '<w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1"/>'
        head = tr(tc("Red"), tc("Total"), properties="<w:tblHeader/>")
        off = tr(tc("X"), tc("90"), properties='<w:tblHeader w:val="0"/>')
        (table,) = read(tbl(head, off, look=look)).blocks
        assert isinstance(table, Table)
        assert (table.header_rows, table.header_columns) == (1, 1)

    def test_the_older_look_is_a_number(self) -> None:
        (table,) = read(tbl(tr(tc("X"), tc("90")), look='<w:tblLook w:val="0480"/>')).blocks
        assert isinstance(table, Table)
        assert table.header_columns == 1

    def test_a_cell_of_several_paragraphs_and_blank_ones_around(self) -> None:
        cell = f"<w:tc><w:p/>{p(r('No se materializó'))}<w:p/>{p(r('4/07/2025'))}<w:p/><w:p/></w:tc>"
        (table,) = read(tbl(tr(cell))).blocks
        assert rows(table) == [["No se materializó\n\n4/07/2025"]]

    def test_a_table_inside_a_cell(self) -> None:
        inner = tbl(tr(tc("Octubre"), tc("8")))
        document = read(tbl(tr(f"<w:tc>{p(r('Detalle'))}{inner}<w:p/></w:tc>", tc("fin"))))
        assert rows(document.blocks[0]) == [["Detalle", "fin"]]
        assert [rows(table) for table in document.tables[1:]] == [[["Octubre", "8"]]]

    def test_rows_and_cells_in_controls_and_a_deleted_row(self) -> None:
        control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
        body = tbl(
            control.format(tr(control.format(tc("a")), tc("b"))),
            tr(tc("borrada"), tc("0"), properties="<w:del/>"),
            tr(tc("c"), tc("d"), properties="<w:ins/>"),
        )
        assert rows(read(body).blocks[0]) == [["a", "b"], ["c", "d"]]

    def test_a_cell_with_a_picture_is_not_blank(self) -> None:
        picture = f"<w:tc>{p(drawing(''))}</w:tc>"
        described = f"<w:tc>{p(drawing('Captura de octubre'))}</w:tc>"
        assert rows(read(tbl(tr(picture, described, tc("")))).blocks[0]) == [["[imagen]", "Captura de octubre", ""]]

    def test_an_absurd_span_is_cut(self) -> None:
        (table,) = read(tbl(tr(tc("a", '<w:gridSpan w:val="2000000000"/>')))).blocks
        assert isinstance(table, Table)
        assert table.width == 1000


class TestWhatHangsOnTheText:
    def test_a_text_box_told_twice_is_read_once_after_its_paragraph(self) -> None:
        inside = f"<w:txbxContent>{p(r('Cifra clave: 273'))}</w:txbxContent>"
        box = (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="c"/>'
            f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></wp:inline></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
        document = read(p(r("Resumen") + box))
        assert texts(document) == ["Resumen", "Cifra clave: 273"]
        assert [block.role for block in document.blocks if isinstance(block, Paragraph)] == [Role.BODY, Role.TEXT_BOX]

    def test_an_older_text_box(self) -> None:
        inside = f"<w:txbxContent>{p(r('Antiguo'))}</w:txbxContent>"
        box = f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"
        assert texts(read(p(box))) == ["Antiguo"]

    def test_notes_follow_the_block_that_calls_them_and_leave_no_digit_in_it(self) -> None:
        notes = (
            f'<w:footnote w:type="separator" w:id="0">{p(r("____"))}</w:footnote>'
            f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" Según Meta."))}</w:footnote>'
        )
        ends = f'<w:endnote w:id="2">{p(r("Al cierre."))}</w:endnote>'
        calls = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
        document = read(p(r("Hubo 37") + calls) + p(r("Sigue")), {"footnotes": notes, "endnotes": ends})
        assert texts(document) == ["Hubo 37", "Según Meta.", "Al cierre.", "Sigue"]
        assert [block.role for block in document.blocks if isinstance(block, Paragraph)][1:3] == [Role.FOOTNOTE] * 2

    def test_a_note_called_in_a_cell_follows_its_table(self) -> None:
        call = '<w:r><w:footnoteReference w:id="3"/></w:r>'
        body = tbl(tr(f"<w:tc>{p(r('37') + call)}</w:tc>")) + p(r("Sigue"))
        document = read(body, {"footnotes": f'<w:footnote w:id="3">{p(r("Cuenta manual."))}</w:footnote>'})
        assert [type(block) for block in document.blocks] == [Table, Paragraph, Paragraph]
        assert texts(document) == ["Cuenta manual.", "Sigue"]

    def test_pictures_with_their_words(self) -> None:
        older = '<w:r><w:pict><v:shape alt="Logo"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
        document = read(p(drawing("Barras por mes") + older))
        assert document.blocks == (Picture("Barras por mes"), Picture("Logo"))

    def test_headers_and_footers_each_once_and_without_page_numbers(self) -> None:
        parts = {
            "header1": p(r("Personería de Peñaclara")) + p(r("Código: GC-INF-02")),
            "header2": p(r("Personería de Peñaclara")) + p(r("Portada")),
            "header3": p(r("Páginas pares")),
            "footer1": tbl(
                tr(
                    tc("Versión 1"),
                    f"<w:tc>{p(r('Pág. ') + field('PAGE', r('2')) + r('/') + field('NUMPAGES', r('9')))}</w:tc>",
                )
            ),
        }
        section = (
            '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
            '<w:headerReference w:type="even" r:id="header3"/><w:footerReference w:type="default" r:id="footer1"/>'
            "<w:titlePg/>"
        )
        document = read(p(r("Texto")), parts, section)
        assert document.header == ("Personería de Peñaclara", "Código: GC-INF-02", "Portada")
        assert document.footer == ("Versión 1",)

    def test_a_typed_page_of_a_footer_is_text(self) -> None:
        document = read("", {"footer1": p(r("Página 1 de 3"))}, '<w:footerReference w:type="default" r:id="footer1"/>')
        assert document.footer == ("Página 1 de 3",)


class TestCaptions:
    def test_paragraphs_that_are_no_captions_stay(self) -> None:
        document = read(p(r("Tabla 3 muestra las publicaciones.")) + tbl(tr(tc("1"))) + p(r("La tabla 4. no existe")))
        assert texts(document) == ["Tabla 3 muestra las publicaciones.", "La tabla 4. no existe"]

    def test_above_with_a_field_for_the_number(self) -> None:
        caption = r("Tabla ") + field("SEQ Tabla \\* ARABIC", r("3")) + r(". Publicaciones por red")
        (table,) = read(p(caption, "Descripcin") + p("") + tbl(tr(tc("X"), tc("90")))).blocks
        assert isinstance(table, Table)
        assert (table.number, table.caption) == (3, "Publicaciones por red")

    def test_below_where_the_file_sets_them_below(self) -> None:
        first, second = tbl(tr(tc("1"))), tbl(tr(tc("2")))
        body = first + p(r("Cuadro 1: Uno"), "Descripcin") + second + p(r("Cuadro 2: Dos"), "Descripcin")
        tables = [block for block in read(body).blocks if isinstance(block, Table)]
        assert [(table.number, table.caption) for table in tables] == [(1, "Uno"), (2, "Dos")]

    def test_a_picture_and_a_table_each_take_their_own(self) -> None:
        body = p(drawing("Captura")) + p(r("Figura 1. La sede"), "Descripcin") + p(r("Tabla 1. Visitas"), "Descripcin")
        document = read(body + tbl(tr(tc("34.811"))))
        assert document.blocks[0] == Picture("Captura", "La sede", 1)
        assert isinstance(document.blocks[1], Table)
        assert document.blocks[1].caption == "Visitas"

    def test_a_typed_one_without_its_style(self) -> None:
        (table,) = read(p(r("Tabla 2. Eventos")) + tbl(tr(tc("45")))).blocks
        assert isinstance(table, Table)
        assert (table.number, table.caption) == (2, "Eventos")

    def test_one_that_names_nothing_stays_a_paragraph(self) -> None:
        assert texts(read(p(r("Gráfica 1. Se perdió"), "Descripcin") + p(r("Sigue")))) == [
            "Gráfica 1. Se perdió",
            "Sigue",
        ]


class TestFilesThatCannotBeRead:
    def refuse(self, content: bytes, name: str = "informe.docx") -> UnreadableFile:
        with pytest.raises(UnreadableFile) as caught:
            read_content(content, name)
        return caught.value

    def test_a_sound_file_is_read(self) -> None:
        assert texts(read_content(make_docx(p(r("Bien"))), "informe.docx")) == ["Bien"]

    def test_cut_short(self) -> None:
        whole = make_docx(p(r("Texto") * 500))
        for end in (len(whole) // 3, len(whole) - 30):
            error = self.refuse(whole[:end])
            assert error.kind is Why.DAMAGED
            assert str(error) == (
                "No pudimos leer «informe.docx»: está dañado o incompleto. Ábralo en Word, guárdelo otra vez y súbalo."
            )

    def test_bytes_changed_inside(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(make_docx(p(r("Texto"))))) as old, zipfile.ZipFile(stream, "w") as new:
            for member in old.infolist():
                content = old.read(member)
                new.writestr(member.filename, content[:-40] if member.filename == "word/document.xml" else content)
        assert self.refuse(stream.getvalue()).kind is Why.DAMAGED

    def test_entities_are_neither_resolved_nor_expanded(self) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            inside = "<w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p>"
            archive.writestr("word/document.xml", f"{bomb}<w:document {SPACES}><w:body>{inside}</w:body></w:document>")
        assert self.refuse(stream.getvalue()).kind is Why.DAMAGED

    def test_empty(self) -> None:
        assert self.refuse(b"").kind is Why.EMPTY

    def test_with_a_password(self) -> None:
        error = self.refuse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
        assert error.kind is Why.PASSWORD
        assert str(error) == (
            "«informe.docx» tiene contraseña. Quítela en Word (Archivo, Información) y súbalo de nuevo."
        )

    def test_a_zip_of_something_else(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("foto.jpg", b"...")
        assert self.refuse(stream.getvalue()).kind is Why.WRONG_KIND

    def test_a_part_larger_than_any_report(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pregon.readers.word_package.MAXIMUM_PART", 100)
        assert self.refuse(make_docx(p(r("Texto")))).kind is Why.TOO_LARGE


class TestOddButSound:
    def test_the_strict_format_says_the_same(self) -> None:
        plain = make_docx(p(r("Igual"), "Ttulo1"))
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
            for member in old.infolist():
                content = old.read(member).replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                content = content.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
                new.writestr(member.filename, content)
        assert word.read(stream.getvalue(), "informe.docx") == word.read(plain, "informe.docx")

    def test_an_external_relation_is_not_followed(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{p(r('Solo'))}</w:body></w:document>")
            archive.writestr(
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{PACKAGE}">'
                f'<Relationship Id="a" Type="{OFFICE}/styles" Target="file:///etc/passwd" TargetMode="External"/>'
                "</Relationships>",
            )
        assert texts(word.read(stream.getvalue(), "informe.docx")) == ["Solo"]

    def test_embedded_files_are_named_as_not_read(self) -> None:
        document = read('<w:altChunk r:id="x"/>' + p(r("Texto")))
        assert document.remarks == ("El documento incrusta otro archivo; ese contenido no se leyó.",)


@pytest.fixture(scope="module")
def report() -> Document:
    return word.read(REFERENCE.read_bytes(), REFERENCE.name)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared reference report is not at ../shared")
class TestReferenceReport:
    def test_every_table_with_its_rows_columns_and_blanks(self, report: Document) -> None:
        assert [(len(table.rows), table.width) for table in report.tables] == [
            (4, 4), (4, 5), (6, 4), (6, 5), (6, 5), (3, 2), (3, 2), (1, 2), (4, 5), (2, 2), (7, 4), (3, 2), (5, 3),
        ]  # fmt: skip
        blanks = [sum(not cell.text.strip() for row in table.rows for cell in row) for table in report.tables]
        assert blanks == [1, 1, 1, 10, 6, 6, 6, 2, 7, 0, 3, 0, 0]

    def test_some_tables_word_for_word(self, report: Document) -> None:
        visits, whatsapp, posts = report.tables[:3]
        assert rows(visits) == [
            ["VISITAS SEDE ELECTRÓNICA"],
            ["", "OCTUBRE", "NOVIEMBRE", "DICIEMBRE"],
            ["VISITAS", "34.811", "34.326", "25.059"],
            ["PUBLICACIONES\nNOTICIAS", "3", "1", "2"],
        ]
        assert rows(whatsapp)[2] == ["WhatsApp", "10", "13", "14", "36"]
        assert rows(posts)[-1] == ["Total publicaciones trimestral de redes sociales: 273"]
        assert posts.rows[-1][0].column_span == 4
        assert rows(report.tables[4])[2] == ["ALCANCE", "5.700", "3.400", "", "37.764"]

    def test_headings_and_paragraphs_in_order(self, report: Document) -> None:
        headings = [block for block in report.blocks if isinstance(block, Heading)]
        assert [heading.text for heading in headings][:4] == [
            "FORMACIÓN PLAN DE ACCIÓN",
            "SEGUNDO TRIMESTRE 2025",
            "PROCEDIMIENTO PARA LA GESTIÓN DE LAS COMUNICACIONES",
            "RESUMEN PLAN DE ACCIÓN",
        ]
        assert {heading.level for heading in headings} == {2}
        said = texts(report)
        place = said.index("X(Twitter): 179 publicaciones")
        assert said[place + 2] == "Para un total de 278 publicaciones en el cuarto trimestre del año 2025"
        items = [block for block in report.blocks if isinstance(block, Paragraph) and block.role is Role.ITEM]
        assert len(items) == 17

    def test_what_it_says_of_itself(self, report: Document) -> None:
        assert report.properties == Properties(institution="python-docx", language="en-US")
        assert (report.header, report.footer) == ((), ())
