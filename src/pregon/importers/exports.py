"""What the tables of an export give: figures by day and figures of each publication, and all that could not be read.

A `Shape` is what a source knows of its file: its columns by every name, and which metric each figure is. A `Reading`
reads the figures of the rows, keeps what is odd, and ends in an `Extract`: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words
from pregon.figures.words import fold, quote
from pregon.importers.base import (
    Answers,
    Birth,
    Extract,
    ImportedObservation,
    ImportedPublication,
    Question,
    Upload,
)
from pregon.importers.delimited import Row
from pregon.importers.fields import is_nothing, read_whole
from pregon.importers.headers import COLUMN_KEY, clean_header
from pregon.importers.platform_days import MONTH_WORDS, DayColumn, MixedDaysError
from pregon.importers.tables import Headed, RefusedFileError, find_header, read_tables, sniff_tables
from pregon.importers.turned_figures import is_turned_into_date
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus

UNREGISTERED: Final = "none"
"""The answer for a column that nobody records."""
Breakdown = tuple[tuple[str, int], ...]
_MOST_NAMED: Final = 4
_MOST_ASKED: Final = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """What a source knows of its export.

    Attributes:
        program: who writes it, as a sentence names it: «X», «TikTok Studio».
        aliases: each column's names, in every language known.
        required: the columns without which nothing can be read.
        metrics: the metric of each column of figures; a known column in neither this nor `words` is not recorded.
        words: the columns that hold no figure: the day, the text, the link.
        foreign: columns that another file of the same program has and this one has not.
    """

    program: str
    platform: Platform
    aliases: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    metrics: Mapping[str, str]
    words: tuple[str, ...]
    foreign: tuple[str, ...] = ()


class Reading:
    """The reading of one table: what was mended, what a person should know, and what only a person can say."""

    def __init__(self, upload: Upload, shape: Shape, headed: Headed, assumed: tuple[str, ...] = ()) -> None:
        self.upload = upload
        self.headed = headed
        self.account = ""
        self.assumed = assumed
        self.repairs = list(headed.table.repairs)
        self.remarks: list[str] = []
        self.questions: list[Question] = list(_ask_columns(upload, shape, headed))
        self._shape = shape
        self._figures = [
            (place, shape.metrics[key], headed.name(key))
            for key in shape.metrics
            if (place := headed.columns.first(key)) is not None
        ]
        self._figures.sort()
        self._misread: list[str] = []
        self._undated: list[str] = []

    def figures(self, row: Row) -> tuple[tuple[str, Amount | None], ...]:
        """The figures of a row by metric; None where the file gives none. What is no figure is left out and told.

        Raises:
            RefusedFileError: a spreadsheet turned a figure into a date.
        """
        found: list[tuple[str, Amount | None]] = []
        for place, code, name in self._figures:
            text = row.fields[place].strip() if place < len(row.fields) else ""
            amount = read_whole(text, is_signed=True)
            if amount is not None or is_nothing(text):
                found.append((code, amount))
                continue
            where = f"{self.headed.table.place(row)}, columna «{name}»"
            if is_turned_into_date(text) or fold(text.rstrip(".")) in MONTH_WORDS:
                raise RefusedFileError(
                    f"En «{self.upload.name}», {where}, dice {quote(text)}: un programa convirtió una cifra en fecha y "
                    "ya no se sabe cuál era. Descárguelo otra vez, sin abrirlo en Excel."
                )
            self._misread.append(f"{where}, dice {quote(text)}, que no es una cifra completa. No se leyó")
        return tuple(found)

    def snapshot(self, row: Row) -> tuple[tuple[str, Amount], ...]:
        """The figures that a row gives of a publication, as they stood on the day of the export."""
        return tuple((code, amount) for code, amount in self.figures(row) if amount is not None)

    def leave_undated(self, row: Row, text: str) -> None:
        """Leave a row out because its day cannot be read, and tell where."""
        said = f"dice {quote(text)}, que no es una fecha que se pueda leer" if text.strip() else "no trae fecha"
        self._undated.append(f"{self.headed.table.place(row)} {said}. La fila no se leyó")

    def birth(self, row: Row, rule: str, assumed: tuple[str, ...] = ()) -> Birth:
        """The birth certificate of what a row gives."""
        return Birth(
            self.upload.name,
            self.upload.sha256,
            self.headed.table.place(row),
            rule,
            self.assumed + assumed,
        )

    def series(
        self, days: DayColumn, texts: Sequence[str], rule: str, parts: Callable[[Row, str], Breakdown] | None = None
    ) -> list[ImportedObservation]:
        """The figures of each day of a table that has a row a day; `parts` tells what a metric's figure is made of."""
        self.repairs += days.repairs
        if days.question is not None:
            self.questions.append(days.question)
        found = []
        for row, day, text in zip(self.headed.rows, days.days, texts, strict=True):
            if day is None:
                if days.question is None:
                    self.leave_undated(row, text)
                continue
            for code, amount in self.figures(row):
                read = self.observe(code, Period.span(day, day), amount, self.birth(row, rule))
                found.append(read if parts is None else replace(read, breakdown=parts(row, code)))
        return found

    def observe(self, code: str, period: Period, amount: Amount | None, birth: Birth) -> ImportedObservation:
        """A metric's value in a period."""
        status = ObservationStatus.NO_DATA if amount is None else ObservationStatus.VALUE
        return ImportedObservation(self._shape.platform, code, period, status, amount, birth, account=self.account)

    def finish(
        self,
        observations: Iterable[ImportedObservation] = (),
        publications: Iterable[ImportedPublication] = (),
    ) -> Extract:
        """All that was read and told."""
        told = [*self.remarks]
        told += _tell_places(self._undated)
        told += _tell_places(self._misread)
        if self.headed.uneven:
            told.append(_tell_uneven([self.headed.table.place(row) for row in self.headed.uneven]))
        if left := self._unregistered():
            told.append(f"No se registra lo que dicen estas columnas: {join_words(left)}.")
        return Extract(
            tuple(observations),
            tuple(publications),
            tuple(dict.fromkeys(self.repairs)),
            tuple(told),
            tuple(self.questions),
        )

    def _unregistered(self) -> list[str]:
        known = {*self._shape.metrics, *self._shape.words, UNREGISTERED}
        return [f"«{self.headed.name(key)}»" for key in self.headed.columns.places if key not in known]


