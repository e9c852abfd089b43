"""Meta's daily series: one metric a file, a figure for each day, of a Facebook page or an Instagram profile.

What makes them odd: UTF-16, a line «sep=,», the metric's title on the second line, and titles that do not say whether
they are of Facebook or of Instagram. The hour of each day is one or zero with the summer time of the United States, so
the day is that of two hours later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from pregon.figures.metric import metric
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words
from pregon.figures.words import quote
from pregon.importers.base import (
    Answers,
    Birth,
    Confidence,
    Extract,
    Identification,
    ImportedObservation,
    Question,
    Source,
    Upload,
)
from pregon.importers.day_order import DayOrder, answered_order, ask_order, possible_orders, read_moment
from pregon.importers.delimited import DamagedTableError, Row, read_delimited, sniff_rows
from pregon.importers.fields import is_nothing, read_whole
from pregon.importers.headers import clean_header
from pregon.importers.meta_blocks import (
    LEAVE_OUT,
    METRICS,
    NETWORK_KEY,
    NETWORK_NAMES,
    NETWORKS,
    TITLE_KEY,
    Block,
    ask_network,
    find_title,
    metric_of_name,
    name_network,
    split_blocks,
)
from pregon.importers.turned_figures import is_turned_into_date
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus

_HEAD_ROWS: Final = 2_000
_MIDNIGHT: Final = timedelta(hours=2)
_PACIFIC: Final = "Los días son los de Meta, que cambian con la hora del Pacífico"
_GAINED: Final = "Son los seguidores nuevos de cada día, no el total"
_MOST_NAMED: Final = 4


def _identify(upload: Upload) -> Identification | None:
    blocks = split_blocks(sniff_rows(upload.head, _HEAD_ROWS))
    if not blocks or not all(block.is_daily for block in blocks):
        return None
    return Identification(
        Confidence.CERTAIN, f"tiene el título «{blocks[0].title}» y una cifra por día, como los de Meta"
    )


def _extract(upload: Upload, answers: Answers) -> Extract:
    try:
        table = read_delimited(upload.read())
        blocks = split_blocks(table.rows)
        daily = [block for block in blocks if block.is_daily]
        if not daily:
            return Extract(refused=f"«{upload.name}» no es una serie diaria de Meta: no tiene el encabezado «Primary».")
        return _read_blocks(upload, daily, answers, table.repairs + _tell_separator(table.separator))
    except DamagedTableError as error:
        return Extract(refused=f"«{upload.name}» {error}")


def _tell_separator(separator: str) -> tuple[str, ...]:
    return () if separator == "," else ("Otro programa cambió las comas por otro separador: se leyó así.",)


def _read_blocks(upload: Upload, blocks: list[Block], answers: Answers, repairs: tuple[str, ...]) -> Extract:
    observations: list[ImportedObservation] = []
    remarks: list[str] = []
    questions: dict[str, Question] = {}
    told_repairs = list(repairs)
    for block in blocks:
        read = _Series(upload, block, answers)
        found = read.read()
        observations += found
        remarks += read.remarks
        told_repairs += read.repairs
        questions.update({question.key: question for question in read.questions})
    return Extract(
        tuple(observations),
        repairs=tuple(dict.fromkeys(told_repairs)),
        remarks=tuple(dict.fromkeys(remarks)),
        questions=tuple(questions.values()),
    )


@dataclass(frozen=True, slots=True)
class _Day:
    """A row with its day."""

    row: Row
    on: date
    figure: str


class _Series:
    """One block as it is read, and what is told and asked on the way."""

    def __init__(self, upload: Upload, block: Block, answers: Answers) -> None:
        self._upload = upload
        self._block = block
        self._answers = answers
        self.repairs: list[str] = []
        self.remarks: list[str] = []
        self.questions: list[Question] = []

    def read(self) -> list[ImportedObservation]:
        """Its observations; none while something has to be answered.

        Raises:
            DamagedTableError: its figures were turned into dates, or its days mixed.
        """
        self._refuse_turned()
        code = self._find_metric()
        platform = self._find_network()
        days = self._read_days()
        if not code or platform is None or self.questions:
            return []
        return [each for day in days if (each := self._observe(day, code, platform)) is not None]

    def _refuse_turned(self) -> None:
        for row in self._block.rows:
            figure = _figure(row)
            if is_turned_into_date(figure):
                raise DamagedTableError(
                    f"trae cifras que Excel convirtió en fechas ({quote(figure)}, línea {row.line}): "
                    "descárguelo otra vez de Meta, sin abrirlo en Excel."
                )

    def _find_metric(self) -> str:
        """The metric's code; "" where it has to be asked, or was left out."""
        words = self._block.title
        title = find_title(words, self._answers)
        announced = metric_of_name(self._upload.name)
        if announced and (title is None or title.metric != announced):
            self.remarks.append(
                f"El archivo se llama «{self._upload.name}» y su título dice «{words}»: vale el título."
            )
        if title is not None and title.metric == LEAVE_OUT:
            self.remarks.append(f"«{words}» se dejó fuera, como usted dijo.")
            return ""
        codes = (*METRICS, "link_clicks", "likes", "comments", "shares")
        if title is None or title.metric not in codes:
            choices = tuple((code, metric(code).name) for code in codes)
            self.questions.append(
                Question(
                    f"{TITLE_KEY}{clean_header(words)}",
                    f"No conocemos el título «{words}»: diga qué mide.",
                    (*choices, (LEAVE_OUT, "Ninguna de estas: dejarlo fuera")),
                )
            )
            return ""
        return title.metric

    def _find_network(self) -> Platform | None:
        """The network: as the title says, else the person, else the innermost folder or name that says one."""
        title = find_title(self._block.title, self._answers)
        told = title.platform if title is not None else name_network(self._block.title)
        if told is not None:
            return told
        stem = self._upload.name.rsplit(".", 1)[0]
        around = [stem, *reversed(self._upload.folder.split("/"))]
        where, named = next(((words, found) for words in around if (found := name_network(words))), ("", None))
        said = NETWORKS.get(self._answers.get(NETWORK_KEY, "").strip().casefold())
        if said is not None:
            if named is not None and named is not said:
                self.remarks.append(
                    f"«{where}» nombra {NETWORK_NAMES[named]} y usted dijo {NETWORK_NAMES[said]}: vale lo que dijo."
                )
            return said
        if named is not None:
            taken = f"se tomó {NETWORK_NAMES[named]}, como dice «{where}»."
            self.remarks.append(f"El archivo no dice de qué red es; {taken}")
            return named
        self.questions.append(ask_network(self._upload.name))
        return None

    def _read_days(self) -> list[_Day]:
        texts = [row.fields[0].strip() if row.fields else "" for row in self._block.rows]
        order = self._find_order(texts)
        if order is None:
            return []
        found = []
        for row, text in zip(self._block.rows, texts, strict=True):
            moment = read_moment(text, order)
            if moment is not None:
                found.append(_Day(row, (moment + _MIDNIGHT).date(), _figure(row)))
        return found

    def _find_order(self, texts: list[str]) -> DayOrder | None:
        if not texts:
            self.remarks.append(f"«{self._block.title}» no trae ningún día.")
            return None
        orders = possible_orders(texts)
        if not orders:
            raise DamagedTableError(_tell_mixed(texts))
        said = answered_order(self._answers)
        if said is not None and said not in orders:
            self.remarks.append(f"Usted dijo que las fechas son {said.words} y en este archivo no pueden serlo.")
        chosen = [said] if said in orders else sorted(orders)
        if len(chosen) > 1:
            chosen = [order for order in chosen if _is_unbroken(texts, order)]
        if len(chosen) != 1:
            self.questions.append(ask_order(texts[0], orders))
            return None
        (order,) = chosen
        if order is not DayOrder.YMD and order is not None:
            first = read_moment(texts[0], order)
            when = f"{first:%Y-%m-%d}" if first is not None else ""
            self.repairs.append(
                f"Otro programa cambió las fechas: se leyeron como {order.words} («{texts[0]}» es {when})."
            )
        return order

    def _observe(self, day: _Day, code: str, platform: Platform) -> ImportedObservation | None:
        place = f"fila {day.row.line}"
        amount = read_whole(day.figure)
        if amount is None and not is_nothing(day.figure):
            self.remarks.append(f"En la {place}, {quote(day.figure)} no es un número entero: ese día quedó sin leer.")
            return None
        status = ObservationStatus.VALUE if amount is not None else ObservationStatus.NO_DATA
        assumed = (_PACIFIC, _GAINED) if code == "followers_gained" else (_PACIFIC,)
        birth = Birth(self._upload.name, self._upload.sha256, place, "valor del día", assumed)
        return ImportedObservation(platform, code, Period.span(day.on, day.on), status, amount, birth)


