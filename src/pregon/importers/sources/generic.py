"""A table of anybody's, of text or of Excel: figures by day or month, or a list of publications.

Nothing in it is known beforehand. What each column is is asked once, is kept by the table's header and is told with
the figures. It takes only files that no other source knows.
"""

from __future__ import annotations

from typing import Final

from pregon.document.unreadable import UnreadableFile
from pregon.figures.spanish import count_of, fold, join_words
from pregon.importers.base import Answers, Confidence, Extract, Identification, Question, Source, Upload
from pregon.importers.delimited import DamagedTableError
from pregon.importers.hand_tables import FoundTable, is_table_of_text, is_total, read_tables
from pregon.importers.headers import COLUMN_KEY
from pregon.importers.mapped_figures import observe
from pregon.importers.mapped_lists import list_publications
from pregon.importers.mapped_table import Mapped, Outcome
from pregon.importers.mappings import (
    CONFIRMED,
    DATE,
    IGNORE,
    MAPPING_KEY,
    METRIC,
    MONTH,
    VALUE,
    TableMapping,
    choices_of_role,
    describe_role,
    fingerprint,
    keep_mapping,
    resolve_mapping,
)
from pregon.readers import MAXIMUM_BYTES
from pregon.readers.signatures import Content, recognise

_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_YES: Final = (("yes", "Sí, es así"),)


def identify(upload: Upload) -> Identification | None:
    """A table with a header and something below, or a workbook of Excel: possible, and never more than that."""
    if upload.head.startswith(_PACKED):
        if upload.size > MAXIMUM_BYTES or recognise(upload.read()) not in (Content.EXCEL, Content.EXCEL_97):
            return None
        return Identification(Confidence.POSSIBLE, "es un libro de Excel que ningún otro origen reconoce")
    if not is_table_of_text(upload.head):
        return None
    return Identification(Confidence.POSSIBLE, "es una tabla con títulos que ningún otro origen reconoce")


def extract(upload: Upload, answers: Answers) -> Extract:
    """The figures or the publications of the table, once it is known what its columns are."""
    if upload.size > MAXIMUM_BYTES:
        most = MAXIMUM_BYTES // 1024 // 1024
        return Extract(refused=f"«{upload.name}» pesa más de {most} MB: impórtelo por partes.")
    try:
        tables = read_tables(upload)
    except DamagedTableError as error:
        return Extract(refused=f"«{upload.name}» {error}")
    except UnreadableFile as error:
        return Extract(refused=str(error))
    first = tables[0]
    alike = [table for table in tables if fingerprint(table.header) == fingerprint(first.header)]
    mapping = resolve_mapping(first.header, answers, _columns(alike, len(first.header)))
    questions = _ask_columns(first, mapping, answers, upload)
    if questions:
        return Extract(repairs=first.repairs, questions=questions)
    outcome = Outcome()
    for table in alike:
        mapped = Mapped.of(table, mapping, upload, answers)
        (list_publications if mapping.is_list else observe)(mapped, outcome)
        outcome.remarks += table.remarks
    if outcome.questions:
        return Extract(repairs=first.repairs, questions=tuple(outcome.questions.values()))
    return Extract(
        observations=tuple(outcome.observations),
        publications=tuple(outcome.publications),
        repairs=first.repairs,
        remarks=(
            _tell_mapping(first, mapping),
            *dict.fromkeys(outcome.remarks),
            *outcome.tell_wrong(),
            *_tell_rest(tables, alike),
        ),
        remembers=(keep_mapping(first.header, mapping),),
    )


def _columns(tables: list[FoundTable], width: int) -> list[list[str]]:
    """What the tables of one header hold, column by column, without their totals."""
    rows = [row for table in tables for row in table.rows if not is_total(row)]
    return [[row.fields[place].strip() if place < len(row.fields) else "" for row in rows] for place in range(width)]


def _ask_columns(table: FoundTable, mapping: TableMapping, answers: Answers, upload: Upload) -> tuple[Question, ...]:
    """The questions of a table whose columns nobody has said: each unknown one, and whether the proposal is right."""
    questions = [
        Question(
            f"{COLUMN_KEY}{table.header[place]}",
            f"¿Qué es la columna «{table.header[place]}» de «{upload.name}»? Dice «{_sample(table, place)}».",
            choices_of_role(),
        )
        for place in mapping.open_columns
    ]
    is_confirmed = fold(answers.get(MAPPING_KEY, "")) in {fold(each) for each in CONFIRMED}
    if mapping.proposed and not is_confirmed:
        told = _describe(table, mapping, mapping.proposed)
        questions.append(
            Question(MAPPING_KEY, f"¿Es así? {told}. Si no, diga qué es cada columna ({COLUMN_KEY}NOMBRE).", _YES)
        )
    if not questions and (lacking := _lacking(mapping)):
        questions.append(Question(f"{COLUMN_KEY}…", f"{lacking} Diga cuál columna lo es, con su nombre."))
    return tuple(questions)


def _sample(table: FoundTable, place: int) -> str:
    text = next((text for text in table.texts(place) if text), "")
    return text if len(text) <= 40 else f"{text[:39]}…"


def _lacking(mapping: TableMapping) -> str:
    """What a mapping lacks to give anything."""
    if mapping.is_list:
        return ""
    if mapping.first(DATE) is None and mapping.first(MONTH) is None:
        return "Ninguna columna es la fecha ni el mes."
    if not mapping.measures and (mapping.first(METRIC) is None or mapping.first(VALUE) is None):
        return "Ninguna columna es una cifra, un título ni un enlace."
    return ""


def _describe(table: FoundTable, mapping: TableMapping, places: tuple[int, ...]) -> str:
    return join_words([f"«{table.header[place]}» es {describe_role(mapping.roles[place])}" for place in places])


def _tell_mapping(table: FoundTable, mapping: TableMapping) -> str:
    taken = tuple(place for place, role in enumerate(mapping.roles) if role != IGNORE)
    rest = [
        f"«{table.header[place]}»" for place, role in enumerate(mapping.roles) if role == IGNORE and table.header[place]
    ]
    told = f"{_describe(table, mapping, taken)}."
    return f"{told} No se importa {join_words(rest)}." if rest else told


def _tell_rest(tables: tuple[FoundTable, ...], alike: list[FoundTable]) -> list[str]:
    """Sheets with another header, which were not read."""
    others = [f"«{table.sheet}»" for table in tables if table not in alike]
    if not others:
        return []
    if len(others) == 1:
        return [f"La hoja {others[0]} tiene otros títulos y no se leyó."]
    return [f"{count_of(len(others), 'hoja', 'hojas')} con otros títulos no se leyeron: {join_words(others)}."]


SOURCE = Source(
    "generic",
    "Tabla propia (CSV o Excel)",
    identify,
    extract,
    "Una tabla suya con títulos en una fila: una columna de fecha o mes y las cifras, o una lista de publicaciones.",
)
