"""Tables of text as platforms write them and people damage them."""

from __future__ import annotations

import pytest

from pregon.figures.amount import Amount
from pregon.importers.delimited import DamagedTableError, Row, read_delimited, sniff_rows
from pregon.importers.fields import is_nothing, is_scientific, read_iso_day, read_whole
from pregon.importers.headers import match_columns

TEXT = 'sep=,\n"Visitas de Facebook"\n"Fecha","Primary"\n"2025-10-31T00:00:00","47"\n'
ROWS = (
    Row(2, ("Visitas de Facebook",)),
    Row(3, ("Fecha", "Primary")),
    Row(4, ("2025-10-31T00:00:00", "47")),
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "utf-16-be", "utf-16-le"])
def test_the_encoding_is_told_by_the_bytes(encoding: str) -> None:
    marked = encoding not in ("utf-8", "utf-16-be", "utf-16-le")
    found = read_delimited(TEXT.encode(encoding))
    assert found.rows == ROWS
    assert bool(found.repairs) == (not marked and encoding != "utf-8")


def test_what_excel_saved_again_is_read_and_said() -> None:
    found = read_delimited("Día;Visitas\n2025-10-01;5213\nMéxico;2\n".encode("cp1252"))
    assert found.rows == (Row(1, ("Día", "Visitas")), Row(2, ("2025-10-01", "5213")), Row(3, ("México", "2")))
    assert (found.separator, found.encoding) == (";", "cp1252")
    assert found.repairs == (
        "Otro programa lo guardó en Windows-1252: se leyeron bien las tildes, y los emojis se perdieron.",
    )


def test_the_separator_line_may_lie() -> None:
    assert read_delimited(b"sep=,\nDate;Primary\n2025-10-01;5\n").rows == (
        Row(2, ("Date", "Primary")),
        Row(3, ("2025-10-01", "5")),
    )


def test_a_list_with_semicolons_inside_a_caption_is_no_separator() -> None:
    caption = "Requisitos:\n" + "\n".join(f"{number}) documento; copia" for number in range(80))
    found = read_delimited(f'Post id,Text,Likes\n1,"{caption}",7\n'.encode())
    assert [row.fields for row in found.rows] == [("Post id", "Text", "Likes"), ("1", caption, "7")]


def test_rows_wrapped_a_second_time_are_unwrapped() -> None:
    found = read_delimited(b'"Post ID,Description,""Views"""\n"1,""Uno, dos"",7"\n')
    assert [row.fields for row in found.rows] == [("Post ID", "Description", "Views"), ("1", "Uno, dos", "7")]
    assert found.repairs == ("Cada fila venía entre comillas una segunda vez: se quitaron.",)


def test_a_blank_line_between_wrapped_rows_stays_blank() -> None:
    found = read_delimited(b'"a,b"\n"1,2"\n\n"3,4"\n')
    assert found.rows == (Row(1, ("a", "b")), Row(2, ("1", "2")), Row(3, ()), Row(4, ("3", "4")))
    assert sniff_rows(b'"a,""b"\n"1,2"\n\n') == ()


def test_a_caption_full_of_semicolons_does_not_part_a_wrapped_row() -> None:
    found = read_delimited(b'"id,text"\n"1,""a;b;c;d"""\n"2,x"\n')
    assert [row.fields for row in found.rows] == [("id", "text"), ("1", "a;b;c;d"), ("2", "x")]


def test_a_caption_of_several_lines_is_one_field_and_lines_are_the_files() -> None:
    found = read_delimited('a,b\r\n1,"uno\n\ndos 😀, tres"\r\n2,x\r\n'.encode())
    assert found.rows == (Row(1, ("a", "b")), Row(2, ("1", "uno\n\ndos 😀, tres")), Row(5, ("2", "x")))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b'a,b\n"1,2\n3,4\n',
            "tiene una comilla sin cerrar en la línea 2: descárguelo otra vez de la plataforma.",
        ),
        (
            b"a\x00b,c\n",
            "tiene bytes que no son texto: descárguelo otra vez de la plataforma, sin abrirlo en Excel.",
        ),
        (b"\xff\xfea\x00b", "está cortado: le falta un byte. Descárguelo otra vez de la plataforma."),
        (b"\xff\xfe\x00\xd8a\x00", "tiene letras dañadas: descárguelo otra vez de la plataforma."),
        (
            b'"%s",1\n' % (b"x" * 10_000_000),
            "tiene un texto de más de 200.000 letras en la línea 1: no es una exportación.",
        ),
        (b"," * 199_999, "tiene 200.000 columnas en la línea 1: no es una exportación."),
        (
            b'a,b\n"x"y,1\n',
            "tiene comillas sueltas en la línea 2: descárguelo otra vez de la plataforma, sin abrirlo en Excel.",
        ),
    ],
)
def test_hostile_bytes_end_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(DamagedTableError) as told:
        read_delimited(content)
    assert str(told.value) == sentence
    assert len(sniff_rows(content[:65_536])) <= 40


def test_a_head_cut_inside_a_letter_or_a_field_gives_the_rows_before() -> None:
    content = ('"Fecha","Texto"\n' + '"2025-10-01","ñandú"\n' * 10).encode()
    assert sniff_rows(content[: content.index("ñ".encode()) + 1])[0] == Row(1, ("Fecha", "Texto"))
    assert len(sniff_rows(content[:-3])) == 10


def test_a_formula_is_text() -> None:
    assert read_delimited(b"a,b\n=1+1,@x\n").rows[1].fields == ("=1+1", "@x")


def test_columns_are_matched_by_their_words_whatever_their_case_and_accents() -> None:
    aliases = {"views": ("Views", "Visualizaciones"), "text": ("Descripción",)}
    found = match_columns(["\ufeffDESCRIPCION", "Views", "views ", "Weergaven"], aliases)
    assert (found.places, found.unknown) == ({"text": (0,), "views": (1, 2)}, ("Weergaven",))
    assert found.text("views", ["x", " 7 "]) == "7"
    assert found.text("text", []) == ""
    taught = match_columns(["Weergaven"], aliases, {"column:weergaven": "views"})
    assert taught.places == {"views": (0,)}


@pytest.mark.parametrize(("text", "value"), [("47", 47), ("-3", -3), ("12.0", 12), ("0", 0)])
def test_a_machines_count_is_read(text: str, value: int) -> None:
    assert read_whole(text, is_signed=True) == Amount.exact(value)


@pytest.mark.parametrize(
    "text", ["", "9k", "1,234", "34.811,0", "1.22187E+17", "NAN", "--", "٣", "3.(marzo)", "1e5", "34.811"]
)
def test_what_is_no_machines_count_is_not_guessed(text: str) -> None:
    assert read_whole(text, is_signed=True) is None


def test_nothing_is_not_zero_and_lost_digits_are_seen() -> None:
    assert [is_nothing(text) for text in ("", "--", "NAN", "0")] == [True, True, True, False]
    assert [is_scientific(text) for text in ("1.22187E+17", "1,2E+17", "122187", "E17")] == [True, True, False, False]
    assert str(read_iso_day("2025-10-31T00:00:00")) == "2025-10-31"
    assert read_iso_day("2025-13-01") is None
