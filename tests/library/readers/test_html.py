"""Anyone's page, as far as its tags tell."""

from __future__ import annotations

import pytest

from pregon.document.model import Cell, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile
from pregon.readers import read_content
from pregon.readers.html import read


def read_page(body: str, head: str = "") -> Document:
    return read(f"<!doctype html><html lang='es'><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def texts_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def only_table(body: str) -> Table:
    (table,) = read_page(body).blocks
    assert isinstance(table, Table)
    return table


def test_headings_paragraphs_lists_and_pictures() -> None:
    document = read_page(
        "<header><h1>Informe  de\n comunicaciones</h1></header><h2>Resumen</h2>"
        "<p>Hubo <b>273</b>&nbsp;publicaciones.</p>suelto<div>dentro <span>de</span> otro</div>"
        "<ul><li>Facebook: 94<ul><li>octubre</li></ul></li></ul>"
        "<img src='x.png' alt='La sede'><img src='raya.gif' alt=''>"
    )
    assert document.blocks == (
        Heading(0, Prose("Informe de comunicaciones")),
        Heading(1, Prose("Resumen")),
        Paragraph(Prose("Hubo 273\u00a0publicaciones.")),
        Paragraph(Prose("suelto")),
        Paragraph(Prose("dentro de otro")),
        Paragraph(Prose("Facebook: 94"), Role.ITEM),
        Paragraph(Prose("octubre"), Role.ITEM),
        Picture("La sede"),
    )


def test_what_is_not_said_is_left_out() -> None:
    document = read_page(
        "<nav><a href='/'>Inicio</a></nav><style>p{}</style><script>var n = 99;</script><p hidden>1</p>"
        "<p style='display: none'>2</p><template><p>3</p></template><select><option>4</select><button>Enviar</button>"
        "<!-- 5 --><p>Hubo 6 eventos.</p><textarea>7</textarea>"
    )
    assert document.text == "Hubo 6 eventos."


def test_several_first_headings_are_sections() -> None:
    assert read_page("<h1>Uno</h1><h1>Dos</h1><h2>Tres</h2>").blocks == (
        Heading(1, Prose("Uno")),
        Heading(1, Prose("Dos")),
        Heading(2, Prose("Tres")),
    )


def test_line_breaks_part_paragraphs_and_the_lines_of_a_cell() -> None:
    assert read_page("<p>Facebook: 94<br>X: 90</p>").blocks == (
        Paragraph(Prose("Facebook: 94")),
        Paragraph(Prose("X: 90")),
    )
    assert texts_of(only_table("<table><tr><td>a<br>b<p>c</p><ul><li>d</ul>")) == [["a\nb\nc\nd"]]


def test_a_raised_note_is_no_digit_of_the_number() -> None:
    document = read_page(
        "<p>273<sup>1</sup> publicaciones</p><table><tr><td>44<sup><a href='#n'>2</a></sup></td></tr></table>"
    )
    assert document.passages[0].prose.text == "273¹ publicaciones"
    assert document.passages[1].prose.text == "44²"


def test_merged_cells_and_headers() -> None:
    table = only_table(
        "<table><caption>Tabla 3. Alcance</caption>"
        "<tfoot><tr><th>Total<td>1<td>2</tfoot>"
        "<thead><tr><th rowspan=2>Red<th colspan=2>Meses</tr><tr><th>Oct<th>Nov</tr></thead>"
        "<tbody><tr><th>X<td>46<td>19</tbody></table>"
    )
    assert (table.number, table.caption, table.header_rows, table.header_columns) == (3, "Alcance", 2, 1)
    assert table.rows[0] == (Cell(Prose("Red"), row_span=2), Cell(Prose("Meses"), column_span=2))
    assert texts_of(table)[1:] == [["Oct", "Nov"], ["X", "46", "19"], ["Total", "1", "2"]]


def test_a_row_of_headers_needs_no_thead() -> None:
    table = only_table("<table><tr><th>Red<th>Oct</tr><tr><td>X<td>46</tr></table>")
    assert (table.header_rows, table.header_columns) == (1, 0)


@pytest.mark.parametrize(("span", "read_as"), [("0", 3), ("65534", 3), ("-1", 1), ("x", 1), ("2", 2)])
def test_spans_stay_inside_their_rows(span: str, read_as: int) -> None:
    table = only_table(f"<table><tr><td rowspan='{span}'>a<td>b<tr><td>c<tr><td>d</table>")
    assert table.rows[0][0].row_span == read_as


def test_tables_inside_cells() -> None:
    table = only_table("<table><tr><td>Campaña<td>Piezas <table><tr><td>8</td></tr></table> hechas</table>")
    assert texts_of(table) == [["Campaña", "Piezas hechas"]]
    assert table.rows[0][1].tables == (Table(((Cell(Prose("8")),),)),)


def test_a_caption_typed_above_and_one_of_a_figure() -> None:
    document = read_page(
        "<p>Cuadro 2: Visitas</p><table><tr><td>1</table>"
        "<figure><img src=a.png alt='Barras'><figcaption>Figura 4. Publicaciones</figcaption></figure>"
        "<figure><table><tr><td>2</table><figcaption>Tabla 5. Noticias</figcaption></figure>"
    )
    assert document.blocks == (
        Table(((Cell(Prose("1")),),), caption="Visitas", number=2),
        Picture("Barras", "Publicaciones", 4),
        Table(((Cell(Prose("2")),),), caption="Noticias", number=5),
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<html><head><meta charset='windows-1252'></head><p>Itagüí".encode("cp1252"), "Itagüí"),
        ("<html><p>Itagüí".encode("cp1252"), "Itagüí"),
        ("<html><head><meta charset='windows-1252'></head><p>Itagüí".encode(), "Itagüí"),
        ("<html><head><meta charset='no-existe'></head><p>Itagüí".encode(), "Itagüí"),
        ("\ufeff<html><p>Itagüí".encode("utf-16-le"), "Itagüí"),
        (b"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><p>Ley</p></html>", "Ley"),
    ],
)
def test_encodings(content: bytes, text: str) -> None:
    assert read_content(content, "a.html").text == text


def test_a_piece_of_a_page_is_html_when_its_name_says_so() -> None:
    assert read_content(b"Hubo <b>6</b> eventos<br>y <p>3 notas", "a.htm").text == "Hubo 6 eventos\ny\n3 notas"


def test_entities_and_outside_files_are_never_loaded() -> None:
    content = b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><p>a&x;b</p></html>"
    assert "root:" not in read_content(content, "a.html").text


@pytest.mark.parametrize("body", ["", "<script>1</script>", "<p> </p><table></table><img src=x>"])
def test_a_page_that_says_nothing(body: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_page(body)
    assert str(caught.value) == "«a.html» está vacío: no tiene nada para leer. Suba el archivo que tiene el informe."


def test_a_page_that_asks_for_too_much() -> None:
    row = "<tr>" + "<td colspan=200>x</td>" * 30 + "</tr>"
    with pytest.raises(UnreadableFile) as caught:
        read_page(f"<table>{row * 40}</table>")
    assert str(caught.value) == "«a.html» tiene más de 200.000 celdas. Súbalo por partes."


def test_deep_nesting_is_read_or_refused_and_never_breaks() -> None:
    try:
        document = read_content(b"<html><body>" + b"<div>" * 50_000 + b"6" + b"</div>" * 50_000, "a.html")
    except UnreadableFile as error:
        assert "«a.html»" in str(error)  # noqa: PT017 -- either answer is right
    else:
        assert document.text in {"6", ""}