def _tell_places(places: Sequence[str]) -> list[str]:
    """A sentence for each place while they are few; beyond, the first ones and their count."""
    told = [f"{place[0].upper()}{place[1:]}." for place in places[:_MOST_NAMED]]
    if len(places) > _MOST_NAMED:
        told.append(f"Hay {count_of(len(places) - _MOST_NAMED, 'lugar', 'lugares')} más así, que tampoco se leyeron.")
    return told


def _tell_uneven(places: Sequence[str]) -> str:
    if len(places) > 1:
        shown = f" ({join_words(places)})" if len(places) <= _MOST_NAMED else ""
        return f"{len(places)} filas{shown} no tienen las mismas columnas que el encabezado, y no se leyeron."
    return f"{places[0][0].upper()}{places[0][1:]}: no tiene las mismas columnas que el encabezado, y no se leyó."


def sniff_export(upload: Upload, shape: Shape) -> Headed | None:
    """The table of a file's head that has the columns a source needs; None where it has not. For `identify`."""
    headed = find_header(sniff_tables(upload), shape.aliases, shape.required)
    if headed is None or headed.lacking:
        return None
    strange = {clean_header(words) for words in headed.columns.unknown}
    return None if strange & {clean_header(words) for words in shape.foreign} else headed


def read_export(
    upload: Upload,
    shape: Shape,
    answers: Answers,
    read: Callable[[Reading, Answers], Extract],
    assumed: tuple[str, ...] = (),
) -> Extract:
    """Open a file, find the table of that shape, and read it; what cannot be read is refused in one sentence."""
    try:
        headed = find_header(read_tables(upload), shape.aliases, shape.required, answers)
        if headed is None:
            return Extract(refused=f"En «{upload.name}» no hay ninguna tabla: descárguelo otra vez de {shape.program}.")
        return explain_lacking(upload, shape, headed) or read(Reading(upload, shape, headed, assumed), answers)
    except RefusedFileError as error:
        return Extract(refused=str(error))
    except MixedDaysError as error:
        return Extract(refused=f"«{upload.name}» {error}")


def join_extracts(parts: Sequence[Extract]) -> Extract:
    """What several tables of one file give, as one; it is refused where one of them is."""
    return Extract(
        observations=tuple(each for part in parts for each in part.observations),
        publications=tuple(each for part in parts for each in part.publications),
        repairs=tuple(dict.fromkeys(each for part in parts for each in part.repairs)),
        remarks=tuple(dict.fromkeys(each for part in parts for each in part.remarks)),
        questions=tuple({each.key: each for part in parts for each in part.questions}.values()),
        refused=next((part.refused for part in parts if part.refused is not None), None),
    )


def explain_lacking(upload: Upload, shape: Shape, headed: Headed) -> Extract | None:
    """What is asked or said of a file without the columns that are needed; None where it has them all."""
    if not headed.lacking:
        return None
    if headed.columns.unknown and len(headed.header.fields) <= _MOST_ASKED:
        return Extract(repairs=headed.table.repairs, questions=_ask_columns(upload, shape, headed))
    names = join_words([f"«{shape.aliases[key][0]}»" for key in headed.lacking])
    return Extract(refused=f"A «{upload.name}» le falta {names}: descárguelo otra vez de {shape.program}.")


def _ask_columns(upload: Upload, shape: Shape, headed: Headed) -> tuple[Question, ...]:
    """A question for each word of the header that the source does not know."""
    free = [key for key in shape.aliases if key not in headed.columns]
    free.sort(key=lambda key: key not in headed.lacking)
    choices = (*((key, shape.aliases[key][0]) for key in free), (UNREGISTERED, "no se registra"))
    return tuple(
        Question(
            f"{COLUMN_KEY}{clean_header(words)}",
            f"«{upload.name}» trae la columna «{words}», que no conocemos: diga qué es.",
            choices,
        )
        for words in dict.fromkeys(headed.columns.unknown)
    )