def _figure(row: Row) -> str:
    return row.fields[1].strip() if len(row.fields) > 1 else ""


def _is_unbroken(texts: list[str], order: DayOrder) -> bool:
    """Whether the days follow one another, up or down, in that order; a lone day proves nothing."""
    moments = [read_moment(text, order) for text in texts]
    days = [(moment + _MIDNIGHT).date() for moment in moments if moment is not None]
    steps = {(after - before).days for before, after in pairwise(days)}
    return len(days) > 1 and (steps <= {0, 1} or steps <= {0, -1}) and steps != {0}


def _tell_mixed(texts: list[str]) -> str:
    lone = [text for text in texts if not possible_orders([text])]
    if lone:
        named = join_words([quote(text) for text in lone[:_MOST_NAMED]])
        dates = count_of(len(lone), "fecha que no se puede leer", "fechas que no se pueden leer")
        return f"trae {dates} ({named}): descárguelo otra vez de Meta."
    return "trae unas fechas en un orden y otras en otro: descárguelo otra vez de Meta, sin abrirlo en Excel."


SOURCE = Source(
    code="meta-daily",
    name="Meta: serie diaria",
    identify=_identify,
    extract=_extract,
    says="En Meta Business Suite, Estadísticas, Resultados, el botón Exportar de cada gráfica.",
)
