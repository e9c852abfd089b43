"""What the parts of a table are."""

from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.understanding import read_figure, understand_table
from pregon.document.model import Table
from tests.rules.sketch import read_sketch


def _understand(sketch: str, *, trusts_marks: bool = False) -> Tabulation:
    (table,) = read_sketch(sketch).tables
    assert isinstance(table, Table)
    return understand_table(table, 1, trusts_marks=trusts_marks)


def test_months_without_any_mark() -> None:
    table = _understand("| | OCTUBRE | NOVIEMBRE | DICIEMBRE | TOTAL |\n| WhatsApp | 10 | 13 | 14 | 36 |")
    assert (table.head, table.body, table.months) == (0, (1,), ((), (10,), (11,), (12,), ()))
    assert table.figure_columns == (1, 2, 3, 4)
    assert table.named_months == (10, 11, 12)
    assert not table.is_listing


def test_a_title_row_and_a_month_whose_header_was_lost() -> None:
    table = _understand(
        "| FACEBOOK | | | | |\n| FACEBOOK | OCTUBRE | NOVIEMBRE | | TOTAL |\n| VISITAS | 3.400 | 1.400 | | |"
    )
    assert table.titles == ("FACEBOOK",)
    assert table.column_labels == ("FACEBOOK", "OCTUBRE", "NOVIEMBRE", "diciembre", "TOTAL")
    assert table.inferred == ((3, 12),)
    assert table.faces[2] == (Face.WORDS, Face.FIGURE, Face.FIGURE, Face.BLANK, Face.BLANK)


def test_a_blank_column_between_no_months_is_no_month() -> None:
    table = _understand("| A | OCTUBRE | | NOVIEMBRE | TOTAL |\n| x | 1 | | 2 | 3 |")
    assert table.inferred == ()


def test_things_in_rows() -> None:
    table = _understand(
        "| Fecha | Evento | Responsable | Asistentes |\n| 6/10/2025 | Charla | DDHH | 45 |\n"
        "| 17/10/2025 | Taller | CA | |\n| Total | | | 45 |"
    )
    assert table.is_listing
    assert (table.thing_rows, table.figure_columns) == ((1, 2), (3,))
    assert [table.line_name(row) for row in table.thing_rows] == ["Charla", "Taller"]
    assert table.locate((1, 3)).describe() == "tabla 1, fila «6/10/2025», columna «Asistentes»"


def test_years_in_a_row_name_columns() -> None:
    table = _understand(
        "| Impuesto predial | | | |\n| | 2023 | 2024 | Variación |\n"
        "| Municipios | 272 | 293 | 7,7 |\n| Tarifa | 6,1 | 5,9 | -3,3 |"
    )
    assert (table.head, table.body) == (1, (2, 3))
    assert table.column_labels == ("", "2023", "2024", "Variación")


def test_figures_that_look_like_years_out_of_order_name_nothing() -> None:
    table = _understand("| Norte | 1998 | 2011 | 2004 |\n| Sur | 1902 | 2050 | 1999 |")
    assert (table.head, table.body) == (None, (0, 1))


def test_names_and_values() -> None:
    sketch = "| Código | GC-INF-02 |\n| Versión | 3 |"
    assert _understand(sketch, trusts_marks=True).is_card
    assert _understand(sketch, trusts_marks=True).body == (0, 1)


def test_big_figures_have_no_row_names() -> None:
    table = _understand("| Noticias | Visitas |\n|---|---|\n| 6 | 94.196 |")
    assert not table.has_label_column
    assert table.locate((1, 0)).describe() == "tabla 1, fila 2, columna «Noticias»"


def test_a_sentence_among_rows() -> None:
    table = _understand("| | OCTUBRE | NOVIEMBRE |\n| X | 46 | 19 |\n| Total de redes: 65 |")
    assert table.notes == ((2, "Total de redes: 65"),)
    assert table.body == (1,)


def test_rounded_lines_are_wider() -> None:
    table = _understand("| | OCTUBRE | NOVIEMBRE |\n| VISTAS | 73.300 | 26.700 |\n| POSTS | 100 | 200 |")
    assert [str(amount.ulp) for amount in table.amounts[1] if amount is not None] == ["100", "100"]
    assert [str(amount.ulp) for amount in table.amounts[2] if amount is not None] == ["0", "0"]


def test_figures_as_cells_print_them() -> None:
    read = [read_figure(text) for text in ("34.811", "≈ 2.106", "45*", "1830 (e)", "sin dato", "6/10/2025", "Ley 5")]
    assert [str(amount.value) if amount else "" for amount in read] == ["34811", "2106", "45", "1830", "", "", ""]
